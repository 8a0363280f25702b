//! One person's own or another's standing: reads that person's folder and nobody else's.

use crate::base::id::{CurriculumId, DeviceId, PersonId};
use crate::base::time::Date;
use crate::cli::context::{Context, curriculum_of};
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::record;
use crate::disk::{Kind, Tree};
use crate::files::{self, WantCurricula};
use crate::model::curriculum::Curriculum;
use crate::model::event::Event;
use crate::model::person::Person;
use crate::model::workspace::Workspace;
use crate::progress::{Progress, fold};
use crate::readiness::{Assessment, assess};
use crate::report::{self, PageView, Readers};
use crate::store::{self, Buffers};

/// A person, the workspace around them, and the curricula that concern them.
pub(crate) struct Subject {
    pub(crate) workspace: Workspace,
    pub(crate) person: Person,
    pub(crate) by: PersonId,
    pub(crate) tree: Tree,
    pub(crate) as_of: Date,
}

/// One person in one curriculum, as the leaders see them.
pub(crate) struct View<'a> {
    pub(crate) curriculum: &'a Curriculum,
    pub(crate) events: &'a [&'a Event<'a>],
    pub(crate) progress: &'a Progress<'a>,
    pub(crate) assessment: &'a Assessment,
}

impl<'a> View<'a> {
    /// As pages and reminders take it.
    pub(crate) fn of_page(&self) -> PageView<'a> {
        PageView {
            curriculum: self.curriculum,
            progress: self.progress,
            assessment: self.assessment,
        }
    }
}

impl Subject {
    /// The person acting; `by` differs where somebody acts for somebody else.
    pub(crate) fn acting(context: &mut Context) -> Result<Self> {
        let workspace = context.workspace(curricula(context))?;
        if workspace.settings.curricula.is_empty() {
            return Err(CliError::no_curriculum());
        }
        let actor = context.actor(&workspace, None)?;
        let by = match context.global.actor {
            Some(_) => context.known_me(&workspace)?.unwrap_or_else(|| actor.clone()),
            None => actor.clone(),
        };
        Self::of(context, workspace, &actor, by)
    }

    /// Anybody, for reading.
    pub(crate) fn named(context: &mut Context, typed: &str) -> Result<Self> {
        let workspace = context.workspace(curricula(context))?;
        let person = context.person_to_read(&workspace, typed)?.id.clone();
        Self::of(context, workspace, &person, person.clone())
    }

    fn of(context: &mut Context, mut workspace: Workspace, person: &PersonId, by: PersonId) -> Result<Self> {
        let tree = context.tree()?;
        let language = &workspace.settings.language;
        for curriculum in &mut workspace.curricula {
            context.sound(files::fill_case_steps(&tree, curriculum, language))?;
        }
        let person = workspace
            .person(person.as_str())
            .cloned()
            .ok_or_else(|| CliError::could_not(format!("\"{person}\" is no person here")))?;
        Ok(Self {
            workspace,
            person,
            by,
            tree,
            as_of: context.now.today,
        })
    }

    /// Whether the person acts for themselves: only then is anything private theirs to read or write.
    pub(crate) fn is_self(&self) -> bool {
        self.by == self.person.id
    }

    /// The curriculum of this id.
    pub(crate) fn curriculum(&self, id: &str) -> Result<&Curriculum> {
        curriculum_of(&self.workspace, id)
    }

