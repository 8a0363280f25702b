//! Which column of somebody's table holds which of our keys: headings as personnel systems write them, compared without
//! case, blanks and signs.

use std::collections::BTreeMap;

use super::people_import::ImportOptions;
use super::people_table::Table;

/// Keys that can be imported, with the headings other systems use for them. Of several that fit, the first of a list
/// wins: a number before an address before a name.
pub(super) const HEADINGS: [(&str, &[&str]); 16] = [
    (
        "id",
        &[
            "id",
            "userid",
            "employeeid",
            "employeenumber",
            "employeeno",
            "employeenr",
            "employeecode",
            "workerid",
            "personid",
            "personnumber",
            "personnelnumber",
            "personnelno",
            "pernr",
            "staffid",
            "staffnumber",
            "associateid",
            "empid",
            "eid",
            "personalnummer",
            "personalnr",
            "mitarbeiternummer",
            "mitarbeiternr",
            "mitarbeiterid",
            "matricule",
            "username",
            "login",
            "benutzername",
            "externalid",
        ],
    ),
    (
        "name",
        &[
            "name",
            "fullname",
            "displayname",
            "employeename",
            "workername",
            "worker",
            "employee",
            "person",
            "legalname",
            "mitarbeiter",
            "mitarbeitername",
            "nomcomplet",
        ],
    ),
    (
        "first_name",
        &[
            "firstname",
            "givenname",
            "forename",
            "preferredfirstname",
            "preferrednamefirstname",
            "legalfirstname",
            "legalnamefirstname",
            "vorname",
            "rufname",
            "prénom",
            "prenom",
        ],
    ),
    (
        "last_name",
        &[
            "lastname",
            "surname",
            "familyname",
            "preferredlastname",
            "preferrednamelastname",
            "legallastname",
            "legalnamelastname",
            "nachname",
            "familienname",
            "nom",
        ],
    ),
    ("roles", &["role", "roles", "rolle", "rollen"]),
    (
        "groups",
        &[
            "group", "groups", "team", "cohort", "tags", "tag", "gruppe", "gruppen",
        ],
    ),
    (
        "unit",
        &[
            "unit",
            "department",
            "departmentname",
            "orgunit",
            "orgunitname",
            "organizationalunit",
            "organisationalunit",
            "abteilung",
            "organisationseinheit",
            "businessunit",
            "division",
            "supervisoryorganization",
            "organization",
            "bereich",
            "service",
        ],
    ),
    ("function", &["function", "funktion"]),
    (
        "email",
        &[
            "email",
            "mail",
            "emailaddress",
            "workemail",
            "workemailaddress",
            "emailprimarywork",
            "primaryworkemail",
            "emailwork",
            "businessemail",
            "businessemailaddress",
            "businessemailinformationemailaddress",
            "companyemail",
            "primaryemail",
            "mailadresse",
            "emailadresse",
            "geschäftlicheemail",
            "dienstlicheemail",
            "userprincipalname",
        ],
    ),
    (
        "assistant_email",
        &["assistantemail", "assistant", "pa", "assistenz"],
    ),
    (
        "reports_to",
        &[
            "reportsto",
            "reportstoid",
            "managerid",
            "manageruserid",
            "manageremployeeid",
            "manageremployeenumber",
            "managerpersonnelnumber",
            "linemanagerid",
            "supervisorid",
            "supervisoreid",
            "supervisornumber",
            "vorgesetzterid",
            "vorgesetztenid",
            "reportstoemail",
            "manageremail",
            "managerworkemail",
            "managersemail",
            "linemanageremail",
            "supervisoremail",
            "vorgesetzteremail",
            "manager",
            "managername",
            "workersmanager",
            "workermanager",
            "linemanager",
            "directmanager",
            "supervisor",
            "supervisorname",
            "reportingto",
            "reportstoname",
            "vorgesetzter",
            "vorgesetzte",
            "vorgesetzteperson",
            "führungskraft",
        ],
    ),
    (
        "languages",
        &[
            "language",
            "languages",
            "preferredlanguage",
            "languagecode",
            "locale",
            "defaultlocale",
            "sprache",
            "korrespondenzsprache",
        ],
    ),
    (
        "status",
        &[
            "status",
            "employmentstatus",
            "employeestatus",
            "workerstatus",
            "activestatus",
            "active",
            "isactive",
            "beschäftigungsstatus",
        ],
    ),
    (
        "left",
        &[
            "left",
            "terminationdate",
            "leavingdate",
            "leavedate",
            "exitdate",
            "lastday",
            "lastdayofwork",
            "lastworkingday",
            "austrittsdatum",
            "austritt",
        ],
    ),
    ("external", &["external", "guest"]),
    ("nudge", &["nudge"]),
];

