//! What a file kind may hold, as data: one table for each kind, read by the walk that finds all faults in one pass, and
//! by whoever prints what is allowed.

use std::ops::Range;

use toml::de::DeTable;

use super::walk::Walk;

/// A table of a file, or the file itself.
pub struct Shape {
    /// What one of them is, as `step`.
    pub what: &'static str,
    /// Keys it may have.
    pub keys: &'static [Key],
    /// Further keys, told apart by the word of the key `kind`.
    pub kinds: &'static [KindOfStep],
    /// Whether it may have other keys too, which are not looked at.
    pub is_open: bool,
    /// Rules over several keys of the table, looked at after each key by itself.
    pub(super) also: Also,
}

/// A rule over several keys.
pub(super) type Also = fn(&mut Walk<'_>, &DeTable<'_>, &Range<usize>);

/// Keys of tables whose `kind` is this word.
pub struct KindOfStep {
    /// The word.
    pub word: &'static str,
    /// Keys beyond those every kind has; one of the same name replaces the common one.
    pub keys: &'static [Key],
}

/// One key.
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// Whether it must be there.
    pub needed: bool,
    /// What may stand behind it.
    pub form: Form,
    /// What it is for, with its default if it may be left out.
    pub about: &'static str,
}

/// What may stand behind a key.
pub enum Form {
    /// The number of the file format: 1.
    Version,
    /// An id or free slug: `a-z`, `0-9`, `-`.
    Slug,
    /// The name of something by its ids.
    Reference {
        /// Whether it has one part, two parts joined by a dot, or either.
        parts: Parts,
        /// Whether the curriculum may stand in front, as `other/serve`.
        may_name_curriculum: bool,
    },
    /// One line of at most 80 characters.
    Title,
    /// Plain text of at most 4,000 characters.
    Text,
    /// A language, as `en`.
    Language,
    /// A country, as `DK`.
    Country,
    /// A currency, as `EUR`.
    Currency,
    /// An e-mail address.
    Email,
    /// The start of web addresses.
    Base,
    /// One character.
    Character,
    /// A day, native or quoted.
    Date,
    /// A whole number.
    Whole {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// A number with at most three decimals, or a range of two.
    Measured,
    /// A year, or the first and the last.
    Years,
    /// `true` or `false`.
    YesNo,
    /// One of some words.
    Word {
        /// What the words are, as `kind of step`.
        what: &'static str,
        /// The words.
        words: &'static [&'static str],
    },
    /// A list.
    List {
        /// Of what.
        of: &'static Form,
        /// Fewest entries.
        least: usize,
        /// Most entries.
        most: usize,
        /// Whether each entry may be there once only.
        distinct: bool,
    },
    /// A table of its own.
    Table(&'static Shape),
    /// Several tables of one kind, as `[[step]]`.
    Tables {
        /// Of which kind.
        of: &'static Shape,
        /// Fewest of them.
        least: usize,
        /// Most of them.
        most: usize,
        /// Whether the key `id` must differ from table to table.
        distinct: bool,
    },
    /// A table with keys of the writer's own.
    Map {
        /// What the keys are.
        keys: &'static Form,
        /// What the values are.
        values: &'static Form,
    },
}

/// How many parts a reference has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parts {
    /// `serve`.
    One,
    /// `module.step`.
    Two,
    /// Either.
    OneOrTwo,
}

/// Most entries of a list or tables of a kind where no smaller number is stated; a file of 4 MiB holds no more.
pub(super) const MANY: usize = 1_000_000;

/// An id of this curriculum or file.
pub(super) const ONE_PART: Form = Form::Reference {
    parts: Parts::One,
    may_name_curriculum: false,
};

/// An id that may have its curriculum in front.
pub(super) const ONE_PART_ANYWHERE: Form = Form::Reference {
    parts: Parts::One,
    may_name_curriculum: true,
};

/// A short id, or one with its module in front.
pub(super) const ONE_OR_TWO_PARTS: Form = Form::Reference {
    parts: Parts::OneOrTwo,
    may_name_curriculum: false,
};

/// Two ids with a dot between.
pub(super) const TWO_PARTS: Form = Form::Reference {
    parts: Parts::Two,
    may_name_curriculum: false,
};

/// The number of revisions an author may reach.
pub(super) const REVISION: Form = Form::Whole {
    least: 1,
    most: 1_000_000,
};

/// The key every file starts with.
pub(super) const FORMAT: Key = needed("format", Form::Version, "the file format: 1");

/// A key that must be there.
pub(super) const fn needed(name: &'static str, form: Form, about: &'static str) -> Key {
    Key {
        name,
        needed: true,
        form,
        about,
    }
}

