//! Questions of other programs: a panel of each format with what becomes of every question in it, laws that hold for any
//! text, and the way out and back in.

use std::fmt::Write as _;
use std::path::PathBuf;

use proptest::prelude::*;
use upwards::interop::{
    Bank, Block, Fate, ForeignQuestion, QuestionFormat, failures, read_bank, write_gift, write_moodle_xml,
};
use upwards::model::curriculum::QuizOption;

/// What becomes of a block, as the panels say it.
fn told(block: &Block) -> String {
    let mut out = String::new();
    match &block.fate {
        Fate::NoQuestion(kind) => {
            let _ = writeln!(out, "line {}: {} ({})", block.line, kind.word(), block.name);
        }
        Fate::Refused(why) => {
            let _ = writeln!(out, "line {}: refused ({}): {why}", block.line, block.name);
        }
        Fate::Taken { questions, losses } => {
            for question in questions {
                let text = question.text.replace('\n', "\\n");
                let _ = writeln!(out, "line {}: {} | {text}", block.line, question.title);
                if let Some(hint) = &question.hint {
                    let _ = writeln!(out, "  hint: {hint}");
                }
                for option in &question.options {
                    let mark = if option.right { '+' } else { '-' };
                    let why = option
                        .why
                        .as_ref()
                        .map(|why| format!("  # {why}"))
                        .unwrap_or_default();
                    let _ = writeln!(out, "  {mark} {}{why}", option.text);
                }
            }
            for loss in losses {
                let _ = writeln!(out, "  loss: {loss}");
            }
        }
    }
    out
}

fn told_of(bank: &Bank) -> String {
    let notes = bank.notes.iter().map(|note| format!("note: {note}\n"));
    notes.chain(bank.blocks.iter().map(told)).collect()
}

fn panel_path(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "it", "question_panels", name]
        .iter()
        .collect()
}

/// Entries of a panel: a line `@@ name`, what stands in a file of questions, a line `@@@`, and what becomes of it.
fn panel(name: &str) -> Vec<(String, String, String)> {
    let text = std::fs::read_to_string(panel_path(name)).expect("the panel is there");
    let entries = text.split("\n@@ ").skip(1);
    entries
        .map(|entry| {
            let (name, rest) = entry.split_once('\n').expect("a name");
            let (input, expected) = rest.split_once("@@@\n").unwrap_or((rest, ""));
            (name.to_owned(), input.to_owned(), expected.to_owned())
        })
        .collect()
}

/// Compares a panel with what is read; `UPWARDS_RENEW_PANELS=1` writes what is read into it, to be read by a person.
fn holds(name: &str, format: QuestionFormat) -> usize {
    let entries = panel(name);
    let read = |input: &str| match read_bank(input.as_bytes(), format, None) {
        Ok(bank) => told_of(&bank),
        Err(error) => format!("not read: {error}\n"),
    };
    if std::env::var_os("UPWARDS_RENEW_PANELS").is_some() {
        let path = panel_path(name);
        let before = std::fs::read_to_string(&path).expect("the panel is there");
        let mut text = before.split("\n@@ ").next().unwrap_or_default().to_owned();
        for (name, input, _) in &entries {
            let _ = write!(text, "\n@@ {name}\n{input}@@@\n{}", read(input));
        }
        std::fs::write(path, text).expect("it can be written");
    }
    for (entry, input, expected) in panel(name) {
        assert_eq!(read(&input).trim_end(), expected.trim_end(), "{entry}:\n{input}");
    }
    entries.len()
}

#[test]
fn every_construct_of_gift_has_the_right_result_or_a_named_refusal() {
    let count = holds("gift.txt", QuestionFormat::Gift);
    assert!(count >= 60, "only {count} in the panel");
}

#[test]
fn the_other_formats_have_their_panels() {
    assert!(holds("aiken.txt", QuestionFormat::Aiken) >= 14);
    assert!(holds("moodle.txt", QuestionFormat::MoodleXml) >= 13);
    assert!(holds("sheet.txt", QuestionFormat::Csv) >= 7);
}

/// Questions of a bank without their fates.
fn questions_of(bank: &Bank) -> Vec<ForeignQuestion> {
    let questions = |block: &Block| match &block.fate {
        Fate::Taken { questions, .. } => questions.clone(),
        Fate::Refused(_) | Fate::NoQuestion(_) => Vec::new(),
    };
    bank.blocks.iter().flat_map(questions).collect()
}

fn read(text: &str, format: QuestionFormat) -> Bank {
    read_bank(text.as_bytes(), format, None).expect("it is text")
}

