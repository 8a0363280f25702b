//! Pages that were made on this computer: which id each person's has, and what each asked. Kept in `pages.toml` beside
//! `device.toml`: what a receipt without a kept record means follows from what its page asked.

use std::path::{Path, PathBuf};

use crate::base::id::{DeviceId, EventId};
use crate::base::time::Date;
use crate::cli::error::{CliError, Result};
use crate::disk::{self, Access};
use crate::plan::Asked;

/// All pages of this computer, in the order in which they were first made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Pages {
    pages: Vec<Page>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Page {
    workspace: String,
    id: String,
    person: String,
    made: Vec<Made>,
    received: Vec<Received>,
}

/// One file that was made of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Made {
    day: Date,
    /// `curriculum/module.question@rev`, in the order of the page; the first revision may be left out.
    questions: Vec<String>,
}

/// How many of the questions that a page asked were right: what a receipt said, behind the event that was made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Received {
    /// The event.
    pub(crate) id: EventId,
    /// The day on which the page was made.
    pub(crate) made: Date,
    /// `curriculum/capability`.
    pub(crate) capability: String,
    /// Right ones.
    pub(crate) right: u32,
    /// Asked ones.
    pub(crate) of: u32,
}

/// What is noted of one page that was made.
pub(crate) struct NewPage<'a> {
    pub(crate) workspace: &'a str,
    pub(crate) id: &'a DeviceId,
    pub(crate) person: &'a str,
    pub(crate) day: Date,
    pub(crate) questions: Vec<String>,
}

impl Pages {
    /// Reads what was noted; nothing if nothing was.
    pub(crate) fn read(home: &Path) -> Result<Self> {
        let path = path(home);
        let mut bytes = Vec::new();
        match disk::read_into(&path, &mut bytes) {
            Ok(()) => {}
            Err(error) if error.is_missing() => return Ok(Self::default()),
            Err(error) => return Err(error.into()),
        }
        let table: Option<toml::Table> = toml::from_str(&String::from_utf8_lossy(&bytes)).ok();
        table.as_ref().and_then(Self::of_table).ok_or_else(|| {
            CliError::could_not(format!("{} is not what was written there", path.display())).hint(
                "mend it, or remove it: the ids of pages that came back are known from the logs; others get new ones",
            )
        })
    }

    /// Notes pages that were made.
    pub(crate) fn note(home: &Path, new: Vec<NewPage<'_>>) -> Result<()> {
        disk::create_folder(home, Access::Private)?;
        let _lock = disk::lock(&home.join("lock"))?;
        let mut pages = Self::read(home)?;
        for new in new {
            pages.add(new);
        }
        Ok(disk::replace(
            &path(home),
            pages.to_toml().as_bytes(),
            Access::Private,
        )?)
    }

    /// Notes what receipts of a page without a record said.
    pub(crate) fn note_received(home: &Path, workspace: &str, id: &DeviceId, new: &[Received]) -> Result<()> {
        let _lock = disk::lock(&home.join("lock"))?;
        let mut pages = Self::read(home)?;
        let page = pages
            .pages
            .iter_mut()
            .find(|page| page.workspace == workspace && page.id == id.as_str());
        if let Some(page) = page {
            for received in new {
                if !page.received.contains(received) {
                    page.received.push(received.clone());
                }
            }
        }
        Ok(disk::replace(
            &path(home),
            pages.to_toml().as_bytes(),
            Access::Private,
        )?)
    }

    /// Whether a page was made for a person.
    pub(crate) fn has_one_of(&self, workspace: &str, person: &str) -> bool {
        self.id_of(workspace, person).is_some()
    }

    /// Forgets the pages of a person.
    pub(crate) fn forget(home: &Path, workspace: &str, person: &str) -> Result<()> {
        let _lock = disk::lock(&home.join("lock"))?;
        let mut pages = Self::read(home)?;
        pages
            .pages
            .retain(|page| page.workspace != workspace || page.person != person);
        Ok(disk::replace(
            &path(home),
            pages.to_toml().as_bytes(),
            Access::Private,
        )?)
    }

