//! A case study and its claims: every number is typed, graded and sourced.

use crate::base::id::{CapabilityId, CaseId, Slug};
use crate::base::texts::t;
use crate::base::time::Date;

/// One case study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The id; its file is named after it.
    pub id: CaseId,
    /// The title on screens.
    pub title: String,
    /// Revision; recorded when somebody reads it.
    pub rev: u32,
    /// Two-letter language.
    pub language: Option<String>,
    /// Who did it.
    pub organisation: String,
    /// Sector slug.
    pub sector: Slug,
    /// Size by employees.
    pub size: Size,
    /// Two-letter country.
    pub country: String,
    /// First and last year it tells of.
    pub years: (u32, u32),
    /// What it is about: customer-service, marketing, innovation, internal, leadership, governance, risk.
    pub functions: Vec<Slug>,
    /// Capabilities it serves.
    pub capabilities: Vec<CapabilityId>,
    /// Worries it answers.
    pub challenges: Vec<Slug>,
    /// Whether it went wrong.
    pub failed: bool,
    /// Who may get it.
    pub permission: Permission,
    /// Who keeps it.
    pub owner: String,
    /// When it should be looked at again.
    pub review_by: Date,
    /// Whose idea or lead it was.
    pub credit: Option<String>,
    /// At most 110 words, shown first.
    pub brief: String,
    /// What changed since, one line.
    pub since: String,
    /// The problem.
    pub challenge: String,
    /// What they did.
    pub action: String,
    /// What came of it, beside the claims.
    pub result: String,
    /// What it cost or risked.
    pub cost: String,
    /// What went wrong on the way.
    pub backfire: Option<String>,
    /// What an executive should take from it.
    pub takeaway: String,
    /// Two questions for one's own company.
    pub ask: Vec<String>,
    /// What would make it fail here.
    pub fails_if: String,
    /// Every number of the text.
    pub claims: Vec<Claim>,
    /// Where the numbers come from.
    pub sources: Vec<Source>,
}

/// Size of an organisation by employees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    /// Fewer than 250.
    Small,
    /// Fewer than 5,000.
    Medium,
    /// Fewer than 50,000.
    Large,
    /// 50,000 and more.
    VeryLarge,
}

impl Size {
    /// All sizes with their words in files.
    pub const ALL: [(&'static str, Self); 4] = [
        ("small", Self::Small),
        ("medium", Self::Medium),
        ("large", Self::Large),
        ("very-large", Self::VeryLarge),
    ];

    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
            Self::VeryLarge => "very-large",
        }
    }
}

/// Who may get a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// Everybody.
    Public,
    /// This company only; never in packs unless asked.
    Internal,
    /// Everybody, the organisation's name left out.
    Anonymised,
}

/// Under which heading a claim is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClaimPart {
    /// What was done.
    Action,
    /// What came of it.
    Result,
    /// What it cost.
    Cost,
    /// What went wrong.
    Backfire,
}

/// A number in a case, with everything needed to doubt it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Short id within the case.
    pub id: String,
    /// Heading it stands under.
    pub part: ClaimPart,
    /// The sentence.
    pub text: String,
    /// The value in thousandths, or first and last of a range.
    pub value: (i64, Option<i64>),
    /// What is counted.
    pub unit: String,
    /// Share of what, compared with what, counted how.
    pub base: String,
    /// First and last year.
    pub years: (u32, u32),
    /// Whether the source says "about".
    pub about: bool,
    /// How well it is supported.
    pub grade: ClaimGrade,
    /// Source id within the case.
    pub source: String,
    /// Self-reported, and by whom.
    pub said_by: Option<String>,
    /// Another source id, or the reason it is disputed.
    pub contested_by: Option<String>,
    /// The calculation, where the value is ours.
    pub derived: Option<String>,
}

impl Claim {
    /// The grade as shown: contested first, then the author's, with "self-reported" where somebody said so.
    pub fn shown_grade(&self) -> String {
        let grade = if self.contested_by.is_some() {
            t!("claim.contested", "contested")
        } else {
            self.grade.shown()
        };
        if self.said_by.is_some() {
            t!("claim.self_reported", "{grade}, self-reported", grade = grade)
        } else {
            grade
        }
    }
}

/// How well a claim is supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimGrade {
    /// Two independent pages, or better.
    Verified,
    /// One page.
    SingleSource,
}

impl ClaimGrade {
    /// The word on screens.
    pub fn shown(self) -> String {
        match self {
            Self::Verified => t!("claim.verified", "verified"),
            Self::SingleSource => t!("claim.single_source", "single source"),
        }
    }
}

/// Where a number comes from. Addresses were read from copies; nobody says they are live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Short id within the case.
    pub id: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its year.
    pub year: Option<u32>,
    /// Its address, without scheme.
    pub address: String,
}

impl Source {
    /// In one line: author, title, publisher, year, address; what repeats is said once.
    pub fn words(&self) -> String {
        let year = self.year.map(|y| y.to_string());
        let parts = [
            self.author.as_ref(),
            Some(&self.title),
            self.publisher.as_ref(),
            year.as_ref(),
            Some(&self.address),
        ];
        let mut shown: Vec<&str> = Vec::new();
        for part in parts.into_iter().flatten() {
            if !shown.contains(&part.as_str()) {
                shown.push(part);
            }
        }
        shown.join(", ")
    }
}
