//! Eighteen months of one person: assignments, sittings, practices, talks, in the order in which they could happen.

use std::collections::{BTreeMap, BTreeSet};

use super::course::{CURRICULUM, LESSONS, Lesson, MODULES, Module, QUESTIONS, REV};
use super::dice::{Dice, Stream};
use super::line::{Line, Log};
use super::memory::{self, Entry, Memory};
use super::people::{MENTORS, mentor_of};
use super::{Day, LEADER, LogFile, Plan, SPAN, person_id};

/// The leader's device; an assistant works on it, too.
const OFFICE_DEVICE: &str = "maya-pc-4c0w";
/// Who records practices for others.
const ASSISTANT: &str = MENTORS[2].0;
/// Shared events of a sitting, roughly: what spreads the sittings over the months.
const A_SITTING: u32 = 4;
/// Days after which a second figure is asked for.
const SECOND_FIGURE: u32 = 30;

const EVIDENCE: [&str; 6] = [
    "Answered a late-parcel complaint on the public page",
    "Wrote the rule on who answers at night",
    "Replaced the customs item of the newsletter by a post from Zürich",
    "Told the \"where is my parcel\" caller in public when we would be back",
    "https://intranet.big.example/posts/4711",
    "Asked forwarders in Malmö how they fill in the form and answered all nine",
];
const AIMS: [&str; 4] = [
    "Answering complaints takes two days",
    "The newsletter costs nine hours a week",
    "Ideas wait a month for an answer",
    "Three people approve every post",
];
const IDEAS: [&str; 4] = [
    "The harbour team answers lorry drivers by chat",
    "Let the depot in Århus show its queue in public",
    "Print the service address on the pallet label",
    "Read ten complaints aloud in the Monday meeting",
];
const COMMITMENTS: [&str; 3] = [
    "answer one customer a week",
    "read twenty complaints before Friday",
    "ask the network one question",
];
const THOUGHTS: [&str; 3] = [
    "Legal would want to read everything first.",
    "I am not sure that I would have answered in time.",
    "Ask the service lead who had to agree.",
];

/// All files of one person.
pub(crate) struct Lived {
    /// Those of the workspace.
    pub(crate) shared: Vec<LogFile>,
    /// Those of the person's own devices; empty unless asked for.
    pub(crate) private: Vec<LogFile>,
}

/// Lives through one person's months; the shared files are the same with and without the journal.
pub(crate) fn live(plan: &Plan, number: u32, with_journal: bool) -> Lived {
    let mut life = Life::new(plan, number, with_journal);
    while life.left > 0 {
        life.run_errands();
        life.sit();
        life.go_on();
    }
    let own = life.devices.into_iter();
    let (shared, private): (Vec<Log>, Vec<Option<Log>>) = own.map(|d| (d.shared, d.private)).unzip();
    Lived {
        shared: shared
            .into_iter()
            .chain([life.office])
            .filter_map(Log::into_file)
            .collect(),
        private: private.into_iter().flatten().filter_map(Log::into_file).collect(),
    }
}

/// One of the person's own devices.
struct Device {
    shared: Log,
    private: Option<Log>,
    memory: Memory,
    /// The capsule last appended for each capability.
    published: [Vec<Entry>; MODULES.len()],
}

/// How far a person is in one module.
#[derive(Default)]
struct Way {
    assigned: bool,
    begun: [bool; LESSONS],
    finished: [bool; LESSONS],
    /// Days on which each practice was done with own hands, or confirmed.
    practised: [BTreeSet<Day>; 2],
    meetings: BTreeSet<String>,
    reached: bool,
}

/// What comes later of what happened before.
enum Errand {
    Assign {
        module: usize,
        reason: Option<&'static str>,
    },
    Withdraw {
        assignment: String,
    },
    Pair {
        module: usize,
    },
    Invite {
        module: usize,
    },
    TalkToMentor {
        module: usize,
        meeting: String,
    },
    EndPair {
        pair: String,
    },
    Waive {
        module: usize,
    },
    Confirm {
        module: usize,
        practice: usize,
        day: Day,
        reference: String,
    },
    Measure {
        before: u32,
        reference: String,
    },
    Keep {
        reference: String,
    },
    Handle {
        idea: String,
    },
}