/// A key that may be left out.
pub(super) const fn optional(name: &'static str, form: Form, about: &'static str) -> Key {
    Key {
        name,
        needed: false,
        form,
        about,
    }
}

/// A list of at least one.
pub(super) const fn some_of(of: &'static Form) -> Form {
    Form::List {
        of,
        least: 1,
        most: MANY,
        distinct: false,
    }
}

/// A list of at least one, each entry once.
pub(super) const fn some_distinct(of: &'static Form) -> Form {
    Form::List {
        of,
        least: 1,
        most: MANY,
        distinct: true,
    }
}

/// A list that may be empty, each entry once.
pub(super) const fn any_distinct(of: &'static Form) -> Form {
    Form::List {
        of,
        least: 0,
        most: MANY,
        distinct: true,
    }
}

/// A table of keys without kinds and without rules over several of them.
pub(super) const fn shape(what: &'static str, keys: &'static [Key]) -> Shape {
    shape_with(what, keys, nothing_more)
}

/// A table of keys with rules over several of them.
pub(super) const fn shape_with(what: &'static str, keys: &'static [Key], also: Also) -> Shape {
    Shape {
        what,
        keys,
        kinds: &[],
        is_open: false,
        also,
    }
}

/// A table of which only these keys are looked at by themselves; the others by a rule over all of them.
pub(super) const fn open_shape_with(what: &'static str, keys: &'static [Key], also: Also) -> Shape {
    Shape {
        what,
        keys,
        kinds: &[],
        is_open: true,
        also,
    }
}

/// The rule that asks for nothing.
pub(super) fn nothing_more(_: &mut Walk<'_>, _: &DeTable<'_>, _: &Range<usize>) {}

impl Shape {
    /// The key of a name, for a table of this kind; without a kind any key that some kind has.
    pub fn key(&self, name: &str, kind: Option<&str>) -> Option<&'static Key> {
        let special = self
            .kinds
            .iter()
            .filter(|k| kind.is_none_or(|word| k.word == word));
        let mut keys = special.flat_map(|k| k.keys).chain(self.keys);
        keys.find(|key| key.name == name)
    }

    /// All keys of a table of this kind; without a kind those that every kind has.
    pub fn keys_of(&self, kind: Option<&str>) -> impl Iterator<Item = &'static Key> {
        let special = self.kinds.iter().find(|k| Some(k.word) == kind);
        let special: &'static [Key] = special.map_or(&[], |k| k.keys);
        let common = self
            .keys
            .iter()
            .filter(|c| special.iter().all(|s| s.name != c.name));
        common.chain(special)
    }

    /// The kind whose tables have a key of this name.
    pub fn kind_with(&self, name: &str) -> Option<&'static str> {
        let mut kinds = self.kinds.iter();
        kinds
            .find(|k| k.keys.iter().any(|key| key.name == name))
            .map(|k| k.word)
    }
}

impl Form {
    /// What is expected, in a few words.
    pub fn expected(&self) -> String {
        match self {
            Self::Version => "the number 1".to_owned(),
            Self::Slug => "an id: a-z, 0-9 and -".to_owned(),
            Self::Reference {
                parts: Parts::Two, ..
            } => "two ids joined by a dot".to_owned(),
            Self::Reference { .. } => "an id".to_owned(),
            Self::Title | Self::Text => "text in quotes".to_owned(),
            Self::Language => "a language in two letters, as \"en\"".to_owned(),
            Self::Country => "a country in two capitals, as \"DK\"".to_owned(),
            Self::Currency => "a currency in three capitals, as \"EUR\"".to_owned(),
            Self::Email => "an e-mail address".to_owned(),
            Self::Base => "an address that starts with https:// or urn:".to_owned(),
            Self::Character => "one character".to_owned(),
            Self::Date => "a date, as 2026-03-16".to_owned(),
            Self::Whole { least, most } => format!("a whole number from {least} to {most}"),
            Self::Measured => "a number with at most 3 decimals, or a range of two".to_owned(),
            Self::Years => "a year, or [first, last]".to_owned(),
            Self::YesNo => "true or false".to_owned(),
            Self::Word { words, .. } => crate::base::words::or_list(words),
            Self::List { of, .. } => format!("a list, each entry {}", of.expected()),
            Self::Table(shape) => format!("a table of {}", shape.what),
            Self::Tables { of, .. } => format!("tables in double brackets, one for each {}", of.what),
            Self::Map { values, .. } => format!("a table, each value {}", values.expected()),
        }
    }
}
