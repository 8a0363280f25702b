//! What authors want to know of a curriculum: how long it is, what it covers, how well its numbers are supported, what has
//! grown stale, which questions tell nothing. About material, never about anybody.

use std::collections::{BTreeMap, BTreeSet};

use super::items::{FEWEST_TRIES, Flag, ItemStatistics, Tries, item_statistics};
use super::sections::median;
use crate::base::points::Thousandths;
use crate::base::time::{Date, Seconds};
use crate::model::case::ClaimGrade;
use crate::model::curriculum::{Curriculum, Step, StepKind, TalkWith};
use crate::model::first_try::FirstTry;
use crate::model::written::WrittenCurriculum;
use crate::table::{Column, Report, Value};

/// How long talks took, as those say who held them: the one duration that is shared.
#[derive(Debug, Clone, Default)]
pub struct TalkMinutes {
    /// Minutes of each talk with a peer, and whose it was.
    pub peer: Vec<(String, u32)>,
    /// The same with a mentor.
    pub mentor: Vec<(String, u32)>,
}

/// What stands in one part: modules, capabilities, talks, grades, sources.
const OVERVIEW: [(&str, u8); 12] = [
    ("part", 1),
    ("id", 1),
    ("title", 4),
    ("state", 3),
    ("cases", 2),
    ("questions", 2),
    ("practices", 2),
    ("talks", 2),
    ("minutes", 1),
    ("real_minutes", 1),
    ("people", 3),
    ("claims", 3),
];

/// Columns of these keys; 1 is kept longest where a screen is narrow.
fn columns<const N: usize>(keys: [(&str, u8); N]) -> Vec<Column> {
    keys.map(|(key, priority)| Column {
        priority,
        ..Column::data(key)
    })
    .into()
}

/// Modules and capabilities with what is offered in them and its minutes, talks with the minutes they took, claims by grade
/// and cases by how many sources they rest on.
pub fn stats(
    written: &WrittenCurriculum,
    talks: &TalkMinutes,
    min_group: u32,
    per_question: u32,
    as_of: Date,
) -> Report {
    let mut report = Report::new("stats", as_of, columns(OVERVIEW));
    let listed: BTreeSet<&str> = written.listed().map(|m| m.value.module.id.as_str()).collect();
    for (id, module) in &written.modules {
        let module = &module.value.module;
        let is_listed = listed.contains(id.as_str());
        let steps: Vec<&Step> = module.live_steps().collect();
        let mut row = Row::new("module", id.as_str(), &module.title);
        row.state = Some(if is_listed { "in-use" } else { "draft" });
        row.count(&steps, per_question);
        report.rows.push(row.cells());
    }
    let offered: Vec<&Step> = written
        .listed()
        .flat_map(|module| module.value.module.live_steps())
        .collect();
    let capabilities = written
        .head
        .iter()
        .flat_map(|head| &head.value.curriculum.capabilities);
    for capability in capabilities {
        let of_it: Vec<&Step> = offered
            .iter()
            .copied()
            .filter(|step| step.capabilities.contains(&capability.id))
            .collect();
        let mut row = Row::new("capability", capability.id.as_str(), &capability.name);
        row.count(&of_it, per_question);
        row.questions = of_it
            .iter()
            .flat_map(|step| step.live_questions())
            .filter(|question| question.capability == capability.id)
            .count();
        report.rows.push(row.cells());
    }
    for (with, told) in [(TalkWith::Peer, &talks.peer), (TalkWith::Mentor, &talks.mentor)] {
        let steps: Vec<&Step> = offered
            .iter()
            .copied()
            .filter(|step| matches!(&step.kind, StepKind::Talk(talk) if talk.with == with))
            .collect();
        let mut row = Row::new("talk", with.word(), "");
        row.talks = steps.len();
        row.minutes = median_minutes(steps.iter().map(|step| step.seconds(per_question).minutes().0));
        let people: BTreeSet<&str> = told.iter().map(|(person, _)| person.as_str()).collect();
        if u32::try_from(people.len()).is_ok_and(|n| n >= min_group) {
            row.real = median_minutes(told.iter().map(|(_, minutes)| *minutes));
            row.people = Some(people.len());
        }
        report.rows.push(row.cells());
    }
    report.rows.extend(support(written));
    report
}