    /// Whether a page was made here.
    pub(crate) fn knows(&self, workspace: &str, id: &str) -> bool {
        self.of(workspace, id).is_some()
    }

    /// What receipts of a page without a record said.
    pub(crate) fn received(&self, workspace: &str, id: &str) -> &[Received] {
        self.of(workspace, id).map_or(&[], |page| &page.received)
    }

    /// The questions of a curriculum that each file made of a page asked, with the day it was made: as
    /// `module.question@rev`.
    pub(crate) fn sets(&self, workspace: &str, id: &str, curriculum: &str) -> Vec<(Date, Vec<String>)> {
        let made = self.of(workspace, id).into_iter().flat_map(|page| &page.made);
        let of_curriculum = |named: &String| {
            let (of, question) = named.split_once('/')?;
            let whole = match question.split_once('@') {
                Some(_) => question.to_owned(),
                None => format!("{question}@1"),
            };
            (of == curriculum).then_some(whole)
        };
        made.map(|made| {
            (
                made.day,
                made.questions.iter().filter_map(of_curriculum).collect(),
            )
        })
        .collect()
    }

    fn of(&self, workspace: &str, id: &str) -> Option<&Page> {
        self.pages
            .iter()
            .find(|page| page.workspace == workspace && page.id == id)
    }

    /// The id that was last used for a person's page.
    pub(crate) fn id_of(&self, workspace: &str, person: &str) -> Option<DeviceId> {
        let pages = self.pages.iter().rev();
        pages
            .filter(|page| page.workspace == workspace && page.person == person)
            .find_map(|page| page.id.parse().ok())
    }

    /// Questions of a curriculum that a page asked before a day, each once, in the order in which they first were: made
    /// twice on one day, a page is the same.
    pub(crate) fn asked(&self, workspace: &str, id: &DeviceId, curriculum: &str, before: Date) -> Vec<Asked> {
        let mut asked: Vec<Asked> = Vec::new();
        let made = self
            .pages
            .iter()
            .filter(|page| page.workspace == workspace && page.id == id.as_str())
            .flat_map(|page| &page.made)
            .filter(|made| made.day < before);
        for (day, named) in made.flat_map(|made| made.questions.iter().map(|q| (made.day, q))) {
            let Some((_, question)) = named.split_once('/').filter(|(of, _)| *of == curriculum) else {
                continue;
            };
            let question = question.split('@').next().unwrap_or(question);
            match asked.iter_mut().find(|known| known.question == question) {
                Some(known) => known.last = known.last.max(day),
                None => asked.push(Asked {
                    question: question.to_owned(),
                    last: day,
                }),
            }
        }
        asked
    }

    fn add(&mut self, new: NewPage<'_>) {
        let made = Made {
            day: new.day,
            questions: new.questions,
        };
        let known = self
            .pages
            .iter_mut()
            .find(|page| page.workspace == new.workspace && page.id == new.id.as_str());
        match known {
            // The same file made once more.
            Some(page) if page.made.contains(&made) => {}
            Some(page) => page.made.push(made),
            None => self.pages.push(Page {
                workspace: new.workspace.to_owned(),
                id: new.id.to_string(),
                person: new.person.to_owned(),
                made: vec![made],
                received: Vec::new(),
            }),
        }
    }

