//! The explanation as printed: its lines add up to its totals and fit the screen.

use std::process::Command;

const PEOPLE: [&str; 6] = ["ana", "bo", "chen", "dana", "eli", "farah"];

fn printed(arguments: &[&str]) -> String {
    let home = tempfile::tempdir().expect("a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_upwards"))
        .args(arguments)
        .args(["--demo", "--plain"])
        .env("HOME", home.path())
        .env("USERPROFILE", home.path())
        .current_dir(home.path())
        .output()
        .expect("the program runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).expect("text")
}

/// `28.8` in tenths.
fn tenths(text: &str) -> Option<u32> {
    let (whole, part) = text.split_once('.')?;
    (part.len() == 1).then(|| Some(whole.parse::<u32>().ok()? * 10 + part.parse::<u32>().ok()?))?
}

/// `28.8 of 40.0` in tenths.
fn of(text: &str) -> Option<(u32, u32)> {
    let mut words = text.split_whitespace();
    let (points, of, budget) = (words.next()?, words.next()?, words.next()?);
    (of == "of").then_some((tenths(points)?, tenths(budget)?))
}

/// The points of a capability's first line.
fn total(line: &str) -> Option<u32> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let at = words.windows(2).position(|pair| pair == ["of", "100"])?;
    let is_headline = !line.starts_with(' ') && line.contains(": ") && words.get(at + 2) != Some(&"overall");
    is_headline.then(|| tenths(words[at - 1]))?
}

#[derive(Default)]
struct Sums {
    capabilities: u32,
    total: u32,
    part: (u32, u32),
    parts: u32,
    lines: u32,
    budgets: u32,
}

impl Sums {
    fn end_part(&mut self, at: &str) {
        assert_eq!(self.lines, self.part.0, "the lines above: {at}");
        assert_eq!(self.budgets, self.part.1, "the budgets above: {at}");
        (self.lines, self.budgets, self.part) = (0, 0, (0, 0));
    }

    fn end_capability(&mut self, at: &str) {
        self.end_part(at);
        assert_eq!(self.parts, self.total, "the parts above: {at}");
        (self.parts, self.total) = (0, 0);
    }
}

/// Adds up a page; says how many capabilities it has.
fn add_up(page: &str) -> u32 {
    let mut sums = Sums::default();
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        assert!(line.chars().count() <= 80, "too wide: {line}");
        assert_eq!(line, line.trim_end(), "ends with a blank");
        if let Some(total) = total(line) {
            sums.end_capability(line);
            sums.total = total;
            sums.capabilities += 1;
        } else if ["  Knowledge ", "  Hands-on ", "  Dialogue "]
            .iter()
            .any(|part| line.starts_with(part))
        {
            sums.end_part(line);
            sums.part = of(&line[12..]).expect("points of a budget");
            sums.parts += sums.part.0;
        } else if let Some((points, budget)) = of(line).filter(|_| line.starts_with("    ")) {
            let mut entry = line.to_owned();
            while let Some(next) = lines.next_if(|next| next.starts_with(&" ".repeat(20))) {
                entry.push_str(next);
            }
            let times = factor(&entry);
            sums.lines += points * times;
            sums.budgets += budget * times;
        }
    }
    sums.end_capability("the end");
    sums.capabilities
}

/// Of `(6 times)` and `open: 2 of 8 questions` the number of slots; else one.
fn factor(entry: &str) -> u32 {
    let words: Vec<&str> = entry.split_whitespace().collect();
    let number = match words.as_slice() {
        [.., count, "times)"] => count.strip_prefix('('),
        [_, _, _, "open:", count, ..] => Some(*count),
        _ => None,
    };
    number.map_or(1, |n| n.parse().expect("a number"))
}

#[test]
fn the_lines_of_everybody_add_up() {
    for person in PEOPLE {
        assert_eq!(add_up(&printed(&["readiness", person])), 4, "{person}");
        assert_eq!(add_up(&printed(&["readiness", person, "-v"])), 4, "{person} -v");
    }
}

#[test]
fn the_lines_of_ones_own_form_add_up() {
    assert_eq!(add_up(&printed(&["progress"])), 4);
    for capability in ["serve", "reach", "source", "lead"] {
        assert_eq!(add_up(&printed(&["progress", capability])), 1, "{capability}");
    }
}

#[test]
fn the_leaders_form_names_no_question_and_folds_equal_lines() {
    let page = printed(&["readiness", "dana", "--capability", "serve"]);
    for line in [
        "Dana Okafor, Serve: building, 48.8 of 100                    limited by: again",
        "      4.8 of 5.0    question, right 2 days ago (14 Mar), step 1      (6 times)",
        "      0.0 of 5.0    open: 2 of 8 questions",
        "     20.0 of 20.0   practice: Answer one customer in public, 3 Mar, own hand",
        "                    \"Wrote to the dealer in Aarhus myself\"",
        "  no   known again on a later day: 0.0, at least 24.0 needed; can be asked",
    ] {
        assert!(page.lines().any(|l| l == line), "{line}\n{page}");
    }
    let traced = printed(&["readiness", "dana", "--capability", "serve", "-v"]);
    assert!(!traced.contains("times)") && traced.contains("progress/dana/dana-phone-q3xd.jsonl]"));
}

#[test]
fn ones_own_form_names_questions_and_when_they_move() {
    let page = printed(&["progress", "serve"]);
    assert!(
        page.contains("\"Who may answer\", right 14 days ago, now\n"),
        "{page}"
    );
    assert!(page.contains("not reached"), "{page}");
}