struct Life {
    dice: Dice,
    /// For what only the journal holds.
    journal_dice: Dice,
    number: u32,
    id: String,
    devices: Vec<Device>,
    office: Log,
    way: [Way; MODULES.len()],
    /// By day, then in the order they were thought of.
    errands: BTreeMap<(Day, u32), Errand>,
    errands_made: u32,
    day: Day,
    end: Day,
    /// Seconds since midnight, on whatever device.
    clock: u64,
    /// Shared events still to be written.
    left: u32,
    /// Right answers of a hundred to questions not known yet.
    skill: u32,
    /// Lets others do the practices.
    delegates: bool,
    /// Meets peers.
    talks: bool,
}

impl Life {
    fn new(plan: &Plan, number: u32, with_journal: bool) -> Self {
        let mut dice = Dice::of(plan.seed, number, Stream::Life);
        let id = person_id(number);
        let left = dice.within(plan.events.clone());
        let names = if dice.one_in(2) {
            &["laptop", "phone"][..]
        } else {
            &["laptop"][..]
        };
        let devices = names.iter().map(|name| {
            let device = format!("{id}-{name}-{}", dice.code());
            Device {
                shared: Log::new("progress", &id, &device),
                private: with_journal.then(|| Log::new("private", &id, &device)),
                memory: Memory::new(),
                published: Default::default(),
            }
        });
        let devices = devices.collect();
        let day = plan.last_day.minus(SPAN - 1).plus(dice.below(90));
        // One in eight goes quiet for months before the end.
        let quiet = if dice.one_in(8) {
            100 + dice.below(150)
        } else {
            dice.below(30)
        };
        let mut life = Self {
            journal_dice: Dice::of(plan.seed, number, Stream::Journal),
            number,
            devices,
            office: Log::new("progress", &id, OFFICE_DEVICE),
            id,
            way: Default::default(),
            errands: BTreeMap::new(),
            errands_made: 0,
            day,
            end: plan.last_day.minus(quiet),
            clock: 0,
            left,
            skill: dice.within(40..=85),
            delegates: dice.one_in(6),
            talks: !dice.one_in(6),
            dice,
        };
        life.plan_programme();
        life
    }

    /// The leader's side: a module every other month or so, and perhaps a mentor and a waiver.
    fn plan_programme(&mut self) {
        let first = self.dice.below(4) as usize;
        let mut after = 0;
        for place in 0..MODULES.len() {
            let module = (first + place) % MODULES.len();
            let reason = self.dice.one_in(4).then_some("board decision");
            self.later(after, Errand::Assign { module, reason });
            if self.dice.one_in(6) {
                let extended = after + self.dice.within(21..=50);
                self.later(
                    extended,
                    Errand::Assign {
                        module,
                        reason: Some("more time"),
                    },
                );
            }
            after += self.dice.within(30..=70);
        }
        if self.dice.one_in(3) {
            let (days, module) = (self.dice.within(40..=240), self.dice.below(4) as usize);
            self.later(days, Errand::Pair { module });
        }
        if self.dice.one_in(4) {
            let (days, module) = (self.dice.within(30..=400), self.dice.below(4) as usize);
            self.later(days, Errand::Waive { module });
        }
    }

    fn later(&mut self, days: u32, errand: Errand) {
        self.errands
            .insert((self.day.plus(days), self.errands_made), errand);
        self.errands_made += 1;
    }

    /// To the day of the next sitting, so that those that are left fill the days that are left.
    fn go_on(&mut self) {
        let mean = self.end.since(self.day) / (self.left / A_SITTING + 1);
        let next = self.day.plus(self.dice.below(2 * mean + 1)).min(self.end);
        if next > self.day {
            self.reach_what_is_ready();
            self.day = next;
            self.clock = 0;
        }
    }

    // Errands.

    /// Everything that fell due up to today, oldest first.
    fn run_errands(&mut self) {
        while self.left > 0 {
            let Some(first) = self
                .errands
                .first_entry()
                .filter(|entry| entry.key().0 <= self.day)
            else {
                return;
            };
            let ((due, _), errand) = first.remove_entry();
            self.run(due, errand);
        }
    }

