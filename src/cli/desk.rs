//! A leader who puts people together: everybody who could be, and the rules.

use std::collections::BTreeSet;

use crate::base::id::{CurriculumId, EventId, PersonId};
use crate::base::texts::t;
use crate::base::time::Date;
use crate::cli::context::{Context, curriculum_of};
use crate::cli::error::{CliError, Result};
use crate::cli::team::{self, Standing};
use crate::disk::{self, Lock};
use crate::model::curriculum::Curriculum;
use crate::model::person::{Person, Role};
use crate::model::workspace::Workspace;
use crate::pairing::{self, Facts, PairFacts, Rules};
use crate::progress::Progress;
use crate::report::{self, GuideAbout, OwnPair};
use crate::session::Choice;
use crate::store;
use crate::team::Wishes;

/// The workspace with its curriculum, and who is at work.
pub(crate) struct Desk {
    pub(crate) workspace: Workspace,
    pub(crate) curriculum: CurriculumId,
    pub(crate) me: PersonId,
    /// Whose words are recorded: with `--as` not theirs whom it names, but of who sits here.
    pub(crate) by: PersonId,
}

impl Desk {
    /// Of leaders only.
    pub(crate) fn of(context: &mut Context) -> Result<Self> {
        let desk = Self::of_anybody(Some(Role::Leader), context)?;
        if !desk.leads() {
            return Err(CliError::could_not(format!(
                "{} leads nobody here: who meets whom is said by leaders",
                desk.workspace.name_of(desk.me.as_str())
            )));
        }
        Ok(desk)
    }

    /// Of whoever it is: their own pair is theirs to end.
    pub(crate) fn of_anybody(fallback: Option<Role>, context: &mut Context) -> Result<Self> {
        let (workspace, curriculum) = context.workspace_with_curriculum()?;
        let me = context.actor(&workspace, fallback)?;
        let by = match context.global.actor {
            Some(_) => context.known_me(&workspace)?.unwrap_or_else(|| me.clone()),
            None => me.clone(),
        };
        Ok(Self {
            workspace,
            curriculum,
            me,
            by,
        })
    }

    /// Keeps other commands of this computer from deciding by what is about to change; held until it is dropped. `None`
    /// in a dry run, which changes nothing.
    pub(crate) fn hold(&self, context: &Context) -> Result<Option<Lock>> {
        if context.global.dry_run {
            return Ok(None);
        }
        let own = context.own_folder(&self.workspace.settings);
        Ok(Some(disk::lock(&own.join("desk.lock"))?))
    }

    /// Right before pairs or groups are written: the lock that all leaders of this folder share, and a second look, as
    /// another user, or another computer by a sync, may have put people together since. An error where somebody did.
    pub(crate) fn unchanged(&self, everybody: &[Facts<'_>], context: &mut Context) -> Result<Option<Lock>> {
        let lock = disk::lock_among(&context.root()?.join("team").join("desk.lock"))?;
        if pairing::arranged(everybody) == pairing::arranged(&self.everybody(context)?) {
            return Ok(lock);
        }
        Err(
            CliError::could_not("somebody else put people together meanwhile: nothing was written")
                .hint("the same command again goes by what is there now"),
        )
    }

    /// Whether it is a leader's desk: theirs in whose name it is, and theirs who sit here.
    pub(crate) fn leads(&self) -> bool {
        let leads = |id: &PersonId| {
            let person = self.workspace.person(id.as_str());
            person.is_some_and(|person| person.is(Role::Leader))
        };
        leads(&self.me) && leads(&self.by)
    }

    pub(crate) fn curriculum(&self) -> Result<&Curriculum> {
        curriculum_of(&self.workspace, self.curriculum.as_str())
    }

    /// Everybody who learns or mentors and is here, and guests; by id.
    pub(crate) fn everybody(&self, context: &mut Context) -> Result<Vec<Facts<'_>>> {
        let today = context.now.today;
        self.facts(|person| takes_part(person, today), context)
    }