    /// Reads the log and hands over the person in one curriculum.
    pub(crate) fn view<R>(
        &self,
        context: &Context,
        curriculum: &Curriculum,
        show: impl FnOnce(&View<'_>) -> Result<R>,
    ) -> Result<R> {
        self.views_of(context, std::slice::from_ref(curriculum), |views| match views {
            [view] => show(view),
            _ => Err(CliError::no_curriculum()),
        })
    }

    /// Reads the log once and hands over the person in every curriculum in use, in their order.
    pub(crate) fn views<R>(
        &self,
        context: &Context,
        show: impl FnOnce(&[View<'_>]) -> Result<R>,
    ) -> Result<R> {
        self.views_of(context, &self.workspace.curricula, show)
    }

    fn views_of<R>(
        &self,
        context: &Context,
        curricula: &[Curriculum],
        show: impl FnOnce(&[View<'_>]) -> Result<R>,
    ) -> Result<R> {
        let settings = &self.workspace.settings;
        let mut buffers = Buffers::default();
        let log = store::read_person(&self.tree, self.person.id.as_str(), &mut buffers)?;
        context.mention(&log.findings)?;
        let mut events = log.in_order();
        events.retain(|event| context.was_there(event.day));
        let facts: Vec<(&Curriculum, Progress<'_>, Assessment)> = curricula
            .iter()
            .map(|curriculum| {
                let progress = fold(&events, curriculum, settings, self.as_of);
                let assessment = assess(curriculum, settings, &progress, None, self.as_of);
                (curriculum, progress, assessment)
            })
            .collect();
        let views: Vec<View<'_>> = facts
            .iter()
            .map(|(curriculum, progress, assessment)| View {
                curriculum,
                events: &events,
                progress,
                assessment,
            })
            .collect();
        show(&views)
    }

    /// Who can read what is shared about the person.
    pub(crate) fn readers(&self) -> Readers {
        Readers::of(&self.workspace, self.person.id.as_str(), self.as_of)
    }

    /// This device, or in the example the device the person has there.
    pub(crate) fn device(&self, context: &Context) -> Result<Option<DeviceId>> {
        if context.global.demo {
            let own = context.own_tree(&self.workspace.settings);
            return Ok(first_device(&own, self.person.id.as_str()));
        }
        match &context.environment.device {
            Some(given) => given
                .parse()
                .map(Some)
                .map_err(|e| CliError::usage(format!("UPWARDS_DEVICE: {e}"))),
            None => record::known_device(&context.environment.home),
        }
    }
}

/// The one of `--curriculum`, else all in use.
fn curricula(context: &Context) -> WantCurricula {
    match context
        .global
        .curriculum
        .as_deref()
        .and_then(|id| id.parse::<CurriculumId>().ok())
    {
        Some(id) => WantCurricula::These(vec![id]),
        None => WantCurricula::InUse,
    }
}

fn first_device(own: &Tree, person: &str) -> Option<DeviceId> {
    let names = own.list(&format!("private/{person}")).ok()?;
    names
        .iter()
        .filter(|(_, kind)| *kind == Kind::File)
        .find_map(|(name, _)| name.strip_suffix(".jsonl")?.parse().ok())
}

/// `readiness PERSON`: the leader's form; question names are not in the workspace, so none can be shown.
pub(crate) fn explain_for_leader(
    context: &mut Context,
    typed: &str,
    capability: Option<&str>,
) -> Result<Outcome> {
    let subject = Subject::named(context, typed)?;
    let id = context.curriculum_id(&subject.workspace.settings)?;
    let curriculum = subject.curriculum(id.as_str())?;
    if let Some(typed) = capability
        && curriculum.capability(typed).is_none()
    {
        let names = curriculum
            .capabilities
            .iter()
            .map(|c| (c.id.as_str(), c.name.as_str()));
        return Err(CliError::unknown(
            typed,
            "capability",
            names,
            "upwards help columns",
        ));
    }
    let rules = report::fingerprint(curriculum, &subject.workspace.settings.readiness);
    let is_data = context.ui.wants_data()?;
    subject.view(context, curriculum, |view| {
        if is_data {
            let groups = super::team::groups_of(&subject.workspace, &subject.person);
            let mut rows = report::long_rows(
                &subject.person,
                &groups,
                curriculum,
                &rules,
                view.progress,
                view.assessment,
            );
            if let Some(only) = capability {
                rows.retain(|row| row.get(7).is_some_and(|v| v.machine() == only));
            }
            return context
                .ui
                .report(report::readiness_long(rows, &rules, subject.as_of));
        }
        let about = report::About {
            workspace: &subject.workspace,
            person: &subject.person,
            curriculum,
            progress: view.progress,
            assessment: view.assessment,
            rules: &rules,
            own: None,
            events_shown: context.ui.verbose > 0,
        };
        context.ui.report(report::explanation(&about, capability))
    })?;
    Ok(Outcome::Done)
}
