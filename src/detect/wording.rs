//! One request under many words: the groups of the relation.

use super::{About, Detector, Evidence, Finding};
use crate::rule::DetectorRule;

/// The same paper, asked for by several procedures under several names.
#[derive(Debug)]
pub struct ManyWordings;

impl Detector for ManyWordings {
    fn rule(&self) -> &'static str {
        "TL-D-WORDING"
    }

    fn needs(&self) -> &'static [&'static str] {
        &["procedures", "spellings"]
    }

    fn detect(&self, evidence: &Evidence, rule: &DetectorRule) -> Vec<Finding> {
        let requests: Vec<_> = evidence.catalog.requests().collect();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut findings = Vec::new();
        for group in evidence.groups {
            if count(group.procedures) < rule.limit("procedures")
                || count(group.spellings.len()) < rule.limit("spellings")
            {
                continue;
            }
            let Some((procedure, request)) = requests.get(group.example) else { continue };
            let others = group.members.iter().filter(|m| m.item != group.example);
            let finding = Finding::new(evidence, rule, procedure, About::Request(request), &request.text)
                .known_anywhere_by(&[&group.representative])
                .with("paper", &group.representative)
                .with("spellings", &group.spellings.len().to_string())
                .with("requests", &group.members.len().to_string())
                .with("procedures", &group.procedures.to_string())
                .with("agencies", &group.agencies.to_string())
                .with_related(others.filter_map(|m| requests.get(m.item)).map(|(_, r)| r.id.clone()));
            findings.push(finding);
        }
        findings
    }
}
