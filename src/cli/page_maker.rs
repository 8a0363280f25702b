//! Makes ten-minute pages: planned with the leader's eyes, nothing private is read.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::base::id::{CurriculumId, DeviceId, page_beginning};
use crate::base::texts::t;
use crate::base::time::Minutes;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Result};
use crate::cli::pages::{NewPage, Pages};
use crate::cli::person::{Subject, View};
use crate::cli::record;
use crate::cli::rounds::{PageAsked, has_changed};
use crate::files::{self, WantCurricula};
use crate::model::event::Event;
use crate::model::person::{Person, Role};
use crate::model::workspace::Workspace;
use crate::plan::{Asked, WithoutRecord, plan_page};
use crate::readiness::{Ladder, Memory, Own, Rounds, Told, supposed};
use crate::render;
use crate::report::{self, Aimed, PageAbout, PageView, Part, TenMinutes};

/// Larger than this no page is written.
const MOST_BYTES: usize = 200 * 1024;

/// A page with what belongs to it.
pub(crate) struct Made {
    pub(crate) person: Person,
    pub(crate) id: DeviceId,
    pub(crate) page: TenMinutes,
    pub(crate) html: String,
}

impl Made {
    /// The same name each time: a browser may keep its record by it.
    pub(crate) fn file_name(&self) -> String {
        format!("{}-ten-minutes.html", self.person.id)
    }
}

/// Whose mails have no address; nothing if all have one.
pub(crate) fn without_address<'p>(people: impl Iterator<Item = &'p Person>) -> Option<String> {
    /// Longer lists are cut: their mails have an empty address.
    const NAMED: usize = 8;
    let without: Vec<&str> = people
        .filter(|person| person.email.is_none())
        .map(|person| person.name.as_str())
        .collect();
    let mut names = without[..without.len().min(NAMED)].join(", ");
    if without.len() > NAMED {
        names.push_str(&format!(", … {}", without.len()));
    }
    (!without.is_empty()).then(|| t!("page.no_address", "Without an address: {names}", names = names))
}

/// Makes one page after the other.
pub(crate) struct Maker {
    wish: Wish,
    only: Option<CurriculumId>,
    pages: Pages,
    leader: Option<Person>,
    subject: Subject,
    cases: report::CasesOfPage,
}

/// How pages are wanted.
#[derive(Debug, Clone)]
pub(crate) struct Wish {
    /// Minutes that each takes.
    pub(crate) minutes: Minutes,
    /// Whether each says where its person stands.
    pub(crate) with_standing: bool,
    /// The id of the page, of one person only.
    pub(crate) page_id: Option<String>,
}

impl Maker {
    /// Reads what every page needs.
    pub(crate) fn new(context: &mut Context, wish: Wish) -> Result<Self> {
        let workspace = workspace(context)?;
        let only = match context.global.curriculum {
            Some(_) => Some(context.curriculum_id(&workspace.settings)?),
            None => None,
        };
        let pages = if context.global.demo {
            Pages::default()
        } else {
            Pages::read(&context.environment.home)?
        };
        let leader = leader(&workspace, context)?;
        let nobody =
            CliError::could_not("there is nobody in people.toml").hint("add somebody: upwards people add");
        let person = workspace.people.first().cloned().ok_or(nobody)?;
        Ok(Self {
            wish,
            only,
            pages,
            leader,
            subject: Subject {
                by: person.id.clone(),
                person,
                as_of: context.now.today,
                tree: context.tree()?,
                workspace,
            },
            cases: BTreeMap::new(),
        })
    }

    /// The workspace the pages are of.
    pub(crate) fn workspace(&self) -> &Workspace {
        &self.subject.workspace
    }

