//! Ids of everything that is named: one slug rule, one type each, so that a module can never be taken for a person.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// Longest id in bytes (`formats.md`: Windows paths stay short enough with four of them in a row).
pub const MAX_ID: usize = 64;

/// Names that Windows reserves for devices; a file `con.toml` cannot exist there.
pub const WINDOWS_DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Why a text is no id.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum IdError {
    /// Nothing was written.
    #[error("an id cannot be empty")]
    Empty,
    /// More than [`MAX_ID`] bytes.
    #[error("an id has at most {MAX_ID} characters, this one has {0}")]
    TooLong(usize),
    /// A character outside `a-z`, `0-9`, `-`, or `-` in front.
    #[error("an id consists of a-z, 0-9 and - and starts with a letter or digit; {0:?} does not fit")]
    Character(char),
    /// A name Windows keeps for a device.
    #[error("{0:?} is a device name on Windows and can be no id")]
    Device(String),
    /// A pair id without its dot, or with more than one.
    #[error("write it as module.name")]
    NotDotted,
    /// Not in the form of a uuid.
    #[error("not a uuid")]
    NotUuid,
}

/// Checks one slug: `[a-z0-9]`, then `[a-z0-9-]`, at most [`MAX_ID`], no Windows device name.
pub fn check_slug(text: &str) -> Result<(), IdError> {
    if text.is_empty() {
        return Err(IdError::Empty);
    }
    if text.len() > MAX_ID {
        return Err(IdError::TooLong(text.chars().count()));
    }
    for (place, c) in text.char_indices() {
        let fits = c.is_ascii_lowercase() || c.is_ascii_digit() || (c == '-' && place > 0);
        if !fits {
            return Err(IdError::Character(c));
        }
    }
    if WINDOWS_DEVICES.contains(&text) {
        return Err(IdError::Device(text.to_owned()));
    }
    Ok(())
}

/// Makes a slug out of any text: lower case, accents dropped where they are plain Latin, everything else a dash.
/// Empty if nothing usable is left.
pub fn slugify(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut out = String::new();
    for c in text.nfkd().flat_map(char::to_lowercase) {
        match c {
            'ß' => out.push_str("ss"),
            'ø' => out.push('o'),
            'æ' => out.push_str("ae"),
            'ł' => out.push('l'),
            c if c.is_ascii_alphanumeric() => out.push(c),
            c if unicode_normalization::char::is_combining_mark(c) || c == '\'' || c == '’' => {}
            _ if out.is_empty() || out.ends_with('-') => {}
            _ => out.push('-'),
        }
    }
    out.truncate(MAX_ID);
    let trimmed = out.trim_end_matches('-');
    if WINDOWS_DEVICES.contains(&trimmed) {
        format!("{trimmed}-1")
    } else {
        trimmed.to_owned()
    }
}

/// What the ids of a person's pages begin with: `eli-page-`; of a very long id as much as leaves room for the rest.
pub fn page_beginning(person: &str) -> String {
    const ROOM: usize = MAX_ID - "-page-4f7q".len();
    let room = person
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .take_while(|end| *end <= ROOM);
    let end = room.last().unwrap_or(0);
    format!("{}-page-", person[..end].trim_end_matches('-'))
}

macro_rules! slug_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// The id as it is written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                check_slug(text)?;
                Ok(Self(text.into()))
            }
        }

        id_traits!($name);
    };
}

macro_rules! dotted_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// Puts the id together from its module and its short id.
            pub fn new(module: &ModuleId, short: &str) -> Result<Self, IdError> {
                check_slug(short)?;
                Ok(Self(format!("{module}.{short}").into()))
            }

            /// The id as it is written: `module.short`.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The part before the dot.
            pub fn module(&self) -> &str {
                self.0.split_once('.').map_or("", |(module, _)| module)
            }

            /// The part behind the dot.
            pub fn short(&self) -> &str {
                self.0.split_once('.').map_or(&*self.0, |(_, short)| short)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                let (module, short) = text.split_once('.').ok_or(IdError::NotDotted)?;
                check_slug(module)?;
                check_slug(short)?;
                Ok(Self(text.into()))
            }
        }

        id_traits!($name);
    };
}

macro_rules! id_traits {
    ($name:ident) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                *self.0 == *other
            }
        }
    };
}

slug_id!(
    /// Names a person within a workspace, as `ana`.
    PersonId
);
slug_id!(
    /// Names a group of people within a workspace, as `board`.
    GroupId
);
slug_id!(
    /// Names a curriculum, as `efficiency`.
    CurriculumId
);
slug_id!(
    /// Names a capability within its curriculum, as `serve`.
    CapabilityId
);
slug_id!(
    /// Names a module within its curriculum, as `answer-in-public`.
    ModuleId
);
slug_id!(
    /// Names a case within its curriculum, as `klm-social-service`.
    CaseId
);
slug_id!(
    /// Names one device of one person, or a ten-minute page, as `ana-laptop-7k2p`.
    DeviceId
);
slug_id!(
    /// Names a workspace for ever, as `halden-3f9c`; the private folder carries it.
    WorkspaceId
);
slug_id!(
    /// A free slug: sector, function, challenge, rival tag.
    Slug
);
dotted_id!(
    /// Names a step within its curriculum, as `answer-in-public.klm`.
    StepId
);
dotted_id!(
    /// Names a question within its curriculum, as `answer-in-public.first-words`.
    QuestionId
);