#[test]
fn line_ends_marks_and_encodings_change_nothing() {
    let text = "::Früh::Was zuerst?{\n=Sagen, wann#Gut.\n~Warten\n}\n\n// x\n\nUnd dann?{T}\n";
    let plain = told_of(&read(text, QuestionFormat::Gift));
    assert!(
        plain.contains("line 1: Früh") && plain.contains("line 8: Und dann?"),
        "{plain}"
    );
    assert_eq!(
        told_of(&read(&text.replace('\n', "\r\n"), QuestionFormat::Gift)),
        plain
    );
    assert_eq!(
        told_of(&read(&text.replace('\n', "\r"), QuestionFormat::Gift)),
        plain
    );
    assert_eq!(
        told_of(&read(&format!("\u{FEFF}{text}"), QuestionFormat::Gift)),
        plain
    );
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bank = read_bank(&wide, QuestionFormat::Gift, None).unwrap();
    assert_eq!(
        told_of(&bank),
        format!("note: it is not UTF-8; read as UTF-16LE\n{plain}")
    );
    let old: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let bank = read_bank(&old, QuestionFormat::Gift, None).unwrap();
    assert_eq!(
        told_of(&bank),
        format!("note: it is not UTF-8; read as Windows-1252\n{plain}")
    );
    let nothing = read_bank(b"PK\x03\x04 \0\0 x", QuestionFormat::Gift, None).unwrap_err();
    assert!(nothing.to_string().contains("no text file"), "{nothing}");
}

/// A table of pairs is no question: it is refused before each is compared with each.
#[test]
fn very_many_pairs_are_refused_at_once() {
    let pairs = |count: usize| {
        let pair = |n: usize| ["=q", &n.to_string(), " -> ", ["a", "b"][n % 2], "\n"].concat();
        let pairs: String = (0..count).map(pair).collect();
        format!("Match{{\n{pairs}}}\n")
    };
    let few = told_of(&read(&pairs(50), QuestionFormat::Gift));
    assert!(
        few.contains("50 pairs to be matched became 50 questions"),
        "{few}"
    );
    let many = told_of(&read(&pairs(20_000), QuestionFormat::Gift));
    assert!(
        many.contains("20000 pairs are to be matched; at most 50"),
        "{many}"
    );
}

/// What a file of failures holds that knows only what the readers refuse.
fn refused_of(bank: &Bank) -> String {
    let places = bank.blocks.iter().enumerate();
    let refused = places.filter_map(|(place, block)| match &block.fate {
        Fate::Refused(why) => Some((place, why.clone())),
        Fate::Taken { .. } | Fate::NoQuestion(_) => None,
    });
    failures(bank, &refused.collect())
}

#[test]
fn what_is_refused_comes_back_in_its_own_format_with_the_reason() {
    let gift = read(
        "Good?{=a ~b}\n\n// [id:x]\nBad?{=a ~b\n\nOpen?{}\n",
        QuestionFormat::Gift,
    );
    assert_eq!(
        refused_of(&gift),
        "// line 4: its { has no }\n// [id:x]\nBad?{=a ~b\n\n\
         // line 6: an answer in one's own words is asked for; a reflect step asks so\nOpen?{}\n"
    );
    // Mended, it is read as it is.
    let mended = refused_of(&gift).replace("=a ~b\n", "=a ~b}\n");
    assert_eq!(questions_of(&read(&mended, QuestionFormat::Gift))[0].id, "x");
    let xml = "<quiz>\n<question type=\"essay\"><name><text>E</text></name></question>\n</quiz>";
    assert_eq!(
        refused_of(&read(xml, QuestionFormat::MoodleXml)),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n\
         <!-- line 2: an answer in one's own words is asked for; a reflect step asks so -->\n\
         <question type=\"essay\"><name><text>E</text></name></question>\n</quiz>\n"
    );
    assert_eq!(
        refused_of(&read(
            "question,option 1,option 2,right\nQ,a,b,\nR,a,b,1\n",
            QuestionFormat::Csv
        )),
        "question,option 1,option 2,right,line,reason\nQ,a,b,,2,its row does not say which option is right\n"
    );
}

#[test]
fn a_workbook_is_read_as_its_rows() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (at, heading) in ["Question", "Option 1", "Option 2", "Right"]
        .into_iter()
        .enumerate()
    {
        sheet
            .write_string(0, u16::try_from(at).unwrap(), heading)
            .unwrap();
    }
    for (at, cell) in ["What first?", "Wait", "Say when"].into_iter().enumerate() {
        sheet.write_string(1, u16::try_from(at).unwrap(), cell).unwrap();
    }
    sheet.write_number(1, 3, 2.0).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(QuestionFormat::of("q.bin", &bytes), Some(QuestionFormat::Xlsx));
    let bank = read_bank(&bytes, QuestionFormat::Xlsx, None).unwrap();
    assert_eq!(
        told_of(&bank),
        "line 2: What first? | What first?\n  - Wait\n  + Say when\n"
    );
}

