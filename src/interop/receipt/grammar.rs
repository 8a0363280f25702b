//! The grammar of a receipt's lines (`formats.md` §8.7). Every line behind a head is understood or named; nothing is
//! guessed.

use super::lines::{LONGEST, Whole, closing, is_end, is_mark, whole_lines};
use super::stated::{Known, Line, Receipt, Refused, Stated};
use crate::base::id::check_slug;
use crate::base::points::Thousandths;
use crate::base::text::cut;
use crate::base::time::Date;
use crate::base::words::nearest;
use crate::model::curriculum::TalkWith;
use crate::model::event::{Attendance, CapsuleEntry, MeasureGrade};

/// Longest text of a line, in characters.
pub(super) const MOST_TEXT: usize = 300;

/// Lines of one receipt that are looked at; no person writes more, and what is behind them is named as one.
const MOST_LINES: usize = 500;

/// What a line may say.
const KINDS: [&str; 7] = [
    "aimed",
    "finished",
    "recalled",
    "practised",
    "measured",
    "met",
    "confirmed",
];

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// All receipts in a text: a mail, a pasted line, a file. What stands before the first head, and behind an `end`, is no
/// part of one.
pub fn read_receipts(text: &str) -> Vec<Receipt> {
    let mut receipts: Vec<Receipt> = Vec::new();
    let (mut is_open, mut after_blank) = (false, false);
    for whole in whole_lines(text) {
        if let Some(head) = head(&whole) {
            receipts.push(head);
            is_open = true;
            continue;
        }
        let Some(receipt) = receipts.last_mut().filter(|_| is_open) else {
            continue;
        };
        if is_end(&whole.text) {
            is_open = false;
        } else if whole.text.is_empty() {
            after_blank = true;
            continue;
        } else if after_blank && !begins_with_day(&whole.text) && is_prose(&whole.text) {
            set_aside(receipt, whole.number, &whole.text);
        } else {
            add(receipt, &whole);
        }
        after_blank = false;
    }
    receipts
}

/// Whether a text is a greeting or a signature and no piece of a line: it begins with a capital and with no word that goes on
/// in one.
fn is_prose(text: &str) -> bool {
    const GOING_ON: [&str; 20] = [
        "own", "by", "step", "on", "of", "seen", "may", "n", "rev", "page", "about", "as", "will", "right",
        "present", "partly", "deputy", "minutes", "hours", "verified",
    ];
    let first = text.split(' ').next().unwrap_or_default();
    let word: String = first
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    first.chars().next().is_some_and(char::is_uppercase)
        && !GOING_ON.contains(&word.as_str())
        && !KINDS.contains(&word.as_str())
}

/// Names a text that stands in a receipt and is no line of it.
fn set_aside(receipt: &mut Receipt, number: usize, text: &str) {
    receipt.asides.push(Refused {
        number,
        text: cut(text, 400).into_owned(),
        why: "no line of the receipt".to_owned(),
    });
}

/// Lines that state a fact and stand outside of every receipt: without a head nobody knows whose they are.
pub fn stray_lines(text: &str) -> Vec<Refused> {
    let mut strays = Vec::new();
    let mut is_inside = false;
    for whole in whole_lines(text) {
        if head(&whole).is_some() {
            is_inside = true;
        } else if is_inside && is_end(&whole.text) {
            is_inside = false;
        } else if !is_inside && begins_with_day(&whole.text) && begins_a_fact(&whole.text) {
            strays.push(Refused {
                number: whole.number,
                text: cut(&whole.text, 400).into_owned(),
                why: "it stands outside of any receipt: whose is it?".to_owned(),
            });
        }
    }
    strays.truncate(MOST_LINES);
    strays
}

/// Whether a line begins with a day, in one of the forms that are read or refused.
pub(super) fn begins_with_day(line: &str) -> bool {
    let mut words = line.split(' ');
    let (Some(first), Some(second)) = (words.next(), words.next()) else {
        return false;
    };
    let parts: Vec<&str> = first.split(['-', '/', '.']).collect();
    let are_numbers = |parts: &[&str]| {
        parts
            .iter()
            .all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
    };
    match parts.as_slice() {
        [_, _, _] => are_numbers(&parts),
        [_] => are_numbers(&parts) && first.len() <= 2 && month(second).is_some(),
        _ => false,
    }
}

