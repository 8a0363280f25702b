//! The plan of a ten-minute page: the planner's, for eyes that do not know which questions are known. What earlier
//! pages of the same id asked is asked again until all of it is known on a later day, so that somebody who only ever
//! uses pages can open the knowledge gate.

use std::collections::{BTreeMap, BTreeSet};

use super::beside::{SecondMeasure, figures};
use super::candidates::{Candidate, CandidateKind, Subject};
use super::door::{Plan, steps_for};
use crate::base::time::{Date, Instant, Minutes, Now, Seconds};
use crate::model::curriculum::{Question, Step, StepKind, words_take};
use crate::model::settings::Settings;
use crate::readiness::{GATE_STEP, Item, Ladder, Remedy, Rounds, assess, entries_of, is_due};

/// More questions than this are no page but an examination.
pub const MOST_QUESTIONS: usize = 6;

/// Fewer are not asked while there are more and there is time: nobody who makes a page knows which are known, so what
/// a question gives in points is not all that speaks for it.
const LEAST_QUESTIONS: usize = 2;

/// A question that an earlier page of the same id asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The question as it was called then.
    pub question: String,
    /// When a page last asked it.
    pub last: Date,
}

/// Rounds of one group that are asked at most: who misses one each time shall see others too.
const MOST_ROUNDS: u32 = 4;

/// What an earlier page of the same id told of a capability, where it kept no record: its questions are asked in the same
/// groups again, because of a part of a group little is sure.
pub type WithoutRecord = BTreeMap<String, Rounds>;

/// What a page holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagePlan<'a> {
    /// Second figures that are due.
    pub measures: Vec<SecondMeasure<'a>>,
    /// Questions of earlier pages, each with the place of its subject; they come before anything new.
    pub again: Vec<(usize, &'a Question)>,
    /// The best use of the rest.
    pub plan: Plan<'a>,
    /// Questions beside those of the plan: of capabilities in which enough is known and has to be known again, and so
    /// that there are two. Each with the place of its subject and its quiz.
    pub beside: Vec<(usize, &'a Step, &'a Question)>,
}

impl PagePlan<'_> {
    /// Whether there is nothing to do in the time.
    pub fn is_empty(&self) -> bool {
        self.measures.is_empty()
            && self.again.is_empty()
            && self.plan.steps.is_empty()
            && self.beside.is_empty()
    }
}

/// Plans a page. The own device of each subject is the page, with what it is supposed to remember; `asked` is what
/// earlier pages of it asked, subject by subject, and `without` what they told where they kept no record. A page is the
/// same whenever on its day it is made, so it knows no hour.
pub fn plan_page<'a>(
    subjects: &[Subject<'a>],
    asked: &[Vec<Asked>],
    without: &[WithoutRecord],
    settings: &Settings,
    today: Date,
    minutes: Minutes,
) -> PagePlan<'a> {
    let now = Now {
        today,
        instant: Instant::end_of(today),
    };
    let measures = figures(subjects, settings, today, minutes);
    let left = Minutes(minutes.0 - words_take(measures.len()).0).seconds().0;
    let open = Open::of(subjects, asked, without, settings, today);
    let again = open.again(subjects, settings, left);
    let seconds = u32::try_from(again.len())
        .unwrap_or(u32::MAX)
        .saturating_mul(settings.plan.seconds_per_question);
    let rest = Rest {
        subjects,
        settings,
        now,
        left: Seconds(left.saturating_sub(seconds)),
        room: MOST_QUESTIONS - again.len(),
    };
    let (plan, beside) = rest.plan(&open, &again);
    PagePlan {
        measures,
        again,
        plan,
        beside,
    }
}

/// Questions of earlier pages that are not all known on a later day yet, of capabilities whose knowledge gate is shut.
struct Open<'a> {
    /// Those of a capability together: which of them are known, nobody can tell.
    sets: Vec<Set<'a>>,
}

