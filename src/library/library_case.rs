//! A case with the curriculum it lies in: ids are unique only there.

use crate::base::id::CurriculumId;
use crate::model::case::Case;

/// A case and the curriculum it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryCase {
    /// The curriculum whose folder it lies in.
    pub curriculum: CurriculumId,
    /// What it says.
    pub case: Case,
}

impl LibraryCase {
    /// `klm-social-service`; with its curriculum where another case of the library has the same id.
    pub fn name(&self, library: &[LibraryCase]) -> String {
        let same = library.iter().filter(|other| other.case.id == self.case.id);
        if same.count() > 1 {
            format!("{}/{}", self.curriculum, self.case.id)
        } else {
            self.case.id.to_string()
        }
    }
}