/// Whether a line begins with a day and one of the words that a fact begins with.
pub(super) fn begins_a_fact(line: &str) -> bool {
    let mut words = line.split(' ').map(str::to_lowercase);
    let kind = match words.next() {
        // `16 Mar 2026`.
        Some(first) if first.len() <= 2 => words.nth(2),
        _ => words.next(),
    };
    kind.is_some_and(|kind| KINDS.contains(&kind.as_str()) || kind == "practiced")
}

fn add(receipt: &mut Receipt, whole: &Whole) {
    let refuse = |why: String| Refused {
        number: whole.number,
        text: cut(&whole.text, 400).into_owned(),
        why,
    };
    if receipt.lines.len() + receipt.refused.len() >= MOST_LINES {
        if receipt
            .refused
            .last()
            .is_none_or(|last| !last.why.starts_with("more than"))
        {
            receipt.refused.push(refuse(format!(
                "more than {MOST_LINES} lines: this and what follows is not read"
            )));
        }
        return;
    }
    if whole.text.len() > LONGEST {
        receipt
            .refused
            .push(refuse(format!("a line of more than {LONGEST} bytes is not read")));
        return;
    }
    let why = match line(&whole.text) {
        Ok((day, stated)) => {
            receipt.lines.push(Line {
                number: whole.number,
                day,
                stated,
            });
            return;
        }
        Err(why) => why,
    };
    // A signature right below the last line is no part of it.
    for (at, number) in &whole.joints {
        let (before, behind) = whole.text.split_at(*at);
        let behind = behind.trim_start();
        if is_prose(behind)
            && let Ok((day, stated)) = line(before)
        {
            receipt.lines.push(Line {
                number: whole.number,
                day,
                stated,
            });
            set_aside(receipt, *number, behind);
            return;
        }
    }
    receipt.refused.push(refuse(why));
}

/// `upwards receipt for eli, page eli-page-9m3t, workspace halden-3f9c`.
fn head(whole: &Whole) -> Option<Receipt> {
    let lower = whole.text.to_lowercase();
    let rest = lower.strip_prefix("upwards receipt for ")?;
    let mut parts = rest.trim_end_matches(['.', ':']).split(',').map(str::trim);
    let mut receipt = Receipt {
        number: whole.number,
        person: parts.next()?.to_owned(),
        page: None,
        workspace: None,
        recorded_by: None,
        lines: Vec::new(),
        refused: Vec::new(),
        asides: Vec::new(),
    };
    for part in parts {
        let taken = match part.rsplit_once(' ') {
            Some(("page", id)) => receipt.page.replace(id.to_owned()),
            Some(("workspace", id)) => receipt.workspace.replace(id.to_owned()),
            Some(("recorded by", id)) if check_slug(id).is_ok() => receipt.recorded_by.replace(id.to_owned()),
            _ => Some(String::new()),
        };
        if taken.is_some() {
            receipt.refused.push(Refused {
                number: whole.number,
                text: whole.text.clone(),
                why: format!("\"{part}\" is not understood here: page ID, workspace ID, or recorded by ID"),
            });
        }
    }
    Some(receipt)
}

fn line(text: &str) -> Result<(Date, Stated), String> {
    // People end sentences.
    let mut rest = Rest {
        text: text.trim_end_matches('.'),
    };
    let day = rest.day()?;
    let kind = rest.word().ok_or("the line ends behind its day")?.to_lowercase();
    let stated = match kind.as_str() {
        "aimed" => aimed(&mut rest),
        "finished" => finished(&mut rest),
        "recalled" => recalled(&mut rest, day),
        "practised" | "practiced" => practised(&mut rest),
        "measured" => measured(&mut rest),
        "met" => met(&mut rest),
        "confirmed" => confirmed(&mut rest),
        other => {
            let near = nearest(other, KINDS);
            Err(match near.first() {
                Some(near) => format!("\"{}\" is not understood; did you mean {near}?", cut(other, 40)),
                None => format!(
                    "\"{}\" is not understood: a line says {}",
                    cut(other, 40),
                    KINDS.join(", ")
                ),
            })
        }
    }?;
    rest.nothing_left()?;
    Ok((day, stated))
}

