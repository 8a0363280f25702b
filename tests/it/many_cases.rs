//! A library too large to be parsed whole: what a look at the files leaves holds what a search of all would show first.

use std::fmt::Write as _;

use upwards::base::id::CurriculumId;
use upwards::disk::Tree;
use upwards::embedded;
use upwards::files::{CaseFolder, built_in_curricula};
use upwards::library::{
    self, Among, FoldedText, LibraryCase, Looked, MOST_CANDIDATES, MOST_PARSED_WHOLE, Query, Sieve,
};

use crate::content::QUESTIONS;
use crate::support::Sandbox;

/// Always the same numbers.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("a small number") % most
    }

    fn of<'a>(&mut self, words: &'a [String]) -> &'a str {
        &words[self.below(words.len())]
    }
}

/// The file of a case with other texts in each of its parts.
fn case_file(id: &str, language: &str, mut text: impl FnMut() -> String) -> String {
    let mut file = format!(
        "format = 1\nid = \"{id}\"\nrev = 1\nlanguage = \"{language}\"\nsector = \"post\"\nsize = \"large\"\ncountry = \"DK\"\n\
         years = [2020, 2021]\nfunctions = [\"marketing\"]\ncapabilities = [\"reach\"]\npermission = \"public\"\nowner = \"Maya\"\n\
         review_by = 2027-06-30\n"
    );
    let texts = [
        "title",
        "organisation",
        "brief",
        "since",
        "challenge",
        "action",
        "result",
        "cost",
        "takeaway",
        "fails_if",
    ];
    for key in texts {
        writeln!(file, "{key} = \"{}\"", text()).expect("a string grows");
    }
    write!(
        file,
        "ask = [\"{}?\", \"{}?\"]\n\n[[claim]]\nid = \"one\"\npart = \"result\"\ntext = \"{}\"\nvalue = 3\nunit = \"days\"\n\
         base = \"{}\"\nyear = 2020\ngrade = \"single-source\"\nsource = \"page\"\n\n[[source]]\nid = \"page\"\n\
         title = \"{}\"\nyear = 2020\naddress = \"example.org\"\n",
        text(),
        text(),
        text(),
        text(),
        text(),
    )
    .expect("a string grows");
    file
}

/// A curriculum of nothing but cases, in use.
fn add(sandbox: &Sandbox, files: &[(String, String)]) {
    sandbox.file(
        "curricula/own/curriculum.toml",
        "format = 1\nid = \"own\"\ntitle = \"Own\"\nlanguage = \"en\"\nowner = \"Maya\"\nreview_by = 2027-01-01\nmodules = []\n",
    );
    for (id, text) in files {
        sandbox.file(&format!("curricula/own/cases/{id}.toml"), text);
    }
    let settings = sandbox.read("upwards.toml");
    sandbox.file(
        "upwards.toml",
        settings.replace("curricula = [", "curricula = [\"own\", "),
    );
}

/// A hundred cases in words that mean nothing.
fn nonsense() -> Vec<(String, String)> {
    const SYLLABLES: [&str; 12] = [
        "qua", "zu", "vro", "jix", "wub", "zha", "fju", "gnu", "kvo", "xel", "yqo", "pwi",
    ];
    let mut numbers = Numbers(7);
    let mut word = move || {
        (0..4)
            .map(|_| SYLLABLES[numbers.below(SYLLABLES.len())])
            .collect::<String>()
    };
    let mut file = |number: usize| {
        let id = format!("nonsense-{number}");
        let text = || format!("{} {} {}", word(), word(), word());
        (id.clone(), case_file(&id, "en", text))
    };
    (0..100).map(&mut file).collect()
}

