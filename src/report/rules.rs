//! The fingerprint of the rules: two reports compare only if it is equal.

use sha2::{Digest, Sha256};

use crate::model::curriculum::Curriculum;
use crate::model::settings::Readiness;

/// First 8 hex digits of the SHA-256 of all `[readiness]` values in force and of what each capability sets, as compact
/// JSON with sorted keys (`formats.md` §2).
pub fn fingerprint(curriculum: &Curriculum, rules: &Readiness) -> String {
    let mut capabilities: Vec<(&str, String)> = curriculum
        .capabilities
        .iter()
        .map(|c| {
            let mut fields = vec![format!("\"core\":{}", c.core)];
            let needs = [
                ("dialogue_needed", c.dialogue_needed),
                ("hands_on_needed", c.hands_on_needed),
                ("knowledge_needed", c.knowledge_needed),
            ];
            fields.extend(
                needs
                    .iter()
                    .filter_map(|(key, n)| n.map(|n| format!("\"{key}\":{n}"))),
            );
            fields.push(format!("\"weight\":{}", c.weight));
            (c.id.as_str(), format!("\"{}\":{{{}}}", c.id, fields.join(",")))
        })
        .collect();
    capabilities.sort();
    let capabilities: Vec<String> = capabilities.into_iter().map(|(_, text)| text).collect();
    let ladder: Vec<String> = rules.ladder_days.iter().map(ToString::to_string).collect();
    let [knowledge, hands_on, dialogue] = rules.weights;
    let text = format!(
        "{{\"capabilities\":{{{}}},\"readiness\":{{\"building\":{},\"dialogue_needed\":{},\"hands_on_evidence\":{},\
         \"hands_on_fresh_days\":{},\"hands_on_needed\":{},\"knowledge_floor\":{},\"knowledge_needed\":{},\
         \"ladder_days\":[{}],\"ready\":{},\"weights\":{{\"dialogue\":{dialogue},\"hands_on\":{hands_on},\"knowledge\":{knowledge}}}}}}}",
        capabilities.join(","),
        rules.building,
        rules.dialogue_needed,
        rules.hands_on_evidence,
        rules.hands_on_fresh_days,
        rules.hands_on_needed,
        rules.knowledge_floor,
        rules.knowledge_needed,
        ladder.join(","),
        rules.ready,
    );
    let digest = Sha256::digest(text.as_bytes());
    format!(
        "{:02x}{:02x}{:02x}{:02x}",
        digest[0], digest[1], digest[2], digest[3]
    )
}