/// Claims by grade, and cases by how many sources they have.
fn support(written: &WrittenCurriculum) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    let cases: Vec<_> = written.cases.values().map(|case| &case.value).collect();
    let claims = || {
        cases
            .iter()
            .flat_map(|case| case.claims.iter().map(move |claim| (case, claim)))
    };
    let grade = |claim: &crate::model::case::Claim| match (&claim.contested_by, claim.grade) {
        (Some(_), _) => "contested",
        (None, ClaimGrade::Verified) => "verified",
        (None, ClaimGrade::SingleSource) => "single-source",
    };
    for word in ["verified", "single-source", "contested"] {
        let of_it: Vec<_> = claims().filter(|(_, claim)| grade(claim) == word).collect();
        let mut row = Row::new("grade", word, "");
        row.claims = Some(of_it.len());
        row.cases = of_it
            .iter()
            .map(|(case, _)| &case.id)
            .collect::<BTreeSet<_>>()
            .len();
        rows.push(row.cells());
    }
    let mut row = Row::new("grade", "self-reported", "");
    let of_it: Vec<_> = claims().filter(|(_, claim)| claim.said_by.is_some()).collect();
    row.claims = Some(of_it.len());
    row.cases = of_it
        .iter()
        .map(|(case, _)| &case.id)
        .collect::<BTreeSet<_>>()
        .len();
    rows.push(row.cells());
    let mut by_sources: BTreeMap<usize, usize> = BTreeMap::new();
    for case in &cases {
        *by_sources.entry(case.sources.len()).or_default() += 1;
    }
    for (sources, count) in by_sources {
        let mut row = Row::new("sources", &sources.to_string(), "");
        row.cases = count;
        rows.push(row.cells());
    }
    rows
}

/// One row of the overview.
struct Row {
    part: &'static str,
    id: String,
    title: String,
    state: Option<&'static str>,
    cases: usize,
    questions: usize,
    practices: usize,
    talks: usize,
    minutes: Option<u32>,
    real: Option<u32>,
    people: Option<usize>,
    claims: Option<usize>,
}

impl Row {
    fn new(part: &'static str, id: &str, title: &str) -> Self {
        Self {
            part,
            id: id.to_owned(),
            title: title.to_owned(),
            state: None,
            cases: 0,
            questions: 0,
            practices: 0,
            talks: 0,
            minutes: None,
            real: None,
            people: None,
            claims: None,
        }
    }

    /// Counts what steps hold; minutes are those their authors estimate.
    fn count(&mut self, steps: &[&Step], per_question: u32) {
        for step in steps {
            match &step.kind {
                StepKind::Case(_) => self.cases += 1,
                StepKind::Quiz(_) => self.questions += step.live_questions().count(),
                StepKind::Practice(_) => self.practices += 1,
                StepKind::Talk(_) => self.talks += 1,
                StepKind::Reflect(_) => {}
            }
        }
        let seconds: Seconds = steps.iter().map(|step| step.seconds(per_question)).sum();
        self.minutes = Some(seconds.minutes().0);
    }

    fn cells(self) -> Vec<Value> {
        let holds_steps = matches!(self.part, "module" | "capability");
        let of_steps = |count: usize| Value::count(holds_steps.then_some(count));
        vec![
            Value::Code(self.part),
            Value::Text(self.id),
            Value::text(Some(self.title).filter(|title| !title.is_empty())),
            self.state.map_or(Value::Missing(""), Value::Code),
            Value::count((self.part != "talk").then_some(self.cases)),
            of_steps(self.questions),
            of_steps(self.practices),
            Value::count((holds_steps || self.part == "talk").then_some(self.talks)),
            Value::count(self.minutes),
            Value::count(self.real),
            Value::count(self.people),
            Value::count(self.claims),
        ]
    }
}

/// As it stands in a cell: minutes, whole ones.
fn median_minutes(minutes: impl Iterator<Item = u32>) -> Option<u32> {
    median(minutes).and_then(|minutes| u32::try_from(minutes).ok())
}

/// Material past its review day, and material that nothing uses: drafts, cases that no step reads and no question cites.
pub fn stale(written: &WrittenCurriculum, as_of: Date) -> Report {
    let keys = [
        ("kind", 1),
        ("id", 1),
        ("title", 4),
        ("why", 1),
        ("owner", 2),
        ("review_by", 2),
        ("days_past", 1),
    ];
    let mut report = Report::new("stale", as_of, columns(keys));
    let mut add = |kind: &'static str,
                   id: &str,
                   title: &str,
                   owner: &str,
                   review_by: Option<Date>,
                   unused: Option<&'static str>| {
        let past = review_by
            .map(|day| as_of.days_since(day))
            .filter(|past| *past > 0);
        if past.is_none() && unused.is_none() {
            return;
        }
        let why: Vec<String> = past
            .map(|_| "past-review")
            .into_iter()
            .chain(unused)
            .map(str::to_owned)
            .collect();
        report.rows.push(vec![
            Value::Code(kind),
            Value::Text(id.to_owned()),
            Value::Text(title.to_owned()),
            Value::List(why),
            Value::Text(owner.to_owned()),
            Value::date(review_by),
            past.map_or(Value::Missing(""), |past| Value::Days(past.into())),
        ]);
    };
    let Some(head) = written.head.as_ref().map(|head| &head.value.curriculum) else {
        return report;
    };
    add(
        "curriculum",
        head.id.as_str(),
        &head.title,
        &head.owner,
        Some(head.review_by),
        None,
    );
    let listed: BTreeSet<&str> = written.listed().map(|m| m.value.module.id.as_str()).collect();
    for (id, module) in &written.modules {
        let module = &module.value.module;
        let owner = module.owner.as_deref().unwrap_or(&head.owner);
        let unused = (!listed.contains(id.as_str())).then_some("draft");
        // Without a day of its own a module is told by its curriculum.
        let day = module.review_by;
        add("module", id.as_str(), &module.title, owner, day, unused);
    }
    let used = used_cases(written);
    for (id, case) in &written.cases {
        let case = &case.value;
        let unused = (!used.contains(id.as_str())).then_some("unused");
        add(
            "case",
            id.as_str(),
            &case.title,
            &case.owner,
            Some(case.review_by),
            unused,
        );
    }
    report
}