    fn run(&mut self, due: Day, errand: Errand) {
        match errand {
            Errand::Assign { module, reason } => self.assign(due, module, reason),
            Errand::Withdraw { assignment } => {
                let (_, line) = self.by_leader(due, "unassigned");
                self.save_office(line.text("ref", assignment).text("reason", "wrong module"));
            }
            Errand::Pair { module } => self.pair(due, module),
            Errand::Invite { module } => self.invite(due, module),
            Errand::TalkToMentor { module, meeting } => {
                let device = self.any_device();
                self.meet(device, module, Some(meeting));
            }
            Errand::EndPair { pair } => {
                let device = self.any_device();
                let (_, line) = self.own(device, "unpaired");
                self.save(device, line.text("ref", pair));
            }
            Errand::Waive { module } => self.waive(due, module),
            Errand::Confirm {
                module,
                practice,
                day,
                reference,
            } => {
                let device = self.any_device();
                let (_, line) = self.own(device, "confirmed");
                self.save(device, line.text("ref", reference));
                self.way[module].practised[practice].insert(day);
            }
            Errand::Measure { before, reference } => self.measure(due, before, &reference),
            Errand::Keep { reference } => {
                let device = self.any_device();
                let answer = *self.dice.pick(&["yes", "yes", "partly", "no"]);
                let (_, line) = self.own(device, "kept");
                self.save(device, line.text("ref", reference).text("answer", answer));
            }
            Errand::Handle { idea } => {
                let into = *self.dice.pick(&["case", "change", "none"]);
                let (_, line) = self.by_leader(due, "handled");
                let line = line.text("ref", idea).text("into", into);
                self.save_office(line.maybe("reason", (into == "none").then_some("tried last year")));
            }
        }
    }

    fn assign(&mut self, day: Day, module: usize, reason: Option<&str>) {
        let (id, line) = self.by_leader(day, "assigned");
        let due = day.plus(self.dice.within(14..=84));
        let line = line
            .text("curriculum", CURRICULUM)
            .text("module", MODULES[module].id);
        self.save_office(line.text("due", due).maybe("reason", reason));
        self.way[module].assigned = true;
        if self.dice.one_in(25) {
            // Taken back the next day, and given again.
            self.later(1, Errand::Withdraw { assignment: id });
            self.later(2, Errand::Assign { module, reason: None });
        }
    }

    fn pair(&mut self, day: Day, module: usize) {
        let mentor = mentor_of(self.number);
        let why = format!(
            "{} {}.{} x 3",
            MODULES[module].capability,
            self.dice.within(40..=95),
            self.dice.below(10)
        );
        let (id, line) = self.by_leader(day, "paired");
        let line = line.text("curriculum", CURRICULUM).text("mentor", mentor);
        self.save_office(
            line.texts("capabilities", &[MODULES[module].capability])
                .text("why", why),
        );
        for meeting in 0..self.dice.within(1..=4) {
            let days = 3 + 20 * meeting + self.dice.below(10);
            self.later(days, Errand::Invite { module });
        }
        if self.dice.one_in(5) {
            let days = self.dice.within(90..=200);
            self.later(days, Errand::EndPair { pair: id });
        }
    }

    fn invite(&mut self, day: Day, module: usize) {
        let mentor = mentor_of(self.number);
        let (id, line) = self.by_leader(day, "invited");
        let line = line
            .text("curriculum", CURRICULUM)
            .text("meeting", &id)
            .texts("with", &[&mentor]);
        let held = day.plus(self.dice.within(3..=12));
        let at = format!("{held}T{:02}:30:00+01:00", self.dice.within(8..=17));
        let place = format!("Room {}", self.dice.within(1..=9));
        let line = line
            .text("role", "mentor")
            .text("topic", MODULES[module].capability)
            .text("at", at);
        self.save_office(line.text("place", place));
        self.errands.insert(
            (held, self.errands_made),
            Errand::TalkToMentor { module, meeting: id },
        );
        self.errands_made += 1;
    }