/// Names one event, everywhere and for ever: a uuid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(u128);

impl EventId {
    /// Reads the usual form, `8-4-4-4-12` hex digits, from exactly its bytes: the quick way for logs.
    pub fn from_ascii(text: &[u8; 36]) -> Option<Self> {
        if [text[8], text[13], text[18], text[23]] != *b"----" {
            return None;
        }
        let mut digits = [0; 32];
        digits[..8].copy_from_slice(&text[..8]);
        digits[8..12].copy_from_slice(&text[9..13]);
        digits[12..16].copy_from_slice(&text[14..18]);
        digits[16..20].copy_from_slice(&text[19..23]);
        digits[20..].copy_from_slice(&text[24..]);
        // Without a branch for each digit, so that many are worked out together; whether all of them were digits is
        // asked once, behind them.
        let mut others = 0;
        for digit in &mut digits {
            let (number, letter) = (digit.wrapping_sub(b'0'), (*digit | 0x20).wrapping_sub(b'a'));
            others |= u8::from(number > 9) & u8::from(letter > 5);
            *digit = if number < 10 {
                number
            } else {
                letter.wrapping_add(10)
            };
        }
        let mut bytes = [0; 16];
        for (byte, at) in bytes.iter_mut().zip((0..32).step_by(2)) {
            *byte = digits[at] << 4 | digits[at + 1];
        }
        (others == 0).then_some(Self(u128::from_be_bytes(bytes)))
    }

    /// The last 32 bits of it: where two of these differ, the ids do.
    #[expect(clippy::cast_possible_truncation, reason = "the last bits are meant")]
    pub fn part(self) -> u32 {
        self.0 as u32
    }

    /// Makes an id of 16 random bytes, setting the version (4) and variant bits.
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(uuid::Builder::from_random_bytes(bytes).into_uuid().as_u128())
    }
}

impl FromStr for EventId {
    type Err = IdError;
    /// Reads the usual form only, `8-4-4-4-12` hex digits; capitals are read and written small.
    fn from_str(text: &str) -> Result<Self, IdError> {
        let bytes = text.as_bytes().first_chunk().filter(|_| text.len() == 36);
        bytes.and_then(Self::from_ascii).ok_or(IdError::NotUuid)
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        uuid::Uuid::from_u128(self.0).hyphenated().fmt(f)
    }
}

/// The beginning of an event's or a meeting's name, as lists show it and commands take it.
pub fn short(name: &str) -> &str {
    name.get(..8).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_follow_one_rule() {
        for good in [
            "a",
            "0",
            "ana",
            "answer-in-public",
            "a--b",
            "con1",
            &"a".repeat(64),
        ] {
            assert_eq!(check_slug(good), Ok(()), "{good}");
        }
        for (bad, why) in [
            ("", IdError::Empty),
            ("-a", IdError::Character('-')),
            ("Ana", IdError::Character('A')),
            ("a_b", IdError::Character('_')),
            ("a.b", IdError::Character('.')),
            ("../x", IdError::Character('.')),
            ("ü", IdError::Character('ü')),
            ("nul", IdError::Device("nul".into())),
        ] {
            assert_eq!(check_slug(bad), Err(why), "{bad}");
        }
        assert_eq!(check_slug(&"a".repeat(65)), Err(IdError::TooLong(65)));
    }

    #[test]
    fn a_step_has_a_module_and_a_short_id() {
        let id: StepId = "answer-in-public.klm".parse().unwrap();
        assert_eq!((id.module(), id.short()), ("answer-in-public", "klm"));
        assert_eq!("klm".parse::<StepId>(), Err(IdError::NotDotted));
        assert!("a.b.c".parse::<StepId>().is_err());
    }

    #[test]
    fn names_become_slugs() {
        assert_eq!(slugify("Krüger-Höpfner, Änne"), "kruger-hopfner-anne");
        assert_eq!(slugify("O'Neil  Ann"), "oneil-ann");
        assert_eq!(slugify("Søren Ægidius Weiß"), "soren-aegidius-weiss");
        assert_eq!(slugify("山田 太郎"), "");
        assert_eq!(slugify("CON"), "con-1");
    }

    #[test]
    fn event_ids_are_uuids_and_nothing_else() {
        let text = "3b9f1c52-8d0e-4a67-9c11-5e2f7a90d001";
        let id: EventId = text.parse().unwrap();
        assert_eq!(id.to_string(), text);
        assert_eq!(text.to_uppercase().parse::<EventId>(), Ok(id));
        for bad in [
            "",
            "3b9f1c528d0e4a679c115e2f7a90d001",
            "{3b9f1c52-8d0e-4a67-9c11-5e2f7a90d001}",
            "x",
        ] {
            assert!(bad.parse::<EventId>().is_err(), "{bad}");
        }
        assert_eq!(
            EventId::from_random([0; 16]).to_string(),
            "00000000-0000-4000-8000-000000000000"
        );
    }
}