/// Whether our format holds a question.
fn is_sound(question: &ForeignQuestion) -> bool {
    let is_text = |text: &str, most: usize| {
        let is_shown = |c: char| c == '\n' || !upwards::base::text::is_unprintable(c);
        !text.trim().is_empty() && text.chars().count() <= most && text.chars().all(is_shown)
    };
    let whys = question.options.iter().filter_map(|option| option.why.as_deref());
    upwards::base::id::check_slug(&question.id).is_ok()
        && is_text(&question.title, 80)
        && !question.title.contains('\n')
        && is_text(&question.text, 4_000)
        && question.hint.iter().all(|hint| is_text(hint, 4_000))
        && (2..=6).contains(&question.options.len())
        && question.options.iter().any(|option| option.right)
        && question.options.iter().all(|option| is_text(&option.text, 4_000))
        && whys.into_iter().all(|why| is_text(why, 4_000))
}

const GIFT_AROUND: [&str; 2] = [
    "::First one::What first?{=a ~b}\n\n",
    "\n\n::Last one::What last?{=a ~b}\n",
];
const AIKEN_AROUND: [&str; 2] = [
    "First one?\nA. a\nB. b\nANSWER: A\n\n",
    "\n\nLast one?\nA. a\nB. b\nANSWER: A\n",
];
const XML_AROUND: [&str; 2] = [
    "<quiz><question type=\"truefalse\"><name><text>First one</text></name><questiontext><text>x</text></questiontext>\
     <answer fraction=\"100\"><text>true</text></answer></question>",
    "<question type=\"truefalse\"><name><text>Last one</text></name><questiontext><text>x</text></questiontext>\
     <answer fraction=\"100\"><text>true</text></answer></question></quiz>",
];

/// Whatever stands between two sound questions: nothing panics, both are read, each block has one fate, in the order of the
/// file, and what is taken fits our format.
fn stays_sound(junk: &str) {
    let formats = [
        (QuestionFormat::Gift, GIFT_AROUND),
        (QuestionFormat::Aiken, AIKEN_AROUND),
        (QuestionFormat::MoodleXml, XML_AROUND),
    ];
    for (format, [before, behind]) in formats {
        let bank = read(&format!("{before}{junk}{behind}"), format);
        let questions = questions_of(&bank);
        let titled = |start: &str| questions.iter().filter(|q| q.title.starts_with(start)).count();
        assert_eq!(
            (titled("First one"), titled("Last one")),
            (1, 1),
            "{format:?} {junk:?}\n{}",
            told_of(&bank)
        );
        assert!(questions.iter().all(is_sound), "{format:?} {junk:?}");
        let lines: Vec<usize> = bank.blocks.iter().map(|block| block.line).collect();
        assert!(lines.is_sorted() && lines[0] == 1, "{format:?} {lines:?}");
        // Every line with something in it lies in a block, as far as blocks of this format begin with a line.
        if format == QuestionFormat::Gift && !junk.trim().is_empty() {
            assert!(bank.blocks.len() >= 3, "{junk:?}");
        }
    }
    for format in [QuestionFormat::Csv, QuestionFormat::Xlsx] {
        if let Ok(bank) = read_bank(junk.as_bytes(), format, None) {
            assert!(questions_of(&bank).iter().all(is_sound), "{junk:?}");
        }
    }
}

/// Pieces that mean something to one of the formats.
fn pieces() -> impl Strategy<Value = String> {
    let all = [
        "{",
        "}",
        "=",
        "~",
        "#",
        "####",
        "::",
        ":",
        "\\",
        "\\n",
        "\\{",
        "%50%",
        "%-100%",
        "->",
        "T",
        "FALSE",
        "..",
        "\n",
        "\n\n",
        "//",
        "// [id:",
        "]",
        "[tag:",
        "$CATEGORY:",
        "[html]",
        "[markdown]",
        "<p>",
        "<img src='a'",
        "</",
        "<!--",
        "<![CDATA[",
        "&amp;",
        "&#0;",
        "&",
        "A. a",
        "B) b",
        "ANSWER: A",
        "<question type=\"multichoice\">",
        "<question",
        "</text>",
        "<text>",
        "x",
        " ",
        "**",
        "](",
        "![",
        "é",
        "\u{202E}",
        "\r\n",
        "\t",
        "\"",
        "<script>",
        "<?",
        "<!DOCTYPE",
        "first",
        "_",
    ];
    prop::collection::vec(prop::sample::select(all.to_vec()), 0..40).prop_map(|parts| parts.concat())
}