    fn waive(&mut self, day: Day, module: usize) {
        let course = &MODULES[module];
        let step = *self.dice.pick(&[course.peer_talk, course.mentor_talk]);
        let until = self.dice.one_in(2).then(|| day.plus(365));
        let (_, line) = self.by_leader(day, "waived");
        let line = line
            .text("curriculum", CURRICULUM)
            .text("step", course.full(step));
        self.save_office(line.maybe("until", until));
    }

    fn measure(&mut self, due: Day, before: u32, reference: &str) {
        // In halves, so that some figures have a decimal.
        let after = before * self.dice.within(30..=190) / 100;
        let after = if after.is_multiple_of(2) {
            format!("{}", after / 2)
        } else {
            format!("{}.5", after / 2)
        };
        let (n, grade) = (
            self.dice.within(3..=25),
            *self.dice.pick(&["claimed", "observed", "observed"]),
        );
        if self.dice.one_in(5) {
            let (_, line) = self.by_leader(due, "measured");
            self.save_office(
                line.text("ref", reference)
                    .raw("after", after)
                    .raw("n", n)
                    .text("grade", "verified"),
            );
        } else {
            let device = self.any_device();
            let (_, line) = self.own(device, "measured");
            self.save(
                device,
                line.text("ref", reference)
                    .raw("after", after)
                    .raw("n", n)
                    .text("grade", grade),
            );
        }
    }

    // Sittings.

    /// One sitting on one device.
    fn sit(&mut self) {
        let device = self.any_device();
        self.clock = self.clock.max(7 * 3_600 + u64::from(self.dice.below(10 * 3_600)));
        for _ in 0..self.dice.within(1..=3) {
            if self.left > 0 {
                self.act(device);
            }
        }
    }

    fn act(&mut self, device: usize) {
        let acted = match self.dice.below(100) {
            0..40 => self.study(device) || self.recall(device),
            40..60 => false,
            60..70 if self.talks => {
                let module = self.some_module();
                self.meet(device, module, None);
                true
            }
            70..73 => self.suggest(device),
            73..75 => self.aim(device),
            _ => self.recall(device),
        };
        if !acted && self.left > 0 {
            self.practise(device);
        }
    }

    /// The next lesson of an assigned module, if there is one and room for all its events.
    fn study(&mut self, device: usize) -> bool {
        let open = |way: &Way| way.assigned && way.finished.contains(&false);
        let Some(module) = self.way.iter().position(open) else {
            return false;
        };
        let Some(lesson) = self.way[module].finished.iter().position(|done| !done) else {
            return false;
        };
        // Started, finished, and what a quiz brings.
        if self.left < 3 {
            return false;
        }
        let course = &MODULES[module];
        let step = course.full(course.lessons[lesson].id());
        if !self.way[module].begun[lesson] {
            self.way[module].begun[lesson] = true;
            self.step_event(device, "started", &step);
            if self.dice.one_in(12) {
                return true;
            }
        }
        let mut minutes = 3;
        match &course.lessons[lesson] {
            Lesson::Case(_) => self.pass(180),
            Lesson::Quiz(..) => {
                minutes = 5;
                self.answer(device, module, &questions_of(lesson));
            }
            Lesson::Reflect(_) => {
                self.pass(100);
                self.reflect(device, &step);
            }
        }
        self.step_event(device, "finished", &step);
        self.way[module].finished[lesson] = true;
        self.spend(device, &step, minutes);
        self.publish(device, module);
        true
    }

    /// Asks some questions again, on this device; false if nothing that can be shared came of it.
    fn recall(&mut self, device: usize) -> bool {
        let asked_before = |module: usize| -> Vec<usize> {
            let quizzes = [1, 3]
                .into_iter()
                .filter(|lesson| self.way[module].finished[*lesson]);
            quizzes.flat_map(questions_of).collect()
        };
        let known: Vec<(usize, Vec<usize>)> = (0..MODULES.len())
            .map(|m| (m, asked_before(m)))
            .filter(|(_, questions)| !questions.is_empty())
            .collect();
        if known.is_empty() {
            return false;
        }
        let (module, mut questions) = self.dice.pick(&known).clone();
        while questions.len() > 4 && self.dice.percent(60) {
            let place = self.dice.below(u32::try_from(questions.len()).unwrap_or(1));
            questions.remove(place as usize);
        }
        self.answer(device, module, &questions);
        self.publish(device, module)
    }

