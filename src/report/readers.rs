//! Who can read what is shared about a person, and how it gets there: computed from `[sharing] layout`, for every screen,
//! prompt and page that says it.

use crate::base::text::capitalised;
use crate::base::texts::t;
use crate::base::time::Date;
use crate::base::words::and_list;
use crate::model::settings::Layout;
use crate::model::workspace::Workspace;

/// Who can read what is shared about one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readers {
    layout: Layout,
    folder: String,
    leaders: Vec<String>,
    everybody: Vec<String>,
    /// Whose copies hold the person's pairs and talks with them.
    mentors: Vec<String>,
}

impl Readers {
    /// Those of a person's shared log on a day.
    pub fn of(workspace: &Workspace, person: &str, day: Date) -> Self {
        let here = workspace.people.iter().filter(|p| p.is_here(day) && !p.external);
        Self {
            layout: workspace.settings.layout,
            folder: format!("progress/{person}/"),
            leaders: workspace.leaders(day).map(|p| p.name.clone()).collect(),
            everybody: here.map(|p| p.name.clone()).collect(),
            mentors: Vec::new(),
        }
    }

    /// The same where these mentor the person, or did: under packets their copies hold the pairs and the talks with them.
    #[must_use]
    pub fn with_mentors(mut self, names: Vec<String>) -> Self {
        if self.layout == Layout::Packets {
            self.mentors = names;
        }
        self
    }

    /// Whether mentors read pairs and talks too, who read nothing else.
    pub fn have_mentors(&self) -> bool {
        !self.mentors.is_empty()
    }

    /// Who can read pairs and talks, to go on with: leaders and mentors.
    pub fn who_with_mentors(&self) -> String {
        if self.mentors.is_empty() {
            return self.who();
        }
        let others = self.mentors.iter().filter(|name| !self.leaders.contains(name));
        let names: Vec<&String> = self.leaders.iter().chain(others).collect();
        and_list(&names)
    }

    /// Whether anybody in particular reads it.
    pub fn are_named(&self) -> bool {
        !self.leaders.is_empty() || self.layout != Layout::Packets
    }

    /// Names of the leaders, or words for that nobody is one.
    pub fn leaders(&self) -> String {
        match self.leaders.as_slice() {
            [] => t!("privacy.no_leader", "nobody in particular: no leader is named"),
            names => and_list(names),
        }
    }

    /// Who can read it, to go on with: `Maya Lund`, `everybody with the repository (…)`.
    pub fn who(&self) -> String {
        match (self.layout, self.leaders.as_slice()) {
            (Layout::Packets, []) => t!("privacy.nobody", "whoever leads this"),
            (Layout::Packets, names) => and_list(names),
            (Layout::Folder, []) => t!(
                "readers.folder.none",
                "who has rights to {folder}",
                folder = self.folder
            ),
            (Layout::Folder, names) => t!(
                "readers.folder",
                "who has rights to {folder} ({leaders} should, nobody else)",
                folder = self.folder,
                leaders = and_list(names)
            ),
            (Layout::Git, _) => t!(
                "readers.git",
                "everybody with the repository ({names})",
                names = self.some_of_all()
            ),
        }
    }

    /// The same at the beginning of a sentence.
    pub fn who_first(&self) -> String {
        capitalised(&self.who())
    }

    /// `shared: Maya Lund reads this`, for a prompt.
    pub fn prompt(&self) -> String {
        match (self.layout, self.leaders.as_slice()) {
            (Layout::Packets, []) => t!("seen.all", "shared: who can open the workspace reads this"),
            (Layout::Packets, [one]) => t!("seen.one", "shared: {name} reads this", name = one),
            (Layout::Packets, several) => t!(
                "seen.several",
                "shared: {names} read this",
                names = and_list(several)
            ),
            (Layout::Folder, _) => t!(
                "seen.folder",
                "shared: who has rights to {folder} reads this",
                folder = self.folder
            ),
            (Layout::Git, _) => t!("seen.git", "shared: everybody with the repository reads this"),
        }
    }

    /// How it gets to them, to go on with: `with your next send`.
    pub fn way(&self) -> String {
        match self.layout {
            Layout::Packets => t!("readers.way.packets", "with your next send"),
            Layout::Folder => t!("readers.way.folder", "as soon as the folder syncs"),
            Layout::Git => t!("readers.way.git", "with your next sync"),
        }
    }

