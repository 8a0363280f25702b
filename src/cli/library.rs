//! The case library as commands read it: the cases of every curriculum in use and of every shipped one.

use crate::base::diag::Diagnostic;
use crate::base::id::CaseId;
use crate::base::threads::on_threads;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Result};
use crate::files::{self, CaseFolder};
use crate::library::{
    Among, Facets, FoldedText, LibraryCase, Looked, MOST_CANDIDATES, MOST_PARSED_WHOLE, Query, Sieve,
};
use crate::model::settings::Settings;

/// From so many files another thread that looks through some pays, and one that parses some.
const WORTH_READING: usize = 150;
const WORTH_PARSING: usize = 16;

/// The files of the library; nothing is read before it is asked for.
pub(crate) struct Library {
    /// In the order of `upwards.toml`, then the shipped ones that are not in use.
    folders: Vec<CaseFolder>,
    language: String,
}

/// Where a case lies.
pub(crate) type Place<'a> = (&'a CaseFolder, &'a CaseId);

impl Library {
    /// The library of `--curriculum`, or of all.
    pub(crate) fn open(context: &mut Context, settings: &Settings) -> Result<Self> {
        let tree = context.tree()?;
        let curricula = if let Some(typed) = context.global.curriculum.clone() {
            vec![context.known_curriculum(&typed)?]
        } else {
            let shipped = files::built_in_curricula();
            let others = shipped.into_iter().filter(|id| !settings.curricula.contains(id));
            settings.curricula.iter().cloned().chain(others).collect()
        };
        let folders = curricula
            .iter()
            .map(|curriculum| CaseFolder::open(&tree, curriculum));
        Ok(Self {
            folders: folders.collect::<std::result::Result<_, _>>()?,
            language: settings.language.clone(),
        })
    }

    /// How many cases there are.
    pub(crate) fn len(&self) -> usize {
        self.places().count()
    }

    /// Every case that can be read; what cannot is mentioned.
    pub(crate) fn all(&self, context: &Context) -> Result<Vec<LibraryCase>> {
        self.load(context, &self.places().collect::<Vec<_>>())
    }

    /// Cases that may fit a question and are of a kind, and what is known of all: of a small library all of that kind, else
    /// those whose files hold most of its words.
    pub(crate) fn likely(
        &self,
        context: &Context,
        query: &Query,
        facets: &Facets,
        top: usize,
    ) -> Result<(Vec<LibraryCase>, Among)> {
        let mut places: Vec<Place<'_>> = self.places().collect();
        let mut among = Among {
            cases: places.len(),
            standing: Vec::new(),
        };
        if places.len() <= MOST_PARSED_WHOLE {
            let mut cases = self.load(context, &places)?;
            cases.retain(|one| facets.fit(&one.case));
            return Ok((cases, among));
        }
        // Of equals the search shows the first of these.
        places.sort_by_key(|(folder, id)| (*id, folder.curriculum()));
        let mut sieve = Sieve::new(query);
        // What cannot be read is told when it is parsed; here it only fits nothing.
        let looked = on_threads(&places, WORTH_READING, |(folder, id)| {
            let text = FoldedText::new(folder.texts(id, &self.language));
            facets.may_fit(&text).then(|| sieve.look(text))
        });
        let (places, mut looked): (Vec<Place<'_>>, Vec<Looked>) = places
            .into_iter()
            .zip(looked)
            .filter_map(|(place, looked)| Some((place, looked?)))
            .unzip();
        let nowhere = sieve.nowhere(&looked);
        if !nowhere.is_empty() {
            let parts: Vec<&[Looked]> = looked.chunks(WORTH_READING).collect();
            let alike = on_threads(&parts, 2, |part| sieve.alike(&nowhere, part));
            sieve.mean(alike.into_iter().flatten());
            let held = on_threads(&looked, WORTH_READING, |one| sieve.look_again(one));
            for (one, held) in looked.iter_mut().zip(held) {
                one.held = held;
            }
        }
        let (order, standing) = sieve.order(&looked, among.cases);
        among.standing = standing;
        let mut cases = Vec::new();
        let most = MOST_CANDIDATES.max(top);
        for next in order.chunks(most) {
            let next: Vec<Place<'_>> = next.iter().map(|at| places[*at]).collect();
            let more = self.load(context, &next)?;
            cases.extend(more.into_iter().filter(|one| facets.fit(&one.case)));
            if cases.len() >= most {
                break;
            }
        }
        Ok((cases, among))
    }

    /// One case by its id, its beginning, or `curriculum/id`.
    pub(crate) fn one(&self, context: &Context, typed: &str) -> Result<LibraryCase> {
        let (folder, id) = self.find(typed)?;
        let case = context.sound(folder.load(id, &self.language))?;
        let curriculum = folder.curriculum().clone();
        Ok(LibraryCase { curriculum, case })
    }

    /// Cases by their ids; without any, all that lie in the workspace.
    pub(crate) fn chosen(&self, typed: &[String]) -> Result<Vec<Place<'_>>> {
        if typed.is_empty() {
            return Ok(self.places().filter(|(folder, id)| folder.is_own(id)).collect());
        }
        let mut chosen: Vec<Place<'_>> = Vec::new();
        for one in typed {
            let (folder, id) = self.find(one)?;
            if chosen
                .iter()
                .all(|(other, name)| (other.curriculum(), *name) != (folder.curriculum(), id))
            {
                chosen.push((folder, id));
            }
        }
        Ok(chosen)
    }

    fn places(&self) -> impl Iterator<Item = Place<'_>> {
        let folders = self.folders.iter();
        folders.flat_map(|folder| folder.ids().iter().map(move |id| (folder, id)))
    }

    fn find(&self, typed: &str) -> Result<Place<'_>> {
        let (wanted, short) = match typed.split_once('/') {
            Some((curriculum, id)) => (Some(curriculum), id),
            None => (None, typed),
        };
        let meant: Vec<Place<'_>> = self
            .places()
            .filter(|(folder, _)| wanted.is_none_or(|w| w == folder.curriculum().as_str()))
            .collect();
        let fits = |is: &dyn Fn(&str) -> bool| -> Vec<Place<'_>> {
            let fitting = meant.iter().filter(|(_, id)| is(id.as_str()));
            fitting.copied().collect()
        };
        let mut found = fits(&|id| id == short);
        if found.is_empty() && short.len() >= 3 {
            found = fits(&|id| id.starts_with(short));
        }
        match found.as_slice() {
            [one] => Ok(*one),
            [] => {
                let names = meant.iter().map(|(_, id)| (id.as_str(), ""));
                Err(CliError::unknown(typed, "case", names, "upwards cases list"))
            }
            several => {
                let names = several.iter().take(5);
                let names: Vec<String> = names
                    .map(|(folder, id)| format!("{}/{id}", folder.curriculum()))
                    .collect();
                Err(CliError::could_not(format!("\"{typed}\" fits several cases"))
                    .hint(format!("name one: {}", names.join(", "))))
            }
        }
    }

    fn load(&self, context: &Context, places: &[Place<'_>]) -> Result<Vec<LibraryCase>> {
        let loaded = on_threads(places, WORTH_PARSING, |(folder, id)| {
            (folder.curriculum(), folder.load(id, &self.language))
        });
        let mut cases = Vec::with_capacity(loaded.len());
        let mut findings: Vec<Diagnostic> = Vec::new();
        for (curriculum, one) in loaded {
            findings.extend(one.findings);
            cases.extend(one.value.map(|case| LibraryCase {
                curriculum: curriculum.clone(),
                case,
            }));
        }
        context.mention(&findings)?;
        Ok(cases)
    }
}