    fn of_table(table: &toml::Table) -> Option<Self> {
        if table.get("format")?.as_integer()? != 1 {
            return None;
        }
        let text = |table: &toml::Table, key: &str| Some(table.get(key)?.as_str()?.to_owned());
        let list = |table: &toml::Table, key: &str| match table.get(key) {
            None => Some(Vec::new()),
            Some(list) => list.as_array().cloned(),
        };
        let pages = list(table, "page")?
            .iter()
            .map(|page| {
                let page = page.as_table()?;
                let made = list(page, "made")?
                    .iter()
                    .map(|made| {
                        let made = made.as_table()?;
                        let questions = list(made, "questions")?
                            .iter()
                            .map(|q| q.as_str().map(str::to_owned))
                            .collect::<Option<_>>()?;
                        Some(Made {
                            day: text(made, "day")?.parse().ok()?,
                            questions,
                        })
                    })
                    .collect::<Option<_>>()?;
                let received = list(page, "received")?
                    .iter()
                    .map(|received| {
                        let received = received.as_table()?;
                        let count = |key: &str| u32::try_from(received.get(key)?.as_integer()?).ok();
                        Some(Received {
                            id: text(received, "id")?.parse().ok()?,
                            made: text(received, "made")?.parse().ok()?,
                            capability: text(received, "capability")?,
                            right: count("right")?,
                            of: count("of")?,
                        })
                    })
                    .collect::<Option<_>>()?;
                Some(Page {
                    received,
                    workspace: text(page, "workspace")?,
                    id: text(page, "id")?,
                    person: text(page, "person")?,
                    made,
                })
            })
            .collect::<Option<_>>()?;
        Some(Self { pages })
    }

    /// Every text of it is an id or a day: none needs an escape.
    fn to_toml(&self) -> String {
        let mut out = "format = 1\n".to_owned();
        for page in &self.pages {
            out.push_str(&format!(
                "\n[[page]]\nworkspace = \"{}\"\nid = \"{}\"\nperson = \"{}\"\n",
                page.workspace, page.id, page.person
            ));
            for made in &page.made {
                let questions: Vec<String> = made.questions.iter().map(|q| format!("\"{q}\"")).collect();
                out.push_str(&format!(
                    "\n[[page.made]]\nday = \"{}\"\nquestions = [{}]\n",
                    made.day,
                    questions.join(", ")
                ));
            }
            for received in &page.received {
                out.push_str(&format!(
                    "\n[[page.received]]\nid = \"{}\"\nmade = \"{}\"\ncapability = \"{}\"\nright = {}\nof = {}\n",
                    received.id, received.made, received.capability, received.right, received.of
                ));
            }
        }
        out
    }
}

fn path(home: &Path) -> PathBuf {
    home.join("pages.toml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_noted_is_read_again() {
        let home = tempfile::tempdir().unwrap();
        let home = home.path().join("own");
        let id: DeviceId = "eli-page-9m3t".parse().unwrap();
        let new = |day: &str, questions: &[&str]| NewPage {
            workspace: "halden",
            id: &id,
            person: "eli",
            day: day.parse().unwrap(),
            questions: questions.iter().map(|q| (*q).to_owned()).collect(),
        };
        assert_eq!(Pages::read(&home).unwrap(), Pages::default());
        for _ in 0..2 {
            Pages::note(
                &home,
                vec![
                    new("2026-03-02", &["e/m.a", "e/m.b"]),
                    new("2026-03-09", &["e/m.b", "x/m.a"]),
                ],
            )
            .unwrap();
        }
        let pages = Pages::read(&home).unwrap();
        assert_eq!(pages.pages.len(), 1);
        assert_eq!(
            pages.pages[0].made.len(),
            2,
            "the same page made again is no other"
        );
        assert_eq!(pages.id_of("halden", "eli"), Some(id.clone()));
        assert_eq!(pages.id_of("halden", "ana"), None);
        assert_eq!(pages.id_of("other", "eli"), None);
        let asked: Vec<(String, String)> = pages
            .asked("halden", &id, "e", "2026-03-10".parse().unwrap())
            .into_iter()
            .map(|asked| (asked.question, asked.last.to_string()))
            .collect();
        assert_eq!(
            asked,
            [("m.a", "2026-03-02"), ("m.b", "2026-03-09")].map(|(q, d)| (q.to_owned(), d.to_owned()))
        );
        let earlier = pages.asked("halden", &id, "e", "2026-03-09".parse().unwrap());
        assert!(earlier.iter().all(|asked| asked.last.to_string() == "2026-03-02"));
        disk::replace(&path(&home), b"format = 2\n", Access::Private).unwrap();
        assert!(Pages::read(&home).is_err());
    }
}
