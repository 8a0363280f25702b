//! Compares questions: old answers must say after a change what they said before.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::{Found, as_now, is_gone_module, is_new_module, is_reordered};
use super::kinds::{About, What};
use crate::base::id::QuestionId;
use crate::model::curriculum::{Curriculum, Question, QuizOption, Step, StepKind};

pub(super) fn compare(old: &Curriculum, new: &Curriculum, found: &mut Found) {
    let (before, after) = (Asked::of(old), Asked::of(new));
    for one in &before.0 {
        let heir = new.current_question(one.question.id.as_str());
        match after.find(heir) {
            Some(other) => pair(&before, one, other, new, found),
            None => gone(new, one, found),
        }
    }
    let known: BTreeSet<&str> = before
        .0
        .iter()
        .map(|one| new.current_question(one.id()))
        .collect();
    for one in after.0.iter().filter(|one| one.is_live) {
        if !known.contains(one.id()) && !is_in_new_module(old, new, one) {
            let what = What::Added {
                steps: 0,
                questions: 1,
            };
            found.add(About::Question, one.id(), Some(one.title()), what);
        }
    }
    heirs(old, new, &before, found);
    order(&before, &after, new, found);
}

/// A question with its place.
struct Place<'a> {
    quiz: &'a Step,
    question: &'a Question,
    /// Whether both are offered.
    is_live: bool,
}

impl<'a> Place<'a> {
    fn id(&self) -> &'a str {
        self.question.id.as_str()
    }

    fn title(&self) -> &'a str {
        &self.question.title
    }
}

/// All questions of a state, in its order and by id.
struct Asked<'a>(Vec<Place<'a>>, BTreeMap<&'a str, usize>);

impl<'a> Asked<'a> {
    fn of(curriculum: &'a Curriculum) -> Self {
        let steps = curriculum.modules.iter().flat_map(|module| &module.steps);
        let quizzes = steps.filter_map(|quiz| match &quiz.kind {
            StepKind::Quiz(questions) => Some((quiz, questions)),
            _ => None,
        });
        let all: Vec<Place<'_>> = quizzes
            .flat_map(|(quiz, questions)| {
                questions.iter().map(move |question| Place {
                    quiz,
                    question,
                    is_live: !quiz.retired && !question.retired,
                })
            })
            .collect();
        let places = all.iter().enumerate().map(|(at, place)| (place.id(), at));
        // Of two with one id the first counts, as everywhere.
        let by_id = places.rev().collect();
        Self(all, by_id)
    }

    fn find(&self, id: &str) -> Option<&Place<'a>> {
        self.1.get(id).map(|at| &self.0[*at])
    }
}

fn is_in_new_module(old: &Curriculum, new: &Curriculum, one: &Place<'_>) -> bool {
    new.module(one.quiz.id.module())
        .is_some_and(|module| is_new_module(old, new, module))
}

fn gone(new: &Curriculum, before: &Place<'_>, found: &mut Found) {
    if is_gone_module(new, before.question.id.module()) {
        return;
    }
    let what = What::Removed {
        was_retired: !before.is_live,
    };
    found.add(About::Question, before.id(), Some(before.title()), what);
}

fn pair(old: &Asked<'_>, before: &Place<'_>, after: &Place<'_>, new: &Curriculum, found: &mut Found) {
    let (about, id, title) = (About::Question, after.id(), Some(after.title()));
    if after.id() != before.id() {
        // Who takes over an id that was no longer asked is told among the heirs.
        if !before.is_live {
            return;
        }
        if old.find(id).is_some_and(|place| place.is_live) {
            let into = id.to_owned();
            return found.add(about, before.id(), Some(before.title()), What::Merged { into });
        }
        moved(before, after, new, found);
    }
    match (before.is_live, after.is_live) {
        (false, false) => return,
        // Of a quiz that is retired or comes back as a whole the step's line tells.
        (true, false) => {
            if before.quiz.retired == after.quiz.retired || after.question.retired {
                found.add(about, id, title, What::Retired);
            }
            return;
        }
        (false, true) if before.question.retired => found.add(about, id, title, What::Revived),
        _ => {}
    }
    let same_quiz = new.current_step(before.quiz.id.as_str()) == after.quiz.id.as_str();
    if !same_quiz && after.id() == before.id() {
        found.add(about, id, title, What::OtherQuiz);
    }
    fields(before.question, after, found);
}

fn moved(before: &Place<'_>, after: &Place<'_>, new: &Curriculum, found: &mut Found) {
    let from = before.id().to_owned();
    let follows = new.current_module(before.question.id.module()) == after.question.id.module();
    let what = if !follows {
        What::Moved { from }
    } else if before.question.id.short() != after.question.id.short() {
        What::Renamed { from }
    } else {
        // It goes with its module, whose line tells.
        return;
    };
    found.add(About::Question, after.id(), Some(after.title()), what);
}