fn finished(rest: &mut Rest<'_>) -> Result<Stated, String> {
    let step = rest.id("a step")?;
    rest.comma();
    let rev = if rest.takes("rev") { Some(rev(rest)?) } else { None };
    Ok(Stated::Finished { step, rev })
}

/// The number behind `rev`.
fn rev(rest: &mut Rest<'_>) -> Result<u32, String> {
    rest.whole()
        .filter(|rev| (1..=100_000).contains(rev))
        .ok_or_else(|| "rev takes a number: rev 2".to_owned())
}

fn aimed(rest: &mut Rest<'_>) -> Result<Stated, String> {
    let text = rest.quoted()?;
    let about = if rest.takes("about") {
        Some(rest.id("a capability or a function")?)
    } else {
        None
    };
    Ok(Stated::Aimed { text, about })
}

fn recalled(rest: &mut Rest<'_>, day: Date) -> Result<Stated, String> {
    let capability = rest.id("a capability")?;
    let form = "so many are right: 5 right step 2 on 2026-03-09, or 7 of 10 right";
    let mut entries: Vec<CapsuleEntry> = Vec::new();
    loop {
        let count = rest.whole().ok_or(form)?;
        if rest.takes("of") {
            let of = rest.whole().ok_or(form)?;
            if !rest.takes("right") || !entries.is_empty() || count > of || of > 1_000 {
                return Err(form.to_owned());
            }
            rest.comma();
            let made = if rest.takes("page") {
                if !rest.takes("of") {
                    return Err(form.to_owned());
                }
                let made = rest.day()?;
                if made > day {
                    return Err(format!("{made} is after the day of the line"));
                }
                Some(made)
            } else {
                None
            };
            return Ok(Stated::Recalled {
                capability,
                known: Known::RightOf {
                    right: count,
                    of,
                    made,
                },
            });
        }
        if !rest.takes("right") || count > 1_000 {
            return Err(form.to_owned());
        }
        let step = if rest.takes("step") {
            let step = rest.whole().and_then(|step| u8::try_from(step).ok());
            step.filter(|step| (1..=5).contains(step))
                .ok_or("a step is 1 to 5")?
        } else {
            1
        };
        let on = if rest.takes("on") { rest.day()? } else { day };
        if on > day {
            return Err(format!("{on} is after the day of the line"));
        }
        entries.extend((0..count).map(|_| CapsuleEntry { step, day: on }));
        if !rest.comma() {
            break;
        }
    }
    entries.sort_unstable();
    Ok(Stated::Recalled {
        capability,
        known: Known::Capsule(entries),
    })
}

fn practised(rest: &mut Rest<'_>) -> Result<Stated, String> {
    let step = rest.id("a step")?;
    let text = rest.quoted()?;
    let form = "\"own hand\" or \"by others\" is missing behind the text";
    let (mut own_hand, mut before, mut n, mut seen_by, mut may_quote) = (None, None, None, None, false);
    let mut revision = None;
    rest.comma();
    for clause in rest.clauses() {
        let lower = clause.to_lowercase();
        let mut inner = Rest { text: &clause };
        let is_new = match lower.as_str() {
            "own hand" => own_hand.replace(true).is_none(),
            "by others" => own_hand.replace(false).is_none(),
            "may be quoted" => !std::mem::replace(&mut may_quote, true),
            _ if inner.takes("rev") => {
                let rev = rev(&mut inner)?;
                inner.nothing_left()?;
                revision.replace(rev).is_none()
            }
            _ if inner.takes("n") => n.replace(inner.only_whole()?).is_none(),
            _ if inner.takes("seen") && inner.takes("by") => {
                let id = inner.id("a person")?;
                inner.nothing_left()?;
                seen_by.replace(id).is_none()
            }
            _ => before.replace(first_figure(&clause)?).is_none(),
        };
        if !is_new {
            return Err(format!("\"{}\" stands there twice", cut(&clause, 40)));
        }
    }
    Ok(Stated::Practised {
        step,
        text,
        own_hand: own_hand.ok_or(form)?,
        before,
        n,
        seen_by,
        may_quote,
        rev: revision,
    })
}