    /// Notes what each page asks: what a count in a receipt means follows from it. Nothing is kept of the example.
    pub(crate) fn note<'m>(&self, context: &Context, made: impl IntoIterator<Item = &'m Made>) -> Result<()> {
        if context.global.demo {
            return Ok(());
        }
        let noted = made.into_iter().map(|made| NewPage {
            workspace: self.subject.workspace.settings.id.as_str(),
            id: &made.id,
            person: made.person.id.as_str(),
            day: made.page.day,
            questions: questions_of(&made.page),
        });
        Pages::note(&context.environment.home, noted.collect())
    }

    /// A page, or why there is none.
    pub(crate) fn make(
        &mut self,
        person: &Person,
        context: &Context,
    ) -> Result<std::result::Result<Made, String>> {
        self.subject.person = person.clone();
        self.subject.by = person.id.clone();
        let mut cases = std::mem::take(&mut self.cases);
        let made = self.subject.views(context, |views| {
            let (id, page) = self.page(person, views, context, &mut cases)?;
            Ok(page.map(|page| {
                let html = render::page(&page);
                Made {
                    person: person.clone(),
                    id,
                    page,
                    html,
                }
            }))
        });
        self.cases = cases;
        let made = made?;
        if let Ok(made) = &made
            && made.html.len() > MOST_BYTES
        {
            return Ok(Err(format!(
                "it would have {} KB, and mails should carry it: at most {}; fewer minutes hold less: --minutes 5",
                made.html.len() / 1024,
                MOST_BYTES / 1024
            )));
        }
        Ok(made)
    }

    /// The leader's view of the person, planned: nothing private is read, whoever makes the page.
    fn page(
        &self,
        person: &Person,
        views: &[View<'_>],
        context: &Context,
        cases: &mut report::CasesOfPage,
    ) -> Result<(DeviceId, std::result::Result<TenMinutes, String>)> {
        let settings = &self.subject.workspace.settings;
        let (workspace, today) = (settings.id.as_str(), self.subject.as_of);
        let id = self.page_id(person, views, context)?;
        let none_yet = !views.iter().any(|view| report::belongs(view.progress));
        let chosen: Vec<&View<'_>> = views
            .iter()
            .filter(|view| match &self.only {
                Some(only) => view.curriculum.id == *only,
                None => none_yet || report::belongs(view.progress),
            })
            .collect();
        let asked: Vec<Vec<Asked>> = chosen
            .iter()
            .map(|view| {
                self.pages
                    .asked(workspace, &id, view.curriculum.id.as_str(), today)
            })
            .collect();
        let ladder = Ladder::of(&settings.readiness);
        let memories: Vec<Memory> = chosen
            .iter()
            .zip(&asked)
            .map(|(view, asked)| {
                let asked: Vec<&str> = asked.iter().map(|asked| asked.question.as_str()).collect();
                supposed(view.curriculum, &ladder, view.progress, id.as_str(), &asked)
            })
            .collect();
        let subjects: Vec<crate::plan::Subject<'_>> = chosen
            .iter()
            .zip(&memories)
            .map(|(view, memory)| crate::plan::Subject {
                curriculum: view.curriculum,
                progress: view.progress,
                own: Some(Own { device: &id, memory }),
            })
            .collect();
        let without: Vec<WithoutRecord> = chosen
            .iter()
            .map(|view| self.without_record(view, id.as_str(), &ladder))
            .collect();
        let plan = plan_page(&subjects, &asked, &without, settings, today, self.wish.minutes);
        self.load_cases(report::cases_needed(&subjects, &plan), context, cases)?;
        let page_views: Vec<PageView<'_>> = views.iter().map(View::of_page).collect();
        let page = report::ten_minutes(&PageAbout {
            id: id.as_str(),
            workspace: &self.subject.workspace,
            person,
            leader: self.leader.as_ref(),
            views: &page_views,
            subjects: &subjects,
            plan: &plan,
            asked: &asked,
            cases,
            minutes: self.wish.minutes,
            today,
            // What is sent to an assistant in copy holds no bands and points: those are for the person and who leads.
            with_standing: self.wish.with_standing && person.assistant_email.is_none(),
        });
        let is_empty = page.parts.is_empty() && matches!(page.aim, Aimed::Known(_));
        let page = if is_empty {
            Err(report::empty_sentence(&plan.plan, self.wish.minutes))
        } else {
            Ok(page)
        };
        Ok((id, page))
    }

    /// What the page told of each capability where it keeps no record: its last receipt said a count.
    fn without_record(&self, view: &View<'_>, page: &str, ladder: &Ladder) -> WithoutRecord {
        let workspace = self.subject.workspace.settings.id.as_str();
        let asked = PageAsked::new(&self.pages, workspace, page);
        let mut without = WithoutRecord::new();
        for capability in &view.curriculum.capabilities {
            let id = capability.id.as_str();
            let told = asked.told(view.curriculum, id, view.events, self.subject.as_of);
            if matches!(told.last(), Some(Told::Round { .. })) {
                let mut rounds = Rounds::of(&told, ladder);
                rounds.forget(|key| has_changed(view.curriculum, key));
                without.insert(id.to_owned(), rounds);
            }
        }
        without
    }

    /// Cases are read once for all people.
    fn load_cases(
        &self,
        needed: Vec<(String, String)>,
        context: &Context,
        cases: &mut report::CasesOfPage,
    ) -> Result<()> {
        let language = &self.subject.workspace.settings.language;
        for key in needed {
            let (Ok(curriculum), Ok(case)) = (key.0.parse(), key.1.parse()) else {
                continue;
            };
            if let Entry::Vacant(place) = cases.entry(key) {
                let loaded = files::load_case(&self.subject.tree, &curriculum, &case, language);
                place.insert(context.sound(loaded)?);
            }
        }
        Ok(())
    }

    /// The id given, that of the person's newest page that came back, the one noted here, or a new one.
    fn page_id(&self, person: &Person, views: &[View<'_>], context: &Context) -> Result<DeviceId> {
        let beginning = page_beginning(person.id.as_str());
        if let Some(given) = &self.wish.page_id {
            let fits = |id: &DeviceId| {
                id.as_str()
                    .strip_prefix(&beginning)
                    .is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_alphanumeric()))
            };
            return given.parse().ok().filter(fits).ok_or_else(|| {
                CliError::usage(format!("--page-id: \"{given}\" is no page of {}", person.name))
                    .hint(format!("write it as {beginning}4f7q"))
            });
        }
        let newest = views
            .iter()
            .flat_map(|view| view.events)
            // A clock that was wrong decides nothing.
            .filter(|event: &&&Event<'_>| {
                event.day <= context.now.today && event.device.starts_with(&beginning)
            })
            .max_by(|a, b| (a.day, &a.device).cmp(&(b.day, &b.device)));
        if let Some(id) = newest.and_then(|event| event.device.parse().ok()) {
            return Ok(id);
        }
        let workspace = self.subject.workspace.settings.id.as_str();
        if let Some(id) = self.pages.id_of(workspace, person.id.as_str()) {
            return Ok(id);
        }
        // The example's pages are the same each time.
        let seed = match &context.environment.seed {
            _ if context.global.demo => Some(format!("demo page {}", person.id)),
            Some(seed) => Some(format!("{seed} page {}", person.id)),
            None => None,
        };
        format!("{beginning}{}", record::random_letters(seed.as_deref()))
            .parse()
            .map_err(|e| CliError::could_not(format!("could not name the page: {e}")))
    }
}

