//! Everybody as the pages on pairs and groups of peers look at them.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::time::Date;
use crate::cli::context::{Context, day_of_flag};
use crate::cli::desk::Desk;
use crate::cli::error::{CliError, Result};
use crate::cli::team;
use crate::model::person::{Person, Role};
use crate::report::{self, Mentions, MentoringAbout, Participant, Then};
use crate::table::{Document, Hint};

/// The day of `--since`, which is before that of the report.
pub(crate) fn since_of_flag(typed: Option<&str>, context: &Context) -> Result<Option<Date>> {
    let (since, today) = (day_of_flag("--since", typed)?, context.now.today);
    match since.filter(|since| *since >= today) {
        Some(late) => Err(CliError::usage(format!(
            "--since {late} is not before {today}, the day of the report"
        ))),
        None => Ok(since),
    }
}

/// What such a page is made from.
pub(crate) struct Page {
    pub(crate) desk: Desk,
    pub(crate) participants: Vec<Participant>,
    mentions: Option<Mentions>,
    rules: String,
    today: Date,
}

impl Page {
    /// Of leaders only: it reads everybody's log.
    pub(crate) fn of(names: bool, context: &mut Context) -> Result<Self> {
        let desk = Desk::of(context)?;
        let (tree, today) = (context.tree()?, context.now.today);
        let (workspace, curriculum) = (&desk.workspace, desk.curriculum()?);
        let participants = team::each(
            context,
            &tree,
            workspace,
            &[curriculum],
            |person, _| takes_part(person, today),
            today,
            |person, _, standings| {
                let one = standings.first()?;
                let view = one.of_board(person, &workspace.settings);
                Some(Participant::of(&view, workspace))
            },
        )?;
        Ok(Self {
            participants,
            mentions: (!names).then(|| Mentions::of(&workspace.people)),
            rules: report::fingerprint(curriculum, &workspace.settings.readiness),
            today,
            desk,
        })
    }

    /// Where they stood on the day that was asked for, else on the one before the first pair or group; `None`: there is none.
    pub(crate) fn compared(
        &self,
        typed: Option<Date>,
        first: impl Fn(&[Participant]) -> Option<Date>,
        context: &mut Context,
    ) -> Result<Option<Then>> {
        let before_the_first = || first(&self.participants).map(|first| first + -1);
        match typed.or_else(before_the_first) {
            Some(since) => Ok(Some(self.then(since, typed.is_none(), context)?)),
            None => Ok(None),
        }
    }

    /// Where they stood at the end of an earlier day.
    fn then(&self, since: Date, is_before_the_first: bool, context: &mut Context) -> Result<Then> {
        let standings = team::each_again(
            &context.tree()?,
            &self.desk.workspace,
            self.desk.curriculum()?,
            |person, _| takes_part(person, self.today),
            since,
            |person, one| {
                let overall = &one.assessment.overall;
                (person.id.as_str().into(), (overall.total, overall.reached))
            },
        )?;
        Ok(Then {
            since,
            is_before_the_first,
            standings: standings.into_iter().collect::<BTreeMap<_, _>>(),
        })
    }

    pub(crate) fn about(&self) -> Result<MentoringAbout<'_>> {
        Ok(MentoringAbout {
            workspace: &self.desk.workspace,
            curriculum: self.desk.curriculum()?,
            rules: &self.rules,
            as_of: self.today,
            without_names: self.mentions.as_ref(),
        })
    }

    /// Prints or writes it, and says whom it names (by id) or how to get a page of it.
    pub(crate) fn print(
        &self,
        document: &Document,
        named: &BTreeSet<&str>,
        example: &str,
        context: &Context,
    ) -> Result<()> {
        context.ui.document(document)?;
        if self.mentions.is_none() {
            let names = named.iter().map(|id| self.desk.workspace.name_of(id));
            let names: Vec<&str> = names.collect();
            return if names.is_empty() {
                Ok(())
            } else {
                context.ui.says_who_is_named(&names)
            };
        }
        if context.ui.out_file.is_none() {
            let hint = Hint::new(example, "the same as a page to print or to mail");
            context.ui.hints(&[hint])?;
        }
        Ok(())
    }
}

/// Executives who are here; guests meet them and are counted nowhere.
fn takes_part(person: &Person, today: Date) -> bool {
    person.is(Role::Executive) && !person.external && person.is_here(today)
}