/// `19 -> ? hours to first answer`.
fn first_figure(clause: &str) -> Result<(Thousandths, String), String> {
    let mut rest = Rest { text: clause };
    let before = rest
        .number()?
        .ok_or_else(|| format!("\"{}\" is not understood", cut(clause, 60)))?;
    if !rest.arrow() {
        return Err(format!("\"{}\" is not understood: 19 -> ? UNIT", cut(clause, 60)));
    }
    if !rest.takes("?") {
        return Err("both figures at once: the second one is a line of its own, later".to_owned());
    }
    let unit = rest.all();
    if unit.is_empty() {
        return Err("the unit is missing behind the figure".to_owned());
    }
    Ok((before, unit))
}

fn measured(rest: &mut Rest<'_>) -> Result<Stated, String> {
    let step = rest.id("a step")?;
    let form = "as 19 -> 2.5 UNIT, observed";
    let before = rest.number()?;
    if !rest.arrow() {
        return Err(format!("\"->\" is missing: {form}"));
    }
    let after = rest
        .number()?
        .ok_or_else(|| format!("the second figure is missing: {form}"))?;
    let (mut unit, mut n, mut grade) = (None, None, None);
    for clause in rest.clauses() {
        let word = clause.to_lowercase();
        let known = MeasureGrade::ALL.into_iter().find(|g| g.word() == word);
        let mut inner = Rest { text: &clause };
        let is_new = match known {
            Some(known) => grade.replace(known).is_none(),
            None if inner.takes("n") => n.replace(inner.only_whole()?).is_none(),
            None => unit.replace(clause.clone()).is_none(),
        };
        if !is_new {
            return Err(format!("\"{}\" is not understood here: {form}", cut(&clause, 40)));
        }
    }
    Ok(Stated::Measured {
        step,
        before,
        after,
        unit: unit.ok_or_else(|| format!("the unit is missing: {form}"))?,
        n,
        grade: grade.ok_or("how it is known is missing: claimed, observed or verified")?,
    })
}

fn met(rest: &mut Rest<'_>) -> Result<Stated, String> {
    let form = "as met jo as mentor about serve, 30 minutes, present";
    let with = rest.ids("a person")?;
    let role = match (rest.takes("as"), rest.word().map(str::to_lowercase).as_deref()) {
        (true, Some("peer")) => TalkWith::Peer,
        (true, Some("mentor")) => TalkWith::Mentor,
        _ => return Err(format!("\"as peer\" or \"as mentor\" is missing: {form}")),
    };
    if !rest.takes("about") {
        return Err(format!("\"about CAPABILITY\" is missing: {form}"));
    }
    let about = rest.ids("a capability")?;
    rest.comma();
    let (mut minutes, mut attendance, mut will) = (None, None, None);
    for clause in rest.clauses() {
        let mut inner = Rest { text: &clause };
        let is_new = match clause.to_lowercase().as_str() {
            "present" => attendance.replace(Attendance::Present).is_none(),
            "partly" => attendance.replace(Attendance::Partly).is_none(),
            "deputy" => attendance.replace(Attendance::Deputy).is_none(),
            _ if inner.takes("will") => {
                let text = inner.quoted()?;
                inner.nothing_left()?;
                will.replace(text).is_none()
            }
            _ => {
                let count = inner.whole().filter(|m| (1..=1_440).contains(m));
                let is_minutes = inner.takes("minutes") || inner.takes("minute") || inner.takes("min");
                inner.nothing_left()?;
                match count.filter(|_| is_minutes) {
                    Some(count) => minutes.replace(count).is_none(),
                    None => return Err(format!("\"{}\" is not understood: {form}", cut(&clause, 40))),
                }
            }
        };
        if !is_new {
            return Err(format!("\"{}\" stands there twice", cut(&clause, 40)));
        }
    }
    Ok(Stated::Met {
        with,
        role,
        about,
        minutes: minutes.ok_or_else(|| format!("the minutes are missing: {form}"))?,
        attendance: attendance.ok_or("present, partly or deputy is missing")?,
        will,
    })
}