    /// One person, whose log alone is read.
    pub(crate) fn one(&self, person: &PersonId, context: &mut Context) -> Result<Option<Facts<'_>>> {
        Ok(self.facts(|other| other.id == *person, context)?.pop())
    }

    /// The running pairs of whoever is at work: with their mentor, and with whom they mentor; of the latter also those that
    /// ended lately, as nobody tells a mentor of it but this. A pair stands in the log of who
    /// learns and nowhere else, so that a mentor's are looked for in every log there is; one that may not be opened here is
    /// passed over.
    pub(crate) fn own_pairs(&self, context: &mut Context) -> Result<Vec<OwnPair>> {
        let me = self.workspace.person(self.me.as_str());
        let everybody = if me.is_some_and(|me| me.is(Role::Mentor)) {
            let (tree, today) = (context.tree()?, context.now.today);
            let is_open = |person: &Person| {
                self.leads() || person.id == self.me || store::can_open(&tree, person.id.as_str())
            };
            self.facts(|person| takes_part(person, today) && is_open(person), context)?
        } else {
            self.one(&self.me, context)?.into_iter().collect()
        };
        let mut pairs = Vec::new();
        for one in everybody {
            let learns = one.person.id == self.me;
            let id = one.person.id.to_string();
            let last = one.pairs.iter().rfind(|pair| *pair.mentor == *self.me.as_str());
            let last = last.map(|pair| pair.id);
            let is_told = |pair: &PairFacts| {
                let ended_lately = !learns && Some(pair.id) == last && ended_lately(pair, context.now.today);
                !pair.is_twin && (pair.is_running || ended_lately)
            };
            for pair in one.pairs.iter().filter(|pair| is_told(pair)).cloned() {
                if learns || *pair.mentor == *self.me.as_str() {
                    pairs.push(OwnPair {
                        other: if learns {
                            pair.mentor.to_string()
                        } else {
                            id.clone()
                        },
                        is_mentor: learns,
                        pair,
                    });
                }
            }
        }
        Ok(pairs)
    }

    /// What somebody's log says, which alone is read.
    pub(crate) fn look<T: Send>(
        &self,
        person: &PersonId,
        context: &mut Context,
        look: impl Fn(&Progress<'_>) -> T + Sync,
    ) -> Result<Option<T>> {
        let is_meant = |other: &Person| other.id == *person;
        Ok(self
            .each(is_meant, context, |_, one| Some(look(&one.progress)))?
            .pop())
    }

    fn facts(&self, is_meant: impl Fn(&Person) -> bool, context: &mut Context) -> Result<Vec<Facts<'_>>> {
        let (in_use, today) = (&self.workspace.settings.curricula, context.now.today);
        self.each(is_meant, context, |person, one| {
            let mentored = pairing::mentored(person, one.events, in_use, today);
            Some(Facts::of(person, &one.progress, &one.assessment, mentored))
        })
    }

    /// What the logs of these people give, by id.
    pub(crate) fn each<'d, T: Send>(
        &'d self,
        is_meant: impl Fn(&Person) -> bool,
        context: &mut Context,
        look: impl Fn(&'d Person, &Standing<'_>) -> Option<T> + Sync,
    ) -> Result<Vec<T>> {
        let (tree, today) = (context.tree()?, context.now.today);
        team::each(
            context,
            &tree,
            &self.workspace,
            &[self.curriculum()?],
            |person, _| is_meant(person),
            today,
            |person, _, standings| look(person, standings.first()?),
        )
    }

    /// Whether nothing is to be written; then that is said.
    pub(crate) fn rehearses(context: &Context) -> Result<bool> {
        if context.global.dry_run {
            context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        }
        Ok(context.global.dry_run)
    }

    /// A guide on the screen, or as data.
    pub(crate) fn show_guide(about: &GuideAbout<'_>, context: &Context) -> Result<()> {
        if context.ui.wants_data()? {
            return context.ui.report(report::guide_report(about));
        }
        context
            .ui
            .lines(report::guide_lines(about, context.ui.prose_width()))
    }

    /// Whether what was shown is to be written: after a yes; neither in a dry run, nor where data was asked for and no
    /// `--yes` was given.
    pub(crate) fn may_write(id: &str, question: &str, data: bool, context: &Context) -> Result<bool> {
        let no = [Choice::new("no", t!("word.no", "no"))];
        Ok(Self::decided(id, question, no, data, context)? == Some(0))
    }

    /// The same with other answers than no: the place of the answer, yes being 0; `None` where nobody was asked.
    pub(crate) fn decided(
        id: &str,
        question: &str,
        others: impl IntoIterator<Item = Choice>,
        data: bool,
        context: &Context,
    ) -> Result<Option<usize>> {
        if (data && !context.global.yes) || Self::rehearses(context)? {
            return Ok(None);
        }
        let answer = context.decided(id, question, "--yes", others)?;
        if answer != Some(0) {
            context.ui.line(t!("nothing_written", "Nothing was written."))?;
        }
        Ok(answer)
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

/// Whether a pair ended no longer ago than a mentor may be away.
fn ended_lately(pair: &PairFacts, today: Date) -> bool {
    const DAYS: i32 = 30;
    pair.ended_on
        .is_some_and(|day| (day..=day + DAYS).contains(&today))
}

/// Who learns or mentors and is here, and guests.
fn takes_part(person: &Person, today: Date) -> bool {
    (person.is(Role::Executive) || person.is(Role::Mentor) || person.external) && person.is_here(today)
}