fn word() -> impl Strategy<Value = String> {
    "[!-~äßé—😀]{1,9}"
}

/// A text as our format keeps it.
fn text(most: usize) -> impl Strategy<Value = String> {
    let words = prop::collection::vec(word(), 1..most).prop_map(|words| words.join(" "));
    prop::collection::vec(words, 1..3).prop_map(|paragraphs| paragraphs.join("\n\n"))
}

fn foreign() -> impl Strategy<Value = ForeignQuestion> {
    let option = (text(4), any::<bool>(), prop::option::of(text(4)));
    let options = prop::collection::vec(option, 2..=6);
    (
        "[a-z0-9][a-z0-9-]{0,20}xy",
        prop::collection::vec(word(), 1..5),
        text(8),
        options,
    )
        .prop_map(|(id, title, text, options)| {
            let mut options: Vec<QuizOption> = options
                .into_iter()
                .enumerate()
                .map(|(at, (text, right, why))| QuizOption {
                    text: format!("{text} {at}"),
                    right,
                    why,
                })
                .collect();
            options[0].right = true;
            ForeignQuestion {
                id,
                title: title.join(" "),
                text,
                hint: None,
                options,
            }
        })
}

/// What is written is read back word for word, with the same ids and nothing lost; also without the ids of the file, where
/// they are made of the words.
fn comes_back(questions: &[ForeignQuestion]) {
    let categories = [("a/b & c".to_owned(), questions.to_vec())];
    for (format, written) in [
        (QuestionFormat::Gift, write_gift(&categories)),
        (QuestionFormat::MoodleXml, write_moodle_xml(&categories)),
    ] {
        let bank = read(&written, format);
        assert_eq!(questions_of(&bank), questions, "{written}");
        let is_lossless =
            |block: &Block| !matches!(&block.fate, Fate::Taken { losses, .. } if !losses.is_empty());
        assert!(bank.blocks.iter().all(is_lossless), "{}", told_of(&bank));
        assert_eq!(bank.blocks.len(), questions.len() + 1);
        let again = questions_of(&read(&written, format));
        assert_eq!(again, questions);
    }
}

#[test]
fn the_panel_goes_out_and_comes_back_as_it_is() {
    let mut all = Vec::new();
    for (name, format) in [
        ("gift.txt", QuestionFormat::Gift),
        ("aiken.txt", QuestionFormat::Aiken),
        ("moodle.txt", QuestionFormat::MoodleXml),
        ("sheet.txt", QuestionFormat::Csv),
    ] {
        for (_, input, _) in panel(name) {
            let questions = read_bank(input.as_bytes(), format, None).map(|bank| questions_of(&bank));
            all.extend(
                questions
                    .unwrap_or_default()
                    .into_iter()
                    .map(|q| ForeignQuestion { hint: None, ..q }),
            );
        }
    }
    assert!(all.len() > 80, "{}", all.len());
    comes_back(&all);
}

#[test]
fn ids_made_of_words_stay_when_a_file_is_written_and_read_without_them() {
    let bank = read(
        "What first?{=Say when#Why so ~Wait}\n\nWho reads?{=a->x =b->y}",
        QuestionFormat::Gift,
    );
    let questions = questions_of(&bank);
    let written = write_gift(&[("a".to_owned(), questions.clone())]);
    let without: Vec<&str> = written.lines().filter(|line| !line.starts_with("//")).collect();
    let without = without.join("\n");
    assert_eq!(questions_of(&read(&without, QuestionFormat::Gift)), questions);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_a_reader_or_swallows_a_neighbour(junk in pieces()) {
        stays_sound(&junk);
    }

    #[test]
    fn no_characters_break_a_reader(junk in any::<String>()) {
        // A byte that says that this is no text is not asked for here.
        stays_sound(&junk.replace('\0', ""));
    }

    #[test]
    fn a_panel_with_a_character_changed_breaks_no_reader(entry in 0_usize..80, at in any::<prop::sample::Index>(), c in any::<char>()) {
        let entries = panel("gift.txt");
        let (_, input, _) = &entries[entry % entries.len()];
        let mut characters: Vec<char> = input.chars().collect();
        let place = at.index(characters.len());
        characters[place] = if c == '\0' { ' ' } else { c };
        stays_sound(&characters.into_iter().collect::<String>());
        let cut: String = input.chars().take(place).collect();
        stays_sound(&cut);
    }

    #[test]
    fn what_is_written_is_read_back_word_for_word(questions in prop::collection::vec(foreign(), 1..4)) {
        comes_back(&questions);
    }
}