    fn answer(&mut self, device: usize, module: usize, questions: &[usize]) {
        for question in questions {
            let seconds = 20 + u64::from(self.dice.below(50));
            self.pass(seconds);
            let step = self.devices[device].memory.step(module, *question);
            let right = self.dice.percent(self.skill + 4 * u32::from(step));
            let at = self.day.seconds() + self.clock;
            self.devices[device]
                .memory
                .answer(module, *question, at, self.day, right);
            self.note_answer(device, module, *question, right);
        }
    }

    /// Appends the capsule if it changed.
    fn publish(&mut self, device: usize, module: usize) -> bool {
        let capsule = self.devices[device].memory.capsule(module);
        if capsule == self.devices[device].published[module] || self.left == 0 {
            return false;
        }
        let list: Vec<String> = capsule
            .iter()
            .map(|(step, day)| format!("[{step},\"{day}\"]"))
            .collect();
        let (_, line) = self.own(device, "recalled");
        let line = line
            .text("curriculum", CURRICULUM)
            .text("capability", MODULES[module].capability);
        self.save(device, line.raw("questions", format!("[{}]", list.join(","))));
        self.devices[device].published[module] = capsule;
        true
    }

    /// A practice: one in ten is recorded by an assistant, and half of those are confirmed.
    fn practise(&mut self, device: usize) {
        let module = self.some_module();
        let practice = self.dice.below(2) as usize;
        let by_assistant = self.dice.one_in(10);
        let own_hand = !self.delegates && !self.dice.one_in(15);
        let evidence = (!self.dice.one_in(30)).then(|| *self.dice.pick(&EVIDENCE));
        let witness = self.dice.one_in(4).then(|| self.peer());
        let may_quote = self.dice.one_in(3);
        let measure = MODULES[module].practices[practice]
            .measure
            .filter(|_| self.dice.one_in(2));
        let (before, n) = (self.dice.within(3..=40), self.dice.within(3..=25));
        self.pass(300);

        let (id, line) = if by_assistant {
            self.begin_office(self.day, ASSISTANT, "practised")
        } else {
            self.own(device, "practised")
        };
        let course = &MODULES[module];
        let line = line
            .text("curriculum", CURRICULUM)
            .text("step", course.full(course.practices[practice].id));
        let line = line.raw("rev", REV).texts("capabilities", &[course.capability]);
        let line = line
            .raw("personal", own_hand && !by_assistant)
            .maybe("evidence", evidence);
        let mut line = line.maybe("witness", witness).raw("may_quote", may_quote);
        if let Some((unit, period)) = measure {
            let figures = Line::new()
                .raw("before", before)
                .text("unit", unit)
                .text("period", period)
                .raw("n", n);
            line = line.raw("measure", figures.finish());
        }
        if by_assistant {
            self.save_office(line);
            if evidence.is_some() && self.dice.one_in(2) {
                let days = self.dice.within(1..=10);
                self.later(
                    days,
                    Errand::Confirm {
                        module,
                        practice,
                        day: self.day,
                        reference: id,
                    },
                );
            }
            return;
        }
        self.save(device, line);
        if self.undone(device, &id, 25) {
            return;
        }
        if measure.is_some() && self.dice.percent(70) {
            let days = SECOND_FIGURE + self.dice.below(20);
            self.later(
                days,
                Errand::Measure {
                    before,
                    reference: id,
                },
            );
        }
        if own_hand && evidence.is_some() {
            self.way[module].practised[practice].insert(self.day);
        }
    }