/// Keys that a mapping may name.
pub fn import_keys() -> impl Iterator<Item = &'static str> {
    HEADINGS.iter().map(|(key, _)| *key)
}

/// A heading without case, blanks and signs; `Employee #` is a number.
pub(super) fn plain(heading: &str) -> String {
    let mut out = String::with_capacity(heading.len());
    for c in heading.chars() {
        match c {
            '#' => out.push_str("number"),
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
    out
}

/// Where each key stands in a row.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    /// Our key = their heading.
    pub(super) headings: BTreeMap<String, String>,
    /// Our key = the place of its cell.
    pub(super) places: BTreeMap<&'static str, usize>,
    /// More columns that name the manager, to look into where the first says nothing.
    pub(super) more_managers: Vec<usize>,
}

impl Columns {
    /// The places whose cells are read.
    pub(super) fn used(&self) -> impl Iterator<Item = usize> + '_ {
        self.places
            .values()
            .copied()
            .chain(self.more_managers.iter().copied())
    }
}

/// The row of headings is the first of the first rows that says who a person is: some systems write a title or a band
/// of sections above it.
pub(super) fn find_headings(table: &mut Table, options: &ImportOptions) {
    /// Rows above the headings that are believed.
    const MOST: usize = 10;
    let fits = |cells: &[String]| recognise(cells, options).is_ok();
    if fits(&table.headings) {
        return;
    }
    let Some(at) = table.rows.iter().take(MOST).position(|row| fits(&row.cells)) else {
        return;
    };
    let mut rows = std::mem::take(&mut table.rows).into_iter().skip(at);
    if let Some(headings) = rows.next() {
        table.headings_line = headings.line;
        table.headings = headings.cells;
    }
    let columns = table.headings.len();
    table.rows = rows
        .map(|mut row| {
            row.settle(columns);
            row
        })
        .collect();
}

/// Finds each key's column. `Err` = the table does not say who a person is, or says it twice.
pub(super) fn recognise(headings: &[String], options: &ImportOptions) -> Result<Columns, String> {
    let shown = || {
        let named: Vec<&str> = headings
            .iter()
            .map(String::as_str)
            .filter(|h| !h.is_empty())
            .collect();
        named.join(", ")
    };
    let plains: Vec<String> = headings.iter().map(|h| plain(h)).collect();
    let place = |wanted: &str| plains.iter().position(|h| !h.is_empty() && h == wanted);
    let mut columns = Columns::default();
    for (key, names) in HEADINGS {
        let typed = options.columns.get(key);
        let found = match typed {
            Some(given) => Some(place(&plain(given)).ok_or_else(|| {
                format!(
                    "there is no column \"{given}\" for {key}; the file has: {}",
                    shown()
                )
            })?),
            None => options
                .saved_columns
                .get(key)
                .and_then(|saved| place(&plain(saved)))
                .or_else(|| names.iter().find_map(|name| place(name))),
        };
        let Some(at) = found else { continue };
        if plains
            .iter()
            .enumerate()
            .any(|(other, h)| other != at && *h == plains[at])
        {
            return Err(format!(
                "the heading \"{}\" stands twice; rename one of them",
                headings[at]
            ));
        }
        columns.headings.insert(key.to_owned(), headings[at].clone());
        columns.places.insert(key, at);
        if key == "reports_to" && typed.is_none() {
            let others = names.iter().filter_map(|name| place(name));
            columns.more_managers = others.filter(|other| *other != at).collect();
        }
    }
    let has = |key: &str| columns.places.contains_key(key);
    if !has("id") && !has("email") {
        return Err(format!(
            "no column says who a person is (id or email); the file has: {}. Name it: --map id=\"…\"",
            shown()
        ));
    }
    if !["name", "first_name", "last_name"].into_iter().any(has) {
        return Err(format!(
            "no column holds the name; the file has: {}. Name it: --map name=\"…\"",
            shown()
        ));
    }
    Ok(columns)
}

/// Some systems write labels under their keys: a first row most of whose cells are themselves headings.
pub(super) fn is_second_heading(cells: &[String], columns: &Columns) -> bool {
    let is_heading = |text: &str| {
        let text = plain(text);
        !text.is_empty() && HEADINGS.iter().any(|(_, names)| names.contains(&text.as_str()))
    };
    let used: Vec<usize> = columns.places.values().copied().collect();
    let headings = used
        .iter()
        .filter(|at| cells.get(**at).is_some_and(|c| is_heading(c)))
        .count();
    headings * 2 > used.len()
}