fn fields(old: &Question, place: &Place<'_>, found: &mut Found) {
    let (about, id, title) = (About::Question, place.id(), Some(place.title()));
    let new = place.question;
    if old.capability != new.capability {
        let (from, to) = (vec![old.capability.to_string()], vec![new.capability.to_string()]);
        found.add(about, id, title, What::Capabilities { from, to });
    }
    let (from, to) = (old.rev, new.rev);
    if from < to {
        found.add(about, id, title, What::Revision { from, to });
    } else if from > to {
        found.add(about, id, title, What::RevisionLowered { from, to });
    }
    let mut texts = vec![
        ("title", old.title != new.title),
        ("text", old.text != new.text),
        ("hint", old.hint != new.hint),
        ("sources", old.sources != new.sources),
    ];
    if from == to {
        match options(&old.options, &new.options) {
            Some(what) => found.add(about, id, title, what),
            None => texts.push(("options", old.options != new.options)),
        }
    }
    found.texts(about, id, title, &texts);
}

/// What the options of a question that kept its revision say otherwise; `None` = the same with other words, or in another
/// order.
fn options(old: &[QuizOption], new: &[QuizOption]) -> Option<What> {
    let before = |option: &QuizOption| old.iter().find(|one| one.text == option.text);
    let after = |option: &QuizOption| new.iter().find(|one| one.text == option.text);
    let turned = new
        .iter()
        .any(|option| before(option).is_some_and(|one| one.right != option.right));
    let right = |options: &[QuizOption]| options.iter().filter(|option| option.right).count();
    let places = |options: &[QuizOption]| -> Vec<bool> { options.iter().map(|o| o.right).collect() };
    // A right option with words that were not there before may be the old one reworded: where it stands tells.
    let is_unknown = new.iter().any(|option| option.right && before(option).is_none());
    let reworded = old.len() == new.len() && places(old) == places(new);
    if turned || right(old) != right(new) || (is_unknown && !reworded) {
        return Some(What::OtherRight);
    }
    // An option that is gone weighs more than one that came.
    let is_gone = old.iter().any(|option| after(option).is_none());
    if new.len() < old.len() || (is_gone && !reworded) {
        return Some(What::OptionsRemoved);
    }
    (new.len() > old.len()).then_some(What::OptionsAdded)
}

/// Former ids that found or lost an heir while they were no longer asked.
fn heirs(old: &Curriculum, new: &Curriculum, before: &Asked<'_>, found: &mut Found) {
    let title = |c: &Curriculum, id: &QuestionId| c.question(id.as_str()).map(|q| q.title.clone());
    for (former, heir) in &old.former_questions {
        let now = new.current_question(former.as_str());
        let heir_now = new.current_question(heir.as_str());
        // An heir that was renamed, and all it had with it, is told with its own id; so is one that is asked no more.
        let is_asked = new.live_question(heir_now).is_some();
        if is_asked && now != heir_now && now == former.as_str() {
            let what = What::HeirNoMore {
                former: former.to_string(),
            };
            found.add(About::Question, heir, title(old, heir).as_deref(), what);
        }
    }
    for (former, heir) in &new.former_questions {
        let was_live = before.find(former.as_str()).is_some_and(|place| place.is_live);
        let had_heir = old.former_questions.contains_key(former);
        // All ids of a module that got another name have heirs, whether anybody answered under them or not.
        let follows = new.current_module(former.module()) != former.module();
        let is_by_name = follows && before.find(former.as_str()).is_none();
        if !(was_live || had_heir || is_by_name) {
            let what = What::HeirNow {
                former: former.to_string(),
            };
            found.add(About::Question, heir, title(new, heir).as_deref(), what);
        }
    }
}

/// Quizzes whose questions stand in another order.
fn order(before: &Asked<'_>, after: &Asked<'_>, new: &Curriculum, found: &mut Found) {
    let mut quizzes: Vec<&Step> = after.0.iter().map(|place| place.quiz).collect();
    quizzes.dedup_by_key(|quiz| &quiz.id);
    for quiz in quizzes.into_iter().filter(|quiz| !quiz.retired) {
        let is_there = |place: &&Place<'_>| new.current_step(place.quiz.id.as_str()) == quiz.id.as_str();
        let old = before.0.iter().filter(is_there).map(Place::id);
        let old = as_now(old, |id| new.current_question(id));
        let asked = after.0.iter().filter(|place| place.quiz.id == quiz.id);
        let now: Vec<&str> = asked.map(Place::id).collect();
        if is_reordered(&old, &now) {
            found.add(About::Step("quiz"), &quiz.id, quiz.title.as_deref(), What::Order);
        }
    }
}