    /// A talk, with the mentor of an invitation or with a peer.
    fn meet(&mut self, device: usize, module: usize, invitation: Option<String>) {
        let (with, role) = match invitation {
            Some(_) => (mentor_of(self.number), "mentor"),
            None => (self.peer(), "peer"),
        };
        let meeting = invitation.unwrap_or_else(|| {
            let mut named = [self.id.as_str(), with.as_str()];
            named.sort_unstable();
            format!("{}:{}", self.day, named.join("+"))
        });
        let minutes = 5 * self.dice.within(3..=9);
        let attendance = match self.dice.below(20) {
            0 => "deputy",
            1..4 => "partly",
            _ => "present",
        };
        let commitment = self.dice.one_in(2).then(|| *self.dice.pick(&COMMITMENTS));
        let (id, line) = self.own(device, "met");
        let line = line
            .text("curriculum", CURRICULUM)
            .text("meeting", &meeting)
            .texts("with", &[&with]);
        let line = line
            .text("role", role)
            .texts("capabilities", &[MODULES[module].capability]);
        let line = line.raw("minutes", minutes).text("attendance", attendance);
        self.save(device, line.maybe("commitment", commitment));
        if commitment.is_some() && self.dice.percent(60) {
            let days = self.dice.within(7..=21);
            self.later(days, Errand::Keep { reference: id });
        }
        if attendance != "deputy" {
            self.way[module].meetings.insert(meeting);
        }
    }

    fn suggest(&mut self, device: usize) -> bool {
        let (idea, module) = (*self.dice.pick(&IDEAS), self.some_module());
        let about = self.dice.one_in(2);
        let (id, line) = self.own(device, "suggested");
        let line = line
            .text("text", idea)
            .maybe("curriculum", about.then_some(CURRICULUM));
        self.save(
            device,
            line.maybe("capability", about.then_some(MODULES[module].capability)),
        );
        if !self.undone(device, &id, 10) && self.dice.one_in(2) {
            let days = self.dice.within(2..=20);
            self.later(days, Errand::Handle { idea: id });
        }
        true
    }

    fn aim(&mut self, device: usize) -> bool {
        let place = self.dice.below(4) as usize;
        let functions = ["customer-service", "marketing", "innovation", "governance"];
        let (_, line) = self.own(device, "aimed");
        let line = line.text("text", AIMS[place]).text("function", functions[place]);
        self.save(
            device,
            line.text("curriculum", CURRICULUM)
                .text("capability", MODULES[place].capability),
        );
        true
    }

    /// Takes an event back at once, in one of so many cases.
    fn undone(&mut self, device: usize, id: &str, cases: u32) -> bool {
        let undone = self.left > 0 && self.dice.one_in(cases);
        if undone {
            let (_, line) = self.own(device, "voided");
            self.save(device, line.text("ref", id));
        }
        undone
    }

    /// Appends `reached` for what is ready for the first time, by the rules of the readiness model. At the end of a day, so
    /// that a replay of that day finds the same.
    fn reach_what_is_ready(&mut self) {
        let device = self.any_device();
        for (module, course) in MODULES.iter().enumerate() {
            if self.left > 0 && !self.way[module].reached && self.is_ready(module) {
                let (_, line) = self.own(device, "reached");
                let line = line
                    .text("curriculum", CURRICULUM)
                    .text("capability", course.capability);
                self.save(device, line);
                self.way[module].reached = true;
            }
        }
    }

    fn is_ready(&self, module: usize) -> bool {
        let way = &self.way[module];
        let newest = way.practised.iter().filter_map(|days| days.last()).max();
        let fresh = newest.is_some_and(|day| self.day.since(*day) <= 365);
        let capsules = self
            .devices
            .iter()
            .map(|device| memory::knowledge(&device.published[module], self.day));
        let (known, recalled) = capsules.fold((0, 0), |most, one| (most.0.max(one.0), most.1.max(one.1)));
        let hands_on = if way.practised.iter().any(BTreeSet::is_empty) {
            200
        } else {
            400
        };
        let dialogue = if way.meetings.is_empty() { 0 } else { 200 };
        fresh && recalled >= 240 && known + hands_on + dialogue >= 750
    }

    // Who and what.

    /// The first device in seven of ten cases.
    fn any_device(&mut self) -> usize {
        usize::from(self.devices.len() > 1 && !self.dice.percent(70))
    }

    /// A module that is assigned.
    fn some_module(&mut self) -> usize {
        let assigned: Vec<usize> = (0..MODULES.len())
            .filter(|module| self.way[*module].assigned)
            .collect();
        if assigned.is_empty() {
            0
        } else {
            *self.dice.pick(&assigned)
        }
    }

