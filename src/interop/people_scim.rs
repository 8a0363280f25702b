//! People as identity systems hand them out: SCIM users (RFC 7643), one, a list of them, or a list response.

use serde_json::Value;

use super::people_table::{Counted, Row, Table, TableError};

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// Columns that such a user becomes, under headings of our own.
const COLUMNS: [&str; 9] = [
    "id",
    "name",
    "email",
    "unit",
    "reports_to",
    "languages",
    "groups",
    "roles",
    "active",
];

/// Reads a SCIM document as a table.
pub fn read_scim(bytes: &[u8]) -> Result<Table, TableError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let document: Value =
        serde_json::from_slice(bytes).map_err(|fault| TableError::Scim(fault.to_string()))?;
    let users: Vec<&Value> = match &document {
        Value::Array(users) => users.iter().collect(),
        one => match get(one, "Resources") {
            Some(Value::Array(users)) => users.iter().collect(),
            _ if get(one, "userName").is_some() => vec![one],
            _ => {
                return Err(TableError::Scim(
                    "it has neither Resources nor a userName".to_owned(),
                ));
            }
        },
    };
    let total = get(&document, "totalResults").and_then(Value::as_u64);
    let total = total.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let rows: Vec<Row> = users
        .iter()
        .enumerate()
        .map(|(at, user)| Row::new(at + 1, cells(user), COLUMNS.len()))
        .collect();
    if rows.is_empty() {
        return Err(TableError::Empty);
    }
    Ok(Table {
        headings: COLUMNS.map(str::to_owned).to_vec(),
        part: (total > rows.len()).then_some((rows.len(), total)),
        rows,
        delimiter: b',',
        encoding: None,
        headings_line: 0,
        counted: Counted::Entry,
        other_sheets: Vec::new(),
    })
}

fn cells(user: &Value) -> Vec<String> {
    let enterprise = get(user, ENTERPRISE);
    let of_work = |key: &str| enterprise.and_then(|e| text(e, key)).or_else(|| text(user, key));
    let name = get(user, "name");
    let whole = text(user, "displayName").or_else(|| name.and_then(|n| text(n, "formatted")));
    let parts = || {
        let part = |key| name.and_then(|n| text(n, key)).unwrap_or_default();
        format!("{} {}", part("givenName"), part("familyName"))
            .trim()
            .to_owned()
    };
    let user_name = text(user, "userName").unwrap_or_default();
    let email = best(user, "emails").or_else(|| Some(user_name.clone()).filter(|name| name.contains('@')));
    let manager = enterprise
        .and_then(|e| get(e, "manager"))
        .or_else(|| get(user, "manager"));
    let manager = manager.and_then(|manager| match manager {
        Value::String(id) => Some(id.clone()),
        other => text(other, "value").or_else(|| text(other, "displayName")),
    });
    let id = text(user, "id")
        .or_else(|| text(user, "externalId"))
        .unwrap_or(user_name);
    let active = match get(user, "active") {
        Some(Value::Bool(false)) => "no".to_owned(),
        Some(Value::String(word)) => word.clone(),
        _ => "yes".to_owned(),
    };
    [
        id,
        whole.unwrap_or_else(parts),
        email.unwrap_or_default(),
        of_work("department")
            .or_else(|| of_work("division"))
            .unwrap_or_default(),
        manager.unwrap_or_default(),
        text(user, "preferredLanguage").unwrap_or_default(),
        all(user, "groups"),
        all(user, "roles"),
        active,
    ]
    .map(|cell| cell.trim().to_owned())
    .to_vec()
}

/// A member by name; names have no case (RFC 7643 §2.1).
fn get<'a>(of: &'a Value, key: &str) -> Option<&'a Value> {
    let members = of.as_object()?;
    members.get(key).or_else(|| {
        let mut all = members.iter();
        all.find(|(name, _)| name.eq_ignore_ascii_case(key))
            .map(|(_, value)| value)
    })
}

fn text(of: &Value, key: &str) -> Option<String> {
    match get(of, key)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
    .filter(|text| !text.trim().is_empty())
}

/// Of several values the primary one, else that for work, else the first.
fn best(user: &Value, key: &str) -> Option<String> {
    let values = get(user, key)?.as_array()?;
    let is_primary = |v: &&Value| get(v, "primary").and_then(Value::as_bool) == Some(true);
    let is_for_work = |v: &&Value| text(v, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("work"));
    let one = values
        .iter()
        .find(is_primary)
        .or_else(|| values.iter().find(is_for_work))
        .or_else(|| values.first())?;
    text(one, "value")
}

/// The names of all values.
fn all(user: &Value, key: &str) -> String {
    let values = get(user, key).and_then(Value::as_array);
    let names = values.into_iter().flatten().filter_map(|one| match one {
        Value::String(name) => Some(name.clone()),
        other => text(other, "display").or_else(|| text(other, "value")),
    });
    names.collect::<Vec<_>>().join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The full enterprise user of RFC 7643 §8.3, shortened.
    const USER: &str = r#"{
      "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
      "id": "2819c223-7f76-453a-919d-413861904646", "externalId": "701984", "userName": "bjensen@example.com",
      "name": {"formatted": "Ms. Barbara J Jensen, III", "familyName": "Jensen", "givenName": "Barbara"},
      "displayName": "Babs Jensen",
      "emails": [{"value": "babs@jensen.example", "type": "home"}, {"value": "bjensen@example.com", "type": "work", "primary": true}],
      "preferredLanguage": "en-US", "active": true,
      "groups": [{"value": "e9e30dba", "display": "Tour Guides"}],
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
        "employeeNumber": "701984", "costCenter": "4130", "division": "Theme Park", "department": "Tour Operations",
        "manager": {"value": "26118915-6090-4610-87e4-49d8ca9f808d", "displayName": "John Smith"}}}"#;

    #[test]
    fn the_user_of_the_standard_is_a_row() {
        let wanted = [
            "2819c223-7f76-453a-919d-413861904646",
            "Babs Jensen",
            "bjensen@example.com",
            "Tour Operations",
            "26118915-6090-4610-87e4-49d8ca9f808d",
            "en-US",
            "Tour Guides",
            "",
            "yes",
        ];
        let list = format!(r#"{{"totalResults": 3, "startIndex": 1, "Resources": [{USER}]}}"#);
        for (document, part) in [
            (USER.to_owned(), None),
            (format!("[{USER}]"), None),
            (list.clone(), Some((1, 3))),
            (list.replace("Resources", "resources"), Some((1, 3))),
        ] {
            let table = read_scim(document.as_bytes()).unwrap();
            assert_eq!(table.rows[0].cells, wanted);
            assert_eq!(table.part, part);
        }
    }

    #[test]
    fn what_is_no_user_is_said() {
        for bad in ["", "{}", "[", "{\"Resources\": 3}", "7"] {
            assert!(
                matches!(read_scim(bad.as_bytes()), Err(TableError::Scim(_))),
                "{bad}"
            );
        }
        assert_eq!(read_scim(b"[]"), Err(TableError::Empty));
        // A list of anything else is rejected row by row.
        assert_eq!(read_scim(b"[7, {}]").unwrap().rows[1].cells[8], "yes");
    }
}