struct Set<'a> {
    subject: usize,
    capability: &'a str,
    /// What was asked longest ago first.
    questions: Vec<(&'a Step, &'a Question)>,
    /// Whether asking them today can change anything.
    moves: bool,
    /// Whether they are asked all together or not at all.
    whole: bool,
}

impl<'a> Open<'a> {
    fn of(
        subjects: &[Subject<'a>],
        asked: &[Vec<Asked>],
        without: &[WithoutRecord],
        settings: &Settings,
        today: Date,
    ) -> Self {
        let ladder = Ladder::of(&settings.readiness);
        let nothing = WithoutRecord::new();
        let mut sets = Vec::new();
        for (place, (subject, asked)) in subjects.iter().zip(asked).enumerate() {
            let Some(own) = subject.own else { continue };
            let without = without.get(place).unwrap_or(&nothing);
            let mut live: Vec<(Date, &'a Step, &'a Question)> = asked
                .iter()
                .filter_map(|asked| {
                    let id = subject.curriculum.current_question(&asked.question);
                    let (quiz, question) = subject.curriculum.live_question(id)?;
                    let is_waived = subject.progress.is_waived(quiz.id.as_str());
                    (!is_waived).then_some((asked.last, quiz, question))
                })
                .collect();
            live.sort_by_key(|(last, _, _)| *last);
            let assessment = assess(subject.curriculum, settings, subject.progress, None, today);
            let is_open = |capability: &str| {
                let mut assessed = assessment.capabilities.iter();
                assessed
                    .any(|assessed| assessed.capability.as_str() == capability && assessed.gates.knowledge)
            };
            for capability in &subject.curriculum.capabilities {
                if let Some(rounds) = without.get(capability.id.as_str()) {
                    sets.extend(whole_sets(
                        place,
                        subject,
                        capability.id.as_str(),
                        rounds,
                        &ladder,
                        today,
                    ));
                    continue;
                }
                let questions: Vec<(&Step, &Question)> = live
                    .iter()
                    .filter(|(_, _, question)| question.capability == capability.id)
                    .map(|(_, quiz, question)| (*quiz, *question))
                    .collect();
                let entries = entries_of(subject.progress, own.device.as_str(), capability.id.as_str());
                // Enough of them is known: the planner says what is worth asking, and others get their turn.
                if is_open(capability.id.as_str()) {
                    continue;
                }
                let settled = entries.iter().filter(|entry| entry.step >= GATE_STEP).count();
                if settled >= questions.len() {
                    continue;
                }
                let climbs = entries
                    .iter()
                    .any(|entry| entry.step < GATE_STEP && entry.day + ladder.half_days(entry.step) <= today);
                sets.push(Set {
                    subject: place,
                    capability: capability.id.as_str(),
                    moves: climbs || entries.len() < questions.len(),
                    questions,
                    whole: false,
                });
            }
        }
        Self { sets }
    }

    /// The questions that come first, in at most half the time: there is always something new as well.
    fn again(&self, subjects: &[Subject<'a>], settings: &Settings, left: u32) -> Vec<(usize, &'a Question)> {
        let one = settings.plan.seconds_per_question.max(1);
        let fit = usize::try_from(left / 2 / one).unwrap_or(MOST_QUESTIONS);
        let fit = fit.max(usize::from(left >= one)).min(MOST_QUESTIONS);
        let mut again: Vec<(usize, &'a Question)> = Vec::new();
        for set in self.sets.iter().filter(|set| set.moves) {
            let ready = set
                .questions
                .iter()
                .filter(|(quiz, _)| is_ready(&subjects[set.subject], quiz));
            let ready: Vec<(usize, &'a Question)> =
                ready.map(|(_, question)| (set.subject, *question)).collect();
            if !set.whole {
                again.extend(ready.into_iter().take(fit.saturating_sub(again.len())));
                continue;
            }
            let room = if again.is_empty() { MOST_QUESTIONS } else { fit };
            let all_fit = again.len() + ready.len() <= room && ready.len() == set.questions.len();
            if all_fit && left >= one {
                again.extend(ready);
            }
        }
        again
    }

    /// Whether a question may be planned: of a capability whose first questions still wait for a case, no others; of a
    /// group that is asked as a whole none alone, and none beside one that is asked today.
    fn allows(&self, subjects: &[Subject<'_>], candidate: &Candidate<'_>) -> bool {
        let is_apart = self.sets.iter().any(|set| {
            set.whole
                && set.subject == candidate.subject
                && candidate.capabilities.contains(&set.capability)
                && (set.moves || set.questions.iter().any(|(_, q)| q.id.as_str() == candidate.id))
        });
        if is_apart {
            return false;
        }
        let waits = |set: &&Set<'a>| {
            set.subject == candidate.subject
                && candidate.capabilities.contains(&set.capability)
                && set
                    .questions
                    .iter()
                    .any(|(quiz, _)| !is_ready(&subjects[set.subject], quiz))
        };
        self.sets
            .iter()
            .find(waits)
            .is_none_or(|set| set.questions.iter().any(|(_, q)| q.id.as_str() == candidate.id))
    }
}

/// The groups of a capability that are not all known on a later day yet, and may be asked again.
fn whole_sets<'a>(
    place: usize,
    subject: &Subject<'a>,
    capability: &'a str,
    rounds: &Rounds,
    ladder: &Ladder,
    today: Date,
) -> Vec<Set<'a>> {
    let live = |key: &String| {
        let id = key.split('@').next().unwrap_or(key);
        let (quiz, question) = subject
            .curriculum
            .live_question(subject.curriculum.current_question(id))?;
        let is_waived = subject.progress.is_waived(quiz.id.as_str());
        (!is_waived).then_some((quiz, question))
    };
    let groups = rounds.groups().iter().filter(|group| {
        group.known_from(GATE_STEP) < group.questions().len() && group.rounds() < MOST_ROUNDS
    });
    groups
        .map(|group| Set {
            subject: place,
            capability,
            questions: group.questions().iter().filter_map(live).collect(),
            moves: group.would_move(today, ladder),
            whole: true,
        })
        .filter(|set| !set.questions.is_empty())
        .collect()
}

/// Whether everything that a quiz needs is done.
fn is_ready(subject: &Subject<'_>, quiz: &Step) -> bool {
    quiz.needs.iter().all(|need| {
        let is_offered = subject
            .curriculum
            .step(need.as_str())
            .is_some_and(|step| !step.retired);
        !is_offered || subject.progress.is_settled(need.as_str())
    })
}

/// The time behind the questions of earlier pages.
struct Rest<'s, 'a> {
    subjects: &'s [Subject<'a>],
    settings: &'s Settings,
    now: Now,
    left: Seconds,
    /// How many more questions there may be.
    room: usize,
}

impl<'a> Rest<'_, 'a> {
    /// Cases, questions and practices first; what is written for oneself only where time is left: its words go nowhere.
    fn plan(
        &self,
        open: &Open<'a>,
        again: &[(usize, &Question)],
    ) -> (Plan<'a>, Vec<(usize, &'a Step, &'a Question)>) {
        let is_again = |subject: usize, question: &str| {
            again
                .iter()
                .any(|(of, q)| *of == subject && q.id.as_str() == question)
        };
        let is_new = |candidate: &Candidate<'_>| match candidate.kind {
            CandidateKind::Case | CandidateKind::Practice => true,
            CandidateKind::Question => {
                self.room > 0
                    && !is_again(candidate.subject, candidate.id)
                    && open.allows(self.subjects, candidate)
            }
            CandidateKind::Reflect => false,
        };
        let mut plan = self.among(is_new);
        let questions: Vec<(usize, &str)> = questions_of(&plan);
        if questions.len() > self.room {
            let kept: BTreeSet<(usize, &str)> = questions.into_iter().take(self.room).collect();
            plan = self.among(|candidate| {
                is_new(candidate)
                    && (candidate.kind != CandidateKind::Question
                        || kept.contains(&(candidate.subject, candidate.id)))
            });
        }
        let beside = self.beside(open, again, &plan);
        let asked = u32::try_from(beside.len()).unwrap_or(u32::MAX);
        let taken = plan.seconds + Seconds(asked.saturating_mul(self.settings.plan.seconds_per_question));
        (self.with_reflects(plan, taken), beside)
    }

    /// What else is asked in the time that is left.
    fn beside(
        &self,
        open: &Open<'a>,
        again: &[(usize, &Question)],
        plan: &Plan<'a>,
    ) -> Vec<(usize, &'a Step, &'a Question)> {
        let ladder = Ladder::of(&self.settings.readiness);
        let one = self.settings.plan.seconds_per_question.max(1);
        let left = self.left.0.saturating_sub(plan.seconds.0);
        let planned = questions_of(plan);
        let room = usize::try_from(left / one)
            .unwrap_or(0)
            .min(self.room.saturating_sub(planned.len()));
        let least = LEAST_QUESTIONS.saturating_sub(again.len() + planned.len());
        let mut ranked: Vec<(u8, usize, &'a Step, &'a Question)> = Vec::new();
        for (place, subject) in self.subjects.iter().enumerate() {
            let due_again = self.due_again(subject);
            let aim = subject.progress.aim.as_ref().and_then(|aim| aim.capability);
            for (quiz, question) in subject.curriculum.live_questions() {
                let (id, capability) = (question.id.as_str(), question.capability.as_str());
                let is_there = planned.contains(&(place, id))
                    || again.iter().any(|(of, q)| *of == place && q.id == question.id);
                let known = subject.remembered(id).map(|remembered| &remembered.recall);
                let candidate = Candidate {
                    subject: place,
                    id,
                    kind: CandidateKind::Question,
                    capabilities: vec![capability],
                    seconds: one,
                    needs: Vec::new(),
                    due_tenths: 0,
                    due: None,
                };
                let read_here = quiz.needs.iter().any(|need| {
                    let mut steps = plan.steps.iter();
                    steps.any(|step| step.subject == place && step.step.id == *need)
                });
                let may_be = !is_there
                    && !subject.progress.is_waived(quiz.id.as_str())
                    && (read_here || is_ready(subject, quiz))
                    && is_due(known, self.now, &ladder)
                    && open.allows(self.subjects, &candidate);
                let rank = match () {
                    () if due_again.contains(&capability) => 0,
                    () if read_here => 1,
                    () if aim == Some(capability) => 2,
                    () => 3,
                };
                if may_be {
                    ranked.push((rank, place, quiz, question));
                }
            }
        }
        ranked.sort_by_key(|(rank, ..)| *rank);
        ranked
            .into_iter()
            .enumerate()
            .take_while(|(at, (rank, ..))| *at < room && (*rank == 0 || *at < least))
            .map(|(_, (_, place, quiz, question))| (place, quiz, question))
            .collect()
    }

    /// Capabilities in which enough is known, and from today on can be known again.
    fn due_again(&self, subject: &Subject<'a>) -> Vec<&'a str> {
        let assessment = assess(
            subject.curriculum,
            self.settings,
            subject.progress,
            None,
            self.now.today,
        );
        let due = assessment.capabilities.iter().filter(|assessed| {
            let recall = assessed.recall.as_ref().map(|limit| (limit.item, &limit.remedy));
            matches!(recall, Some((Item::Again, Remedy::QuestionsFrom(_, day))) if *day <= self.now.today)
        });
        due.filter_map(|assessed| subject.curriculum.capability(assessed.capability.as_str()))
            .map(|capability| capability.id.as_str())
            .collect()
    }

    fn among(&self, is_wanted: impl Fn(&Candidate<'_>) -> bool) -> Plan<'a> {
        steps_for(self.subjects, self.settings, self.now, self.left, is_wanted)
    }

    fn with_reflects(&self, plan: Plan<'a>, taken: Seconds) -> Plan<'a> {
        let mut left = self.left.0.saturating_sub(taken.0);
        let mut wanted: BTreeSet<(usize, &str)> = plan
            .steps
            .iter()
            .filter(|step| !matches!(step.step.kind, StepKind::Quiz(_)))
            .map(|step| (step.subject, step.step.id.as_str()))
            .collect();
        wanted.extend(questions_of(&plan));
        let before = wanted.len();
        for (place, subject) in self.subjects.iter().enumerate() {
            for (_, step) in subject.curriculum.live_steps() {
                let seconds = step.seconds(self.settings.plan.seconds_per_question).0;
                let is_open = !subject.progress.is_settled(step.id.as_str()) && is_ready(subject, step);
                if matches!(step.kind, StepKind::Reflect(_)) && is_open && seconds <= left {
                    left -= seconds;
                    wanted.insert((place, step.id.as_str()));
                }
            }
        }
        if wanted.len() == before {
            return plan;
        }
        let with = self.among(|candidate| wanted.contains(&(candidate.subject, candidate.id)));
        if with.steps.len() > plan.steps.len() {
            with
        } else {
            plan
        }
    }
}

fn questions_of<'a>(plan: &Plan<'a>) -> Vec<(usize, &'a str)> {
    plan.steps
        .iter()
        .flat_map(|step| step.questions.iter().map(|q| (step.subject, q.id.as_str())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::id::DeviceId;
    use crate::progress::samples::{Log, curriculum, date, folded, settings};
    use crate::readiness::{Own, Told, supposed};

    const PAGE: &str = "ana-page-9m3t";

    /// Asks `q1` to `q8` on the second of January, `q1` to `q3` once more on the sixth.
    fn asked() -> Vec<Asked> {
        (1..=8)
            .map(|n| Asked {
                question: format!("basics.q{n}"),
                last: date(if n <= 3 { "2026-01-06" } else { "2026-01-02" }),
            })
            .collect()
    }

    /// Questions asked again and others, by short ids, of a page of so many minutes with these entries known.
    fn page(entries: &[(u8, &str)], day: &str, minutes: u32) -> (Vec<String>, Vec<String>) {
        let mut log = Log::new();
        if !entries.is_empty() {
            log.recalled("2026-01-06", PAGE, entries);
        }
        let (curriculum, settings) = (curriculum(), settings());
        let device: DeviceId = PAGE.parse().expect("an id");
        let found = std::cell::RefCell::new((Vec::new(), Vec::new()));
        folded(&log, day, |progress| {
            let ids = asked();
            let ids: Vec<&str> = ids.iter().map(|asked| asked.question.as_str()).collect();
            let ladder = Ladder::of(&settings.readiness);
            let memory = supposed(&curriculum, &ladder, progress, PAGE, &ids);
            let subject = Subject {
                curriculum: &curriculum,
                progress,
                own: Some(Own {
                    device: &device,
                    memory: &memory,
                }),
            };
            let plan = plan_page(
                &[subject],
                &[asked()],
                &[],
                &settings,
                date(day),
                Minutes(minutes),
            );
            let short = |q: &Question| q.id.short().to_owned();
            let planned = plan
                .plan
                .steps
                .iter()
                .flat_map(|step| &step.questions)
                .map(|q| short(q));
            *found.borrow_mut() = (
                plan.again.iter().map(|(_, q)| short(q)).collect(),
                planned
                    .chain(plan.beside.iter().map(|(_, _, q)| short(q)))
                    .collect(),
            );
        });
        found.into_inner()
    }

    #[test]
    fn what_was_asked_longest_ago_comes_first_in_half_of_the_time() {
        let (again, _) = page(&[], "2026-01-10", 5);
        assert_eq!(again, ["q4", "q5", "q6"]);
        let (again, new) = page(&[], "2026-01-10", 60);
        assert_eq!(again, ["q4", "q5", "q6", "q7", "q8", "q1"]);
        assert!(new.is_empty(), "six are enough: {new:?}");
    }

    #[test]
    fn what_is_known_on_a_later_day_makes_room_for_others() {
        let all = [(2, "2026-01-06"); 8];
        let (again, new) = page(&all, "2026-01-10", 10);
        assert!(again.is_empty(), "{again:?}");
        assert!(
            new.iter()
                .all(|q| ["q9", "q10", "q11", "q12"].contains(&q.as_str())),
            "{new:?}"
        );
        // Three of eight are not enough, and nobody can tell which they are.
        let (again, _) = page(&all[..3], "2026-01-10", 10);
        assert_eq!(again.len(), 6);
        // Seven open the gate: nobody is asked the same for ever because of the eighth.
        let (again, _) = page(&all[..7], "2026-01-10", 10);
        assert!(again.is_empty(), "{again:?}");
    }

    #[test]
    fn nothing_is_asked_again_before_it_can_climb() {
        let all = [(1, "2026-01-06"); 8];
        assert!(page(&all, "2026-01-09", 10).0.is_empty());
        assert_eq!(page(&all, "2026-01-10", 10).0.len(), 6);
    }

    /// Rounds of the same questions with so many right each, a week apart.
    fn rounds(asked: &[&str], right: usize, times: i32) -> WithoutRecord {
        let told: Vec<Told> = (0..times)
            .map(|n| Told::Round {
                day: date("2026-01-02") + 7 * n,
                asked: asked.iter().map(|q| format!("basics.{q}@1")).collect(),
                right,
            })
            .collect();
        let ladder = Ladder::of(&settings().readiness);
        WithoutRecord::from([("serve".to_owned(), Rounds::of(&told, &ladder))])
    }

    #[test]
    fn what_no_record_tells_apart_is_asked_whole_and_not_for_ever() {
        let questions = |without: &WithoutRecord, minutes: u32| {
            let (curriculum, settings) = (curriculum(), settings());
            let device: DeviceId = PAGE.parse().expect("an id");
            let found = std::cell::RefCell::new(Vec::new());
            folded(&Log::new(), "2026-03-02", |progress| {
                let memory = supposed(&curriculum, &Ladder::of(&settings.readiness), progress, PAGE, &[]);
                let subject = Subject {
                    curriculum: &curriculum,
                    progress,
                    own: Some(Own {
                        device: &device,
                        memory: &memory,
                    }),
                };
                let without = [without.clone()];
                let plan = plan_page(
                    &[subject],
                    &[Vec::new()],
                    &without,
                    &settings,
                    date("2026-03-02"),
                    Minutes(minutes),
                );
                let again = plan.again.iter().map(|(_, q)| q.id.short().to_owned());
                let new = plan
                    .plan
                    .steps
                    .iter()
                    .flat_map(|step| &step.questions)
                    .map(|q| q.id.short().to_owned());
                *found.borrow_mut() = again.chain(["|".to_owned()]).chain(new).collect::<Vec<String>>();
            });
            found.into_inner()
        };
        let group = ["q1", "q2", "q3", "q4", "q5"];
        let asked = questions(&rounds(&group, 4, 1), 10);
        assert_eq!(
            asked[..6],
            ["q1", "q2", "q3", "q4", "q5", "|"].map(str::to_owned),
            "all or none"
        );
        assert!(
            asked.len() == 6,
            "and none of that capability beside them: {asked:?}"
        );
        let worn = questions(&rounds(&group, 4, 4), 10);
        assert_eq!(worn[0], "|", "who misses one each time sees others too: {worn:?}");
        assert!(worn.len() > 1, "{worn:?}");
    }
}