fn questions_of(page: &TenMinutes) -> Vec<String> {
    let parts = page.parts.iter().filter_map(|part| match part {
        Part::Questions(part) => Some(&part.questions),
        _ => None,
    });
    parts
        .flatten()
        .map(|question| match question.rev {
            1 => question.key.clone(),
            rev => format!("{}@{rev}", question.key),
        })
        .collect()
}

/// Everything in use: a receipt names what it means without its curriculum where that is clear.
fn workspace(context: &mut Context) -> Result<Workspace> {
    let mut workspace = context.workspace(WantCurricula::InUse)?;
    if workspace.settings.curricula.is_empty() {
        return Err(CliError::no_curriculum());
    }
    let tree = context.tree()?;
    let language = &workspace.settings.language;
    for curriculum in &mut workspace.curricula {
        context.sound(files::fill_case_steps(&tree, curriculum, language))?;
    }
    Ok(workspace)
}

/// Who gets the receipts: whoever makes the pages, if they lead; else the first who does.
fn leader(workspace: &Workspace, context: &Context) -> Result<Option<Person>> {
    let today = context.now.today;
    let me = context.me(workspace, Some(Role::Leader))?;
    let me = me.and_then(|id| workspace.person(id.as_str()));
    let me = me.filter(|me| me.is(Role::Leader) && me.is_here(today));
    Ok(me.or_else(|| workspace.leaders(today).next()).cloned())
}
