//! Team events: what leaders know among themselves. Their file is not part of any executive's copy.

use crate::base::id::EventId;
use crate::base::time::Date;

/// The line of a reason for another event, as it is appended, without its end.
pub fn because_line(
    id: EventId,
    seq: u64,
    day: Date,
    by: &str,
    device: &str,
    about: EventId,
    reason: &str,
) -> String {
    let text = |t: &str| serde_json::Value::from(t).to_string();
    format!(
        "{{\"v\":1,\"id\":\"{id}\",\"seq\":{seq},\"day\":\"{day}\",\"by\":{},\"device\":{},\"kind\":\"because\",\"ref\":\"{about}\",\"reason\":{}}}",
        text(by),
        text(device),
        text(reason)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_written_as_documented() {
        let line = because_line(
            "d8f0b3c2-5e41-4a7c-9b26-1c7e4f80a904".parse().unwrap(),
            2,
            "2026-03-16".parse().unwrap(),
            "maya",
            "maya-pc-4c0w",
            "3b9f1c52-8d0e-4a67-9c11-5e2f7a90d005".parse().unwrap(),
            "led the service team for years",
        );
        assert_eq!(
            line,
            r#"{"v":1,"id":"d8f0b3c2-5e41-4a7c-9b26-1c7e4f80a904","seq":2,"day":"2026-03-16","by":"maya","device":"maya-pc-4c0w","kind":"because","ref":"3b9f1c52-8d0e-4a67-9c11-5e2f7a90d005","reason":"led the service team for years"}"#
        );
    }
}