/// Cases that a step of a listed module reads, or that a question cites.
fn used_cases(written: &WrittenCurriculum) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for step in written
        .listed()
        .flat_map(|module| module.value.module.live_steps())
    {
        match &step.kind {
            StepKind::Case(named) if named.curriculum.as_ref().is_none_or(|of| *of == written.id) => {
                used.insert(named.case.to_string());
            }
            StepKind::Quiz(questions) => {
                let cited = questions.iter().flat_map(|question| &question.sources);
                used.extend(cited.filter_map(|named| Some(named.split_once('.')?.0.to_owned())));
            }
            _ => {}
        }
    }
    used
}

/// From how many people on figures of first tries are told.
pub fn fewest_tries(min_group: u32) -> u64 {
    u64::from(min_group).max(FEWEST_TRIES)
}

/// How many people gave first tries in a curriculum; `None` where they are too few to be counted aloud.
pub fn givers(curriculum: &Curriculum, shared: &[(String, Vec<FirstTry>)], min_group: u32) -> Option<usize> {
    let is_of_it = |one: &FirstTry| one.curriculum == curriculum.id.as_str();
    let count = shared
        .iter()
        .filter(|(_, tries)| tries.iter().any(is_of_it))
        .count();
    (count as u64 >= fewest_tries(min_group)).then_some(count)
}

/// Question by question what the first tries of those say who gave them; a figure only where enough people tried it.
pub fn item_report(
    curriculum: &Curriculum,
    shared: &[(String, Vec<FirstTry>)],
    min_group: u32,
    as_of: Date,
) -> Report {
    let keys = [
        ("question_id", 1),
        ("title", 4),
        ("rev", 4),
        ("n", 1),
        ("right", 1),
        ("right_low", 2),
        ("right_high", 2),
        ("discrimination", 1),
        ("compared", 2),
        ("label", 3),
        ("flags", 1),
    ];
    let mut report = Report::new("items", as_of, columns(keys));
    let fewest = fewest_tries(min_group);
    let found = statistics_of(curriculum, shared);
    for (_, question) in curriculum.live_questions() {
        let item = found.get(question.id.as_str()).filter(|item| item.n >= fewest);
        let mut row = vec![
            Value::Text(question.id.to_string()),
            Value::Text(question.title.clone()),
            Value::Count(question.rev.into()),
        ];
        row.extend(cells_of(item, fewest));
        report.rows.push(row);
    }
    report
}

fn cells_of(item: Option<&ItemStatistics>, fewest: u64) -> Vec<Value> {
    let Some(item) = item else {
        // How few they are is not told either: a count of one is somebody.
        return vec![Value::Missing(""); 8];
    };
    let share =
        |thousandths: u64| Value::Number(Thousandths::unbounded(i64::try_from(thousandths).unwrap_or(0)));
    // A correlation over fewer people than may be shown is not shown.
    let r = item.discrimination.filter(|_| item.compared >= fewest);
    let flags = item
        .flags
        .iter()
        .filter(|flag| r.is_some() || **flag != Flag::CheckKey);
    vec![
        Value::count(Some(item.n)),
        share(item.share),
        share(item.low),
        share(item.high),
        r.map_or(Value::Missing(""), |r| Value::Number(Thousandths::unbounded(r))),
        Value::count(r.map(|_| item.compared)),
        r.and(item.label()).map_or(Value::Missing(""), Value::Code),
        Value::List(flags.map(|flag| flag.words()).collect()),
    ]
}

/// Statistics of the questions as they are now: tries at an older revision prove nothing of them.
fn statistics_of<'a>(
    curriculum: &'a Curriculum,
    shared: &'a [(String, Vec<FirstTry>)],
) -> BTreeMap<&'a str, ItemStatistics> {
    let mut tries: Tries<'a> = BTreeMap::new();
    let mut chosen: BTreeMap<&str, BTreeMap<usize, u64>> = BTreeMap::new();
    let mut options: BTreeMap<&str, usize> = BTreeMap::new();
    for (pseudonym, all) in shared {
        for one in all.iter().filter(|one| one.curriculum == curriculum.id.as_str()) {
            let id = curriculum.current_question(&one.question);
            let Some((_, question)) = curriculum.live_question(id) else {
                continue;
            };
            let id = question.id.as_str();
            if question.rev != one.rev {
                continue;
            }
            let person = tries.entry(pseudonym.as_str()).or_default();
            // Of two lines about one question the first counts.
            if person.contains_key(id) {
                continue;
            }
            person.insert(id, one.ok);
            options.insert(id, question.options.len());
            for option in &one.chosen {
                *chosen.entry(id).or_default().entry(*option).or_default() += 1;
            }
        }
    }
    item_statistics(&tries, &options, &chosen)
}
