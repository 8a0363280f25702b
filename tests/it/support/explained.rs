//! Reads the page that explains a person, and adds its lines up.

/// One capability as the page shows it, in tenths of points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Explained {
    /// Name of the capability.
    pub(crate) name: String,
    /// All points.
    pub(crate) total: i64,
    /// Knowledge, hands-on, dialogue: the sum as it is printed, and the sum of the lines below it.
    pub(crate) parts: Vec<(String, i64, i64)>,
}

/// Tenths of a printed number.
pub(crate) fn tenths(text: &str) -> i64 {
    let (whole, tenth) = text
        .trim()
        .split_once('.')
        .unwrap_or_else(|| panic!("{text:?} has one decimal"));
    let number = |t: &str| {
        t.parse::<i64>()
            .unwrap_or_else(|_| panic!("{text:?} is a number"))
    };
    number(whole) * 10 + number(tenth)
}

/// All capabilities of a page.
pub(crate) fn explained(page: &str) -> Vec<Explained> {
    let mut found: Vec<Explained> = Vec::new();
    for line in &unwrapped(page) {
        let indent = line.len() - line.trim_start().len();
        let of = line.split_once(" of ");
        match (indent, of) {
            (0, Some((left, _))) if left.contains(": ") && left.contains(", ") => {
                let (head, points) = left.rsplit_once(", ").expect("a comma");
                let name = head.split_once(": ").expect("a colon").0;
                let name = name.rsplit_once(", ").map_or(name, |(_, name)| name);
                if points.contains('.') {
                    found.push(Explained {
                        name: name.to_owned(),
                        total: tenths(points),
                        parts: Vec::new(),
                    });
                }
            }
            (2, Some((left, _))) => {
                let words: Vec<&str> = left.split_whitespace().collect();
                if let ([title, points], Some(last)) = (words.as_slice(), found.last_mut())
                    && ["Knowledge", "Hands-on", "Dialogue"].contains(title)
                {
                    last.parts.push(((*title).to_owned(), tenths(points), 0));
                }
            }
            (4..=8, Some((left, right))) if left.trim().parse::<f64>().is_ok() => {
                let part = found.last_mut().and_then(|f| f.parts.last_mut()).expect("a part");
                part.2 += tenths(left) * times(right);
            }
            _ => {}
        }
    }
    found
}

/// A line that had to be wrapped goes on further in: put together again.
fn unwrapped(page: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in page.lines() {
        match lines.last_mut() {
            Some(last) if line.starts_with("               ") && !last.is_empty() => {
                last.push(' ');
                last.push_str(line.trim_start());
            }
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// How often a line stands.
fn times(line: &str) -> i64 {
    line.strip_suffix(" times)")
        .and_then(|l| l.rsplit_once('('))
        .and_then(|(_, n)| n.parse().ok())
        .unwrap_or(1)
}

/// Every line of every capability adds up to what stands above it.
#[track_caller]
pub(crate) fn adds_up(page: &str) -> Vec<Explained> {
    let found = explained(page);
    assert!(!found.is_empty(), "nothing is explained:\n{page}");
    for capability in &found {
        for (part, printed, summed) in &capability.parts {
            assert_eq!(printed, summed, "{} of {}:\n{page}", part, capability.name);
        }
        let sum: i64 = capability.parts.iter().map(|(_, printed, _)| printed).sum();
        assert_eq!(sum, capability.total, "{}:\n{page}", capability.name);
        assert_eq!(capability.parts.len(), 3, "{}:\n{page}", capability.name);
    }
    found
}
