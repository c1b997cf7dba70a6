//! One request under many words: the groups of the relation.

use super::{About, Detector, Evidence, Finding, demands};
use crate::relation::Group;
use crate::rule::DetectorRule;
use std::collections::BTreeSet;

/// The same paper, asked for by several procedures under several names.
#[derive(Debug)]
pub struct ManyWordings;

impl Detector for ManyWordings {
    fn rule(&self) -> &'static str {
        "TL-D-WORDING"
    }

    fn needs(&self) -> &'static [&'static str] {
        &["procedures", "spellings", "syllables"]
    }

    fn detect(&self, evidence: &Evidence, rule: &DetectorRule) -> Vec<Finding> {
        let requests: Vec<_> = demands(evidence.catalog).collect();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut findings = Vec::new();
        for group in evidence.groups {
            if count(group.procedures) < rule.limit("procedures")
                || count(wordings(group)) < rule.limit("spellings")
                || count(group.representative.split(' ').count()) < rule.limit("syllables")
            {
                continue;
            }
            let Some((procedure, request)) = requests.get(group.example) else { continue };
            let others = group.members.iter().filter(|m| m.item != group.example);
            let finding = Finding::new(evidence, rule, procedure, About::Request(request), &request.text)
                .known_anywhere_by(&[&group.representative])
                .with("paper", &group.representative)
                .with("spellings", &wordings(group).to_string())
                .with("requests", &group.members.len().to_string())
                .with("procedures", &group.procedures.to_string())
                .with("agencies", &group.agencies.to_string())
                .with_related(others.filter_map(|m| requests.get(m.item)).map(|(_, r)| r.id.clone()));
            findings.push(finding);
        }
        findings
    }
}

/// In how many wordings a group is written, marks between the words not counted.
fn wordings(group: &Group) -> usize {
    let words = |name: &str| -> Vec<String> {
        name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
    };
    group.spellings.iter().map(|s| words(&s.name)).collect::<BTreeSet<_>>().len()
}
