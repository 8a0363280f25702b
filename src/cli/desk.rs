//! A leader who puts people together: everybody who could be, and the rules.

use std::collections::BTreeSet;

use crate::base::id::{CurriculumId, EventId, PersonId};
use crate::cli::context::{Context, curriculum_of};
use crate::cli::error::{CliError, Result};
use crate::model::curriculum::Curriculum;
use crate::model::person::{Person, Role};
use crate::model::workspace::Workspace;
use crate::pairing::{Facts, Rules};
use crate::progress::Lookup;
use crate::readiness::Yardstick;
use crate::store::{self, Buffers};
use crate::team::Wishes;

/// A leader at work: the workspace, with its curriculum.
pub(crate) struct Desk {
    pub(crate) workspace: Workspace,
    pub(crate) curriculum: CurriculumId,
    pub(crate) me: PersonId,
}

impl Desk {
    pub(crate) fn of(context: &mut Context) -> Result<Self> {
        let (workspace, curriculum) = context.workspace_with_curriculum()?;
        let me = context.actor(&workspace, Some(Role::Leader))?;
        if !workspace
            .person(me.as_str())
            .is_some_and(|me| me.is(Role::Leader))
        {
            return Err(CliError::could_not(format!(
                "{} leads nobody here: who meets whom is said by leaders",
                workspace.name_of(me.as_str())
            )));
        }
        Ok(Self {
            workspace,
            curriculum,
            me,
        })
    }

    pub(crate) fn curriculum(&self) -> Result<&Curriculum> {
        curriculum_of(&self.workspace, self.curriculum.as_str())
    }

    /// Everybody who learns or mentors and is here, and guests; by id.
    pub(crate) fn everybody(&self, context: &mut Context) -> Result<Vec<Facts<'_>>> {
        let curriculum = self.curriculum()?;
        let (tree, settings, today) = (context.tree()?, &self.workspace.settings, context.now.today);
        let (lookup, yardstick) = (Lookup::of(curriculum), Yardstick::of(curriculum, settings));
        let mut buffers = Buffers::default();
        let mut everybody = Vec::new();
        let takes_part = |person: &&Person| {
            (person.is(Role::Executive) || person.is(Role::Mentor) || person.external)
                && person.is_here(today)
                && !self.workspace.erased.contains(&person.id)
        };
        for person in self.workspace.people.iter().filter(takes_part) {
            let log = store::read_person(&tree, person.id.as_str(), &mut buffers)?;
            context.mention(&log.findings)?;
            let events = log.in_order();
            let progress = lookup.fold(&events, settings, today);
            everybody.push(Facts::of(
                person,
                &progress,
                &yardstick.assess(&progress, None, today),
            ));
        }
        everybody.sort_by(|a, b| a.person.id.cmp(&b.person.id));
        Ok(everybody)
    }

    /// Ids of the capabilities, in the order of the curriculum.
    pub(crate) fn capabilities(&self) -> Result<Vec<&str>> {
        let capabilities = self.curriculum()?.capabilities.iter();
        Ok(capabilities.map(|one| one.id.as_str()).collect())
    }

    /// What people are put together by.
    pub(crate) fn rules<'a>(
        &'a self,
        capabilities: &'a [&'a str],
        known: &'a Wishes,
        not_fitting: &'a BTreeSet<EventId>,
    ) -> Rules<'a> {
        let settings = &self.workspace.settings;
        Rules {
            people: &self.workspace.people,
            capabilities,
            ready: settings.readiness.ready,
            seats: settings.mentoring.seats,
            language: &settings.language,
            barred: &known.barred,
            wished: &known.wished,
            not_fitting,
        }
    }
}