    /// Who reads what somebody mails to a leader, in a sentence.
    pub fn of_receipts(&self, workspace: &str) -> String {
        match (self.leaders.as_slice(), self.layout) {
            ([], Layout::Packets) => t!("page.readers.none", "Who receives it reads it."),
            ([one], Layout::Packets) => t!("page.readers.one", "{name} reads it.", name = one),
            (several, Layout::Packets) => {
                t!(
                    "page.readers.several",
                    "{names} read it.",
                    names = and_list(several)
                )
            }
            (_, Layout::Folder) => t!(
                "page.readers.folder",
                "It is kept in the folder of {workspace}: whoever has the rights to that folder reads it.",
                workspace = workspace
            ),
            (_, Layout::Git) => t!(
                "page.readers.git",
                "It is kept in the repository of {workspace}: everybody with that repository reads it.",
                workspace = workspace
            ),
        }
    }

    /// The code of who reads it, for files.
    pub fn code(&self) -> &'static str {
        match self.layout {
            Layout::Packets => "leaders",
            Layout::Folder => "folder-rights",
            Layout::Git => "repository",
        }
    }

    /// What the layout means, in a sentence.
    pub fn layout_sentence(&self) -> String {
        match self.layout {
            Layout::Packets if self.have_mentors() => t!(
                "readers.layout.packets.mentor",
                "How logs travel here: packets. The copy of {mentors} holds your pair with them, planned talks and talks that were held (day, minutes, topic, attendance), not why you were paired and not what you said you would do. Other copies do not hold this log.",
                mentors = and_list(&self.mentors)
            ),
            Layout::Packets => t!(
                "readers.layout.packets",
                "How logs travel here: packets. Others' copies do not hold this log."
            ),
            Layout::Folder => t!(
                "readers.layout.folder",
                "How logs travel here: a synced folder. Its rights decide, and upwards cannot see them; what they must be is in RIGHTS.txt: {folder} for its person and {leaders}, nobody else.",
                folder = self.folder,
                leaders = self.leaders()
            ),
            Layout::Git => t!(
                "readers.layout.git",
                "How logs travel here: git. Every shared log is readable to everybody with the repository."
            ),
        }
    }

    fn some_of_all(&self) -> String {
        /// Longer lists are cut.
        const NAMED: usize = 3;
        if self.everybody.len() <= NAMED + 1 {
            return and_list(&self.everybody);
        }
        t!(
            "readers.and_more",
            "{names} and {n} more",
            names = self.everybody[..NAMED].join(", "),
            n = self.everybody.len() - NAMED
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::person::{Person, Role};

    #[test]
    fn the_layout_decides_who_reads() {
        let day: Date = "2026-03-16".parse().unwrap();
        let person = |id: &str, role: Role| Person::new(id.parse().unwrap(), id, role);
        let mut people = vec![person("maya", Role::Leader)];
        people.extend(["ana", "bo", "chen", "dana"].map(|id| person(id, Role::Executive)));
        let mut halden = Workspace {
            settings: crate::progress::samples::settings(),
            people,
            groups: Vec::new(),
            erased: std::collections::BTreeSet::new(),
            curricula: Vec::new(),
        };
        let said = |halden: &Workspace| {
            let readers = Readers::of(halden, "ana", day);
            (readers.who(), readers.prompt(), readers.way())
        };
        assert_eq!(
            said(&halden),
            (
                "maya".to_owned(),
                "shared: maya reads this".to_owned(),
                "with your next send".to_owned()
            )
        );
        halden.settings.layout = Layout::Folder;
        assert_eq!(
            said(&halden),
            (
                "who has rights to progress/ana/ (maya should, nobody else)".to_owned(),
                "shared: who has rights to progress/ana/ reads this".to_owned(),
                "as soon as the folder syncs".to_owned()
            )
        );
        halden.settings.layout = Layout::Git;
        assert_eq!(
            said(&halden),
            (
                "everybody with the repository (maya, ana, bo and 2 more)".to_owned(),
                "shared: everybody with the repository reads this".to_owned(),
                "with your next sync".to_owned()
            )
        );
        assert_eq!(
            Readers::of(&halden, "ana", day).who_first().chars().next(),
            Some('E')
        );
    }
}