fn confirmed(rest: &mut Rest<'_>) -> Result<Stated, String> {
    let step = rest.id("a step")?;
    let of = if rest.takes("of") { Some(rest.day()?) } else { None };
    Ok(Stated::Confirmed { step, of })
}

fn month(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    let start = word.get(..3)?;
    let place = MONTHS.iter().position(|name| *name == start)?;
    let is_name = word.bytes().all(|b| b.is_ascii_lowercase() || b == b'.');
    is_name.then_some(u32::try_from(place).ok()? + 1)
}

/// What is left of a line.
struct Rest<'t> {
    text: &'t str,
}

impl<'t> Rest<'t> {
    fn skip(&mut self) -> &'t str {
        self.text = self.text.trim_start();
        self.text
    }

    /// Up to a blank or comma.
    fn word(&mut self) -> Option<&'t str> {
        let text = self.skip();
        let end = text.find([' ', ',']).unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        self.text = rest;
        (!word.is_empty()).then_some(word)
    }

    /// Takes this word if it is the next one, in any case.
    fn takes(&mut self, word: &str) -> bool {
        let before = self.text;
        let is_it = self.word().is_some_and(|next| next.eq_ignore_ascii_case(word));
        if !is_it {
            self.text = before;
        }
        is_it
    }

    fn comma(&mut self) -> bool {
        match self.skip().strip_prefix(',') {
            Some(rest) => {
                self.text = rest;
                true
            }
            None => false,
        }
    }

    fn arrow(&mut self) -> bool {
        let text = self.skip();
        let arrows = ["->", "\u{2192}", "=>", "\u{2013}>", "\u{2014}>"];
        match arrows.iter().find_map(|arrow| text.strip_prefix(arrow)) {
            Some(rest) => {
                self.text = rest;
                true
            }
            None => false,
        }
    }

    fn day(&mut self) -> Result<Date, String> {
        let first = self.word().ok_or("a day is missing, as 2026-03-16")?;
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if is_digits(first) && first.len() <= 2 {
            let month = self.word().and_then(month);
            let year = self.word().filter(|year| is_digits(year) && year.len() == 4);
            if let (Some(month), Some(year)) = (month, year) {
                let (day, year) = (first.parse().unwrap_or(0), year.parse().unwrap_or(0));
                return Date::from_ymd(year, month, day)
                    .ok_or_else(|| format!("{first} {}. {year} is no day", MONTHS[month as usize - 1]));
            }
        }
        if let Some(day) = Date::parse_iso(first) {
            return Ok(day);
        }
        let shown = cut(first, 40);
        let parts: Vec<&str> = first.split(['.', '/', '-']).collect();
        Err(match parts.as_slice() {
            [year, ..] if year.len() == 4 && parts.len() == 3 && parts.iter().all(|p| is_digits(p)) => {
                format!("{shown} is no day")
            }
            [_, _, ..] if parts.iter().all(|p| is_digits(p) || p.is_empty()) => {
                format!("{shown} can be read in two ways: write 2026-03-16")
            }
            _ => format!("\"{shown}\" is no day: a line begins with one, as 2026-03-16"),
        })
    }

    fn id(&mut self, what: &str) -> Result<String, String> {
        let word = self.word().ok_or_else(|| format!("{what} is missing"))?;
        let lower = word.to_lowercase();
        let fits = lower.len() <= 200
            && lower
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.' | b'/'));
        if fits {
            Ok(lower)
        } else {
            Err(format!("\"{}\" is no id of {what}", cut(word, 40)))
        }
    }

    fn ids(&mut self, what: &str) -> Result<Vec<String>, String> {
        let mut ids = vec![self.id(what)?];
        while self.takes("and") {
            ids.push(self.id(what)?);
        }
        Ok(ids)
    }

    fn whole(&mut self) -> Option<u32> {
        let before = self.text;
        let number = self
            .word()
            .filter(|word| word.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|word| word.parse().ok());
        if number.is_none() {
            self.text = before;
        }
        number
    }

    /// `n 12`: a count and nothing behind it.
    fn only_whole(&mut self) -> Result<u64, String> {
        let number = self
            .whole()
            .filter(|n| *n > 0)
            .ok_or("n takes a whole number, as n 12")?;
        self.nothing_left()?;
        Ok(u64::from(number))
    }

    /// A number, if there is one; one that can be read in two ways is refused.
    fn number(&mut self) -> Result<Option<Thousandths>, String> {
        let text = self.skip();
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        // The arrow begins with the same sign.
        let digits = text
            .strip_prefix('-')
            .filter(|behind| behind.starts_with(|c: char| c.is_ascii_digit()));
        let sign = usize::from(digits.is_some());
        let end = text[sign..]
            .find(|c| !is_part(c))
            .map_or(text.len(), |end| end + sign);
        let (shown, rest) = text.split_at(end);
        if shown.is_empty() {
            return Ok(None);
        }
        self.text = rest;
        // Below one nobody means thousands.
        let is_small = ["0.", "0,", "-0.", "-0,"]
            .iter()
            .any(|small| shown.starts_with(small));
        let number = if is_small {
            Thousandths::parse_exact(&shown.replace(',', "."))
        } else {
            Thousandths::parse(shown)
        };
        number.map(Some).ok_or_else(|| {
            let is_thousand = shown.split(['.', ',']).skip(1).any(|part| part.len() == 3);
            let shown = cut(shown, 40);
            if is_thousand {
                format!("{shown} can be read in two ways: write 1000 or 1")
            } else {
                format!("{shown} is no number")
            }
        })
    }

    /// A text in quotation marks.
    fn quoted(&mut self) -> Result<String, String> {
        let text = self.skip();
        let Some(opening) = text.chars().next().filter(|c| is_mark(*c)) else {
            return Err("a text in quotation marks is missing".to_owned());
        };
        let behind = &text[opening.len_utf8()..];
        let end = closing(opening, behind).ok_or("the closing quotation mark is missing")?;
        let inner = behind[..end.start].trim();
        self.text = &behind[end.end..];
        if inner.is_empty() {
            return Err("the text is empty".to_owned());
        }
        if inner.chars().count() > MOST_TEXT {
            return Err(format!("the text has more than {MOST_TEXT} characters"));
        }
        if inner
            .chars()
            .any(|c| c == '\u{fffd}' || crate::base::text::is_unprintable(c))
        {
            return Err("there is a character in the text that cannot be shown".to_owned());
        }
        // As the normal form has them: however it was typed, it is one fact.
        Ok(inner.replace(is_mark, "'"))
    }

    /// The rest, part by part; commas within quotation marks and numbers part nothing.
    fn clauses(&mut self) -> Vec<String> {
        let text = std::mem::take(&mut self.text);
        let mut clauses = vec![String::new()];
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let next = &rest[c.len_utf8()..];
            let Some(last) = clauses.last_mut() else { break };
            if is_mark(c)
                && let Some(end) = closing(c, next)
            {
                last.push_str(&rest[..c.len_utf8() + end.end]);
                rest = &next[end.end..];
                continue;
            }
            let between_digits = last.ends_with(|c: char| c.is_ascii_digit())
                && next.starts_with(|c: char| c.is_ascii_digit());
            if c == ',' && !between_digits {
                clauses.push(String::new());
            } else {
                last.push(c);
            }
            rest = next;
        }
        clauses
            .into_iter()
            .map(|clause| clause.trim().to_owned())
            .filter(|clause| !clause.is_empty())
            .collect()
    }

    fn all(&mut self) -> String {
        std::mem::take(&mut self.text).trim().to_owned()
    }

    fn nothing_left(&mut self) -> Result<(), String> {
        match self.skip().trim_end_matches(['.', ',']) {
            "" => Ok(()),
            left => Err(format!("\"{}\" is not understood here", cut(left, 60))),
        }
    }
}
