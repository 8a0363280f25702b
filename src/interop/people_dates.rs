//! Days as personnel systems write them, taken only where they can be read in one way.

use crate::base::time::Date;

/// Which of two numbers is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// 31/12/2026.
    DayFirst,
    /// 12/31/2026.
    MonthFirst,
}

/// The days of one column: what one cell leaves open another may decide, as long as none says otherwise.
#[derive(Debug, Clone, Default)]
pub(super) struct Days {
    order: Option<Order>,
    form: Option<String>,
}

impl Days {
    /// What the cells of a column tell about its order. A form given by hand decides alone.
    pub(super) fn of<'a>(cells: impl Iterator<Item = &'a str>, form: Option<&str>) -> Self {
        let (mut day_first, mut month_first) = (false, false);
        for cell in cells {
            if let Some((a, b)) = two_orders(cell) {
                day_first |= a > 12 && b <= 12;
                month_first |= b > 12 && a <= 12;
            }
        }
        Self {
            order: match (day_first, month_first) {
                (true, false) => Some(Order::DayFirst),
                (false, true) => Some(Order::MonthFirst),
                _ => None,
            },
            form: form.map(str::to_owned),
        }
    }

    /// A day; `None` where the cell says that there is none.
    pub(super) fn read(&self, cell: &str) -> Result<Option<Date>, String> {
        let text = cell.trim();
        if text.is_empty() || matches!(text, "-" | "0") || text.bytes().all(|b| b"0-/. :".contains(&b)) {
            return Ok(None);
        }
        let read = match &self.form {
            Some(form) => by_form(text, form).ok_or_else(|| format!("\"{text}\" is not written as {form}")),
            None => self.guess(text),
        };
        // Some systems fill "no end" with the last day there is.
        read.map(|day| Some(day).filter(|day| day.year() < 2900))
    }

    fn guess(&self, text: &str) -> Result<Date, String> {
        let no_day = || format!("\"{text}\" is no day; write it as 2026-03-16, or say how: --date-format");
        let head = text
            .split_once(['T', ' '])
            .filter(|(_, rest)| rest.contains(':'))
            .map_or(text, |(day, _)| day);
        let parts: Vec<&str> = head
            .split(|c: char| matches!(c, '-' | '/' | '.' | ',') || c.is_whitespace())
            .filter(|part| !part.is_empty())
            .collect();
        if let [whole] = parts[..]
            && whole.len() == 8
            && whole.bytes().all(|b| b.is_ascii_digit())
        {
            return ymd(&whole[..4], &whole[4..6], &whole[6..]).ok_or_else(no_day);
        }
        let [a, b, c] = parts[..] else {
            return Err(no_day());
        };
        if let Some(month) = month_named(b) {
            return ymd(c, month, a).ok_or_else(no_day);
        }
        if let Some(month) = month_named(a) {
            return ymd(c, month, b).ok_or_else(no_day);
        }
        if a.len() == 4 {
            return ymd(a, b, c).ok_or_else(no_day);
        }
        if c.len() != 4 {
            return Err(format!(
                "\"{text}\": a year has four digits; or say how: --date-format"
            ));
        }
        if head.contains('.') {
            return ymd(c, b, a).ok_or_else(no_day);
        }
        let (first, second): (u32, u32) = match (a.parse(), b.parse()) {
            (Ok(first), Ok(second)) => (first, second),
            _ => return Err(no_day()),
        };
        let order = match (first > 12, second > 12) {
            (true, false) => Order::DayFirst,
            (false, true) => Order::MonthFirst,
            _ if first == second => Order::DayFirst,
            _ => self.order.ok_or_else(|| {
                format!("\"{text}\" may be two days; say which: --date-format %d/%m/%Y or %m/%d/%Y")
            })?,
        };
        match order {
            Order::DayFirst => ymd(c, b, a),
            Order::MonthFirst => ymd(c, a, b),
        }
        .ok_or_else(no_day)
    }
}

/// The two numbers of a day that may be read in two ways.
fn two_orders(cell: &str) -> Option<(u32, u32)> {
    let head = cell.trim().split([' ', 'T']).next()?;
    let parts: Vec<&str> = head.split(['/', '-']).collect();
    let [a, b, c] = parts[..] else { return None };
    (c.len() == 4).then_some((a.parse().ok()?, b.parse().ok()?))
}

fn ymd(year: &str, month: &str, day: &str) -> Option<Date> {
    let year = (year.len() == 4).then_some(year)?;
    Date::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn month_named(text: &str) -> Option<&'static str> {
    const MONTHS: [(&str, &str); 16] = [
        ("jan", "1"),
        ("feb", "2"),
        ("mar", "3"),
        ("mär", "3"),
        ("mrz", "3"),
        ("apr", "4"),
        ("may", "5"),
        ("mai", "5"),
        ("jun", "6"),
        ("jul", "7"),
        ("aug", "8"),
        ("sep", "9"),
        ("oct", "10"),
        ("okt", "10"),
        ("nov", "11"),
        ("dec", "12"),
    ];
    let text = text.to_lowercase();
    if text.starts_with("dez") {
        return Some("12");
    }
    MONTHS
        .iter()
        .find(|(name, _)| text.starts_with(name))
        .map(|(_, n)| *n)
}