#[test]
fn every_question_finds_its_case_among_nonsense() {
    let sandbox = Sandbox::halden();
    add(&sandbox, &nonsense());
    assert!(sandbox.run("cases list -f json").ok().rows().len() > MOST_PARSED_WHOLE + 90);
    let mut wrong = Vec::new();
    for (typed, expected) in QUESTIONS {
        let found = sandbox.run(&format!("cases search {typed} -f json")).ok().rows();
        let first = found.first().and_then(|row| row["case_id"].as_str());
        if first.unwrap_or("nothing") != *expected {
            wrong.push(format!("{typed}: {first:?}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_german_question_finds_a_german_case_among_nonsense() {
    let sandbox = Sandbox::halden();
    let mut files = nonsense();
    let mut texts = [
        "Das leere Postfach",
        "Müller & Söhne",
        "Der Vorstand schrieb ein Jahr lang keine E‑Mails.",
    ]
    .into_iter()
    .chain(std::iter::repeat("Die Geschäftsführung fragte nach der Größe."));
    let text = || texts.next().expect("a text").to_owned();
    files.push(("postfach".to_owned(), case_file("postfach", "de", text)));
    add(&sandbox, &files);
    let settings = sandbox.read("upwards.toml");
    sandbox.file("upwards.toml", format!("language = \"de\"\n{settings}"));
    for typed in [
        "wie werden wir im Vorstand die E-Mails los",
        "geschaftsfuhrung grösse",
        "Postfahc",
        "Muller",
    ] {
        let found = sandbox.run(&format!("cases search {typed} -f json")).ok().rows();
        assert_eq!(found[0]["case_id"], "postfach", "{typed}");
    }
}

/// Every shipped case with the text of its file.
fn shipped() -> Vec<(LibraryCase, String)> {
    let folders = built_in_curricula().into_iter();
    folders
        .flat_map(|id| all_of(&embedded::curricula(), &id))
        .collect()
}

fn all_of(tree: &Tree, curriculum: &CurriculumId) -> Vec<(LibraryCase, String)> {
    let folder = CaseFolder::open(tree, curriculum).expect("a folder");
    let one = |id| {
        let case = folder.load(id, "en");
        let case = case.value.unwrap_or_else(|| panic!("{:?}", case.findings));
        let curriculum = curriculum.clone();
        (LibraryCase { curriculum, case }, folder.texts(id, "en"))
    };
    folder.ids().iter().map(one).collect()
}

/// Those of all cases whose files are worth parsing.
fn likely(query: &Query, all: &[(LibraryCase, String)]) -> (Vec<LibraryCase>, Among) {
    let mut sieve = Sieve::new(query);
    let texts = all.iter().map(|(_, text)| FoldedText::new(text.clone()));
    let mut looked: Vec<Looked> = texts.map(|text| sieve.look(text)).collect();
    let nowhere = sieve.nowhere(&looked);
    let alike = sieve.alike(&nowhere, &looked);
    sieve.mean(alike);
    for one in &mut looked {
        one.held = sieve.look_again(one);
    }
    let (order, standing) = sieve.order(&looked, all.len());
    let kept = order
        .into_iter()
        .take(MOST_CANDIDATES)
        .map(|at| all[at].0.clone());
    let cases = all.len();
    (kept.collect(), Among { cases, standing })
}

/// Cases made of the sentences of shipped ones, so that many hold each word; questions of words from anywhere, some with a
/// slip. What is first of all is first of those that are left.
#[test]
fn what_a_search_of_all_shows_first_is_never_left_out() {
    let sandbox = Sandbox::halden();
    let mut all = shipped();
    let (mut sentences, mut words) = (Vec::new(), Vec::new());
    for (one, _) in &all {
        let case = &one.case;
        let texts = [
            &case.brief,
            &case.challenge,
            &case.result,
            &case.takeaway,
            &case.title,
        ];
        for text in texts {
            let sound = text
                .split_inclusive(['.', ';', ','])
                .filter(|part| !part.contains(['"', '\\']));
            sentences.extend(
                sound
                    .map(|part| part.trim().to_owned())
                    .filter(|part| (6..80).contains(&part.len())),
            );
            words.extend(
                text.split(|c: char| !c.is_alphanumeric() && c != '-')
                    .map(str::to_owned),
            );
        }
    }
    words.retain(|word| word.len() > 2);
    let equal = [
        "ceo",
        "sacked",
        "phone",
        "ai",
        "e-mail",
        "chief executive",
        "shitstorm",
        "ads",
        "client",
        "2015",
        "x",
    ];
    words.extend(equal.into_iter().cycle().take(words.len() / 5).map(str::to_owned));
    let mut numbers = Numbers(11);
    let mut file = |number: usize| {
        let id = format!("made-{number}");
        let text = || numbers.of(&sentences).to_owned();
        (id.clone(), case_file(&id, "en", text))
    };
    let files: Vec<(String, String)> = (0..240).map(&mut file).collect();
    add(&sandbox, &files);
    all.extend(all_of(
        &Tree::Folder(sandbox.path("")),
        &"own".parse().expect("an id"),
    ));
    all.sort_by(|(a, _), (b, _)| (&a.case.id, &a.curriculum).cmp(&(&b.case.id, &b.curriculum)));
    let whole: Vec<LibraryCase> = all.iter().map(|(one, _)| one.clone()).collect();
    let mut numbers = Numbers(13);
    let mut found = 0;
    for _ in 0..60 {
        let count = 1 + numbers.below(4);
        let mut typed: Vec<String> = (0..count).map(|_| numbers.of(&words).to_owned()).collect();
        if numbers.below(3) == 0 {
            let word = &mut typed[0];
            let at = numbers.below(word.chars().count());
            *word = word
                .chars()
                .enumerate()
                .filter(|(place, _)| *place != at)
                .map(|(_, c)| c)
                .collect();
        }
        let typed = typed.join(" ");
        let Some(query) = Query::new(&typed, "en") else {
            continue;
        };
        let name = |found: &library::Found<'_>| found.case.case.id.to_string();
        let of_all = library::search(&query, &whole, &Among::default());
        let (kept, among) = likely(&query, &all);
        let of_kept = library::search(&query, &kept, &among);
        found += usize::from(!of_all.is_empty());
        assert_eq!(of_kept.first().map(name), of_all.first().map(name), "{typed}");
    }
    assert!(found > 40, "{found}");
}