    /// A colleague with a lower number, so that no file depends on how many people there are.
    fn peer(&mut self) -> String {
        let lower = (self.number - 1).min(20);
        if lower == 0 {
            return MENTORS[1].0.to_owned();
        }
        person_id(self.number - 1 - self.dice.below(lower))
    }

    fn pass(&mut self, seconds: u64) {
        // The day stays the same however long the sitting is.
        self.clock = (self.clock + seconds).min(86_399);
    }

    // Lines.

    fn step_event(&mut self, device: usize, kind: &str, step: &str) {
        let (_, line) = self.own(device, kind);
        self.save(
            device,
            line.text("curriculum", CURRICULUM)
                .text("step", step)
                .raw("rev", REV),
        );
    }

    fn own(&mut self, device: usize, kind: &str) -> (String, Line) {
        let id = self.dice.uuid();
        let line = self.devices[device]
            .shared
            .begin(&id, self.day, None, &self.id, kind);
        (id, line)
    }

    fn save(&mut self, device: usize, line: Line) {
        self.devices[device].shared.end(line);
        self.left -= 1;
    }

    fn by_leader(&mut self, day: Day, kind: &str) -> (String, Line) {
        self.begin_office(day, LEADER, kind)
    }

    fn begin_office(&mut self, day: Day, by: &str, kind: &str) -> (String, Line) {
        let id = self.dice.uuid();
        let line = self.office.begin(&id, day, None, by, kind);
        (id, line)
    }

    fn save_office(&mut self, line: Line) {
        self.office.end(line);
        self.left -= 1;
    }

    // The journal.

    fn note_answer(&mut self, device: usize, module: usize, question: usize, right: bool) {
        let course: &Module = &MODULES[module];
        let Some(asked) = course.question(question) else {
            return;
        };
        // A miss is "not sure" or the first wrong option.
        let chosen: Vec<u8> = if right {
            asked.right.to_vec()
        } else if self.journal_dice.one_in(6) {
            Vec::new()
        } else {
            (1..=4)
                .filter(|place| !asked.right.contains(place))
                .take(1)
                .collect()
        };
        let sure = *self
            .journal_dice
            .pick(&[None, Some("guess"), Some("fairly sure"), Some("certain")]);
        self.keep(device, "answered", |line| {
            let chosen: Vec<String> = chosen.iter().map(u8::to_string).collect();
            let line = line
                .text("curriculum", CURRICULUM)
                .text("question", course.full(asked.id))
                .raw("rev", REV);
            let line = line
                .text("capability", course.capability)
                .raw("chosen", format!("[{}]", chosen.join(",")));
            line.raw("correct", right).maybe("confidence", sure)
        });
    }

    fn reflect(&mut self, device: usize, step: &str) {
        let thought = *self.journal_dice.pick(&THOUGHTS);
        self.keep(device, "reflected", |line| {
            line.text("curriculum", CURRICULUM)
                .text("step", step)
                .text("text", thought)
        });
    }

    fn spend(&mut self, device: usize, step: &str, minutes: u32) {
        self.keep(device, "spent", |line| {
            line.text("curriculum", CURRICULUM)
                .text("step", step)
                .raw("minutes", minutes)
        });
    }

    fn keep(&mut self, device: usize, kind: &str, rest: impl FnOnce(Line) -> Line) {
        let Some(journal) = &mut self.devices[device].private else {
            return;
        };
        let id = self.journal_dice.uuid();
        let (hours, minutes, seconds) = (self.clock / 3_600, self.clock / 60 % 60, self.clock % 60);
        let at = format!("{}T{hours:02}:{minutes:02}:{seconds:02}Z", self.day);
        let line = journal.begin(&id, self.day, Some(&at), &self.id, kind);
        journal.end(rest(line));
    }
}

/// Places of the questions that a lesson asks: the first quiz is lesson 1, the second lesson 3.
fn questions_of(lesson: usize) -> Vec<usize> {
    let half = QUESTIONS / 2;
    if lesson == 1 {
        (0..half).collect()
    } else {
        (half..QUESTIONS).collect()
    }
}