/// Reads a text as `%d.%m.%Y` and the like: `%d`, `%m`, `%Y`, `%y` (of this century), `%b`; all else stands for itself.
fn by_form(text: &str, form: &str) -> Option<Date> {
    let (mut year, mut month, mut day) = (None, None, None);
    let mut rest = text;
    let mut signs = form.chars();
    while let Some(sign) = signs.next() {
        if sign != '%' {
            rest = rest.strip_prefix(sign)?;
            continue;
        }
        let letters = |rest: &str| rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let digits = |rest: &str, most: usize| rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let taken = match signs.next()? {
            'd' => {
                let taken = digits(rest, 2);
                day = Some(rest[..taken].to_owned());
                taken
            }
            'm' => {
                let taken = digits(rest, 2);
                month = Some(rest[..taken].to_owned());
                taken
            }
            'Y' => {
                let taken = digits(rest, 4);
                year = Some(rest[..taken].to_owned());
                taken
            }
            'y' => {
                let taken = digits(rest, 2);
                year = Some(format!("20{}", &rest[..taken]));
                taken
            }
            'b' | 'B' => {
                let taken = letters(rest);
                month = Some(month_named(&rest[..taken])?.to_owned());
                taken
            }
            _ => return None,
        };
        if taken == 0 {
            return None;
        }
        rest = &rest[taken..];
    }
    // A time of day behind it says nothing about the day.
    if !(rest.is_empty() || (rest.starts_with([' ', 'T']) && rest.contains(':'))) {
        return None;
    }
    ymd(&year?, &month?, &day?)
}

/// Whether a form has what a day needs.
pub fn is_date_form(form: &str) -> bool {
    let sample = form
        .replace("%Y", "2026")
        .replace("%y", "26")
        .replace("%m", "03")
        .replace("%b", "Mar")
        .replace("%B", "March")
        .replace("%d", "16");
    by_form(&sample, form).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str]) -> Vec<String> {
        let days = Days::of(cells.iter().copied(), None);
        cells
            .iter()
            .map(|cell| match days.read(cell) {
                Ok(day) => day.map_or(String::new(), |d| d.to_string()),
                Err(_) => "?".to_owned(),
            })
            .collect()
    }

    #[test]
    fn days_that_can_be_read_in_one_way_are_taken() {
        assert_eq!(
            read(&[
                "2026-03-16",
                "2026/3/16",
                "20260316",
                "16.3.2026",
                "16.03.2026 00:00:00",
                "2026-03-16T00:00:00.000Z",
                "16-Mar-2026",
                "Mar 16, 2026",
                "16. März 2026",
                "16/03/2026",
                "3.3.2026",
            ]),
            [
                "2026-03-16",
                "2026-03-16",
                "2026-03-16",
                "2026-03-16",
                "2026-03-16",
                "2026-03-16",
                "2026-03-16",
                "2026-03-16",
                "2026-03-16",
                "2026-03-16",
                "2026-03-03",
            ]
        );
        assert_eq!(read(&["", "-", "0000-00-00", "31.12.9999"]), ["", "", "", ""]);
    }

    #[test]
    fn what_may_be_two_days_is_refused_unless_the_column_decides() {
        assert_eq!(read(&["3/4/2026"]), ["?"]);
        assert_eq!(read(&["3/4/2026", "25/12/2026"]), ["2026-04-03", "2026-12-25"]);
        assert_eq!(read(&["3/4/2026", "12/25/2026"]), ["2026-03-04", "2026-12-25"]);
        // Both orders in one column: each decides for itself only.
        assert_eq!(
            read(&["3/4/2026", "12/25/2026", "25/12/2026"]),
            ["?", "2026-12-25", "2026-12-25"]
        );
        assert_eq!(
            read(&["16.3.26", "31.02.2026", "soon", "99/99/2026"]),
            ["?", "?", "?", "?"]
        );
    }

    #[test]
    fn a_form_given_by_hand_decides_alone() {
        let day = |text: &str, form: &str| {
            Days::of([text].into_iter(), Some(form))
                .read(text)
                .ok()
                .flatten()
                .map(|d| d.to_string())
        };
        assert_eq!(day("3/4/2026", "%d/%m/%Y").as_deref(), Some("2026-04-03"));
        assert_eq!(day("3/4/2026 00:00", "%m/%d/%Y").as_deref(), Some("2026-03-04"));
        assert_eq!(day("16.3.26", "%d.%m.%y").as_deref(), Some("2026-03-16"));
        assert_eq!(day("16 Mar 2026", "%d %b %Y").as_deref(), Some("2026-03-16"));
        assert_eq!(day("2026-03-16", "%d/%m/%Y"), None);
        assert!(is_date_form("%d.%m.%Y") && !is_date_form("%d.%m") && !is_date_form("dd.mm.yyyy"));
    }
}
