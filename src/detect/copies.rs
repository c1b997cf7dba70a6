//! Formalities of papers: certification, several sets, originals that are only looked at.

use super::{About, Detector, Evidence, Finding};
use crate::catalog::{Procedure, Request};
use crate::rule::{DetectorRule, Finder};
use crate::text::fold_with_offsets;

/// A certified copy, where nothing says that a plain copy would do.
#[derive(Debug)]
pub struct Certified;

/// More than one set of the same paper.
#[derive(Debug)]
pub struct SeveralSets;

/// An original that is looked at and handed back.
#[derive(Debug)]
pub struct OriginalShown;

/// A finding for each demand in which a word of `list` stands and none of `unless`.
fn worded(evidence: &Evidence, rule: &DetectorRule, list: &str, unless: &str) -> Vec<Finding> {
    let Some(words) = rule.words(list) else { return Vec::new() };
    let mut findings = Vec::new();
    for (procedure, request) in evidence.catalog.requests().filter(|(_, r)| !r.is_note) {
        let folded = fold_with_offsets(&request.text);
        if rule.has(unless, &folded.text) {
            continue;
        }
        if let Some(hit) = words.find(&folded.text).next() {
            let (from, to) = folded.char_span(hit.start, hit.end);
            let quote: String = request.text.chars().skip(from).take(to - from).collect();
            findings.push(about_row(evidence, rule, procedure, request, &quote));
        }
    }
    findings
}

fn about_row(
    evidence: &Evidence,
    rule: &DetectorRule,
    procedure: &Procedure,
    request: &Request,
    quote: &str,
) -> Finding {
    Finding::new(evidence, rule, procedure, About::Request(request), quote)
        .known_by(&[&request.text])
        .with("words", quote)
        .with("paper", &beginning(&request.text))
}

/// The beginning of a row, for a message.
pub(super) fn beginning(text: &str) -> String {
    const MOST: usize = 100;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        None => line,
        Some((at, _)) => {
            let cut = line[..at].rfind(' ').unwrap_or(at);
            format!("{} …", &line[..cut])
        }
    }
}

impl Detector for Certified {
    fn rule(&self) -> &'static str {
        "TL-F-CERTIFIED"
    }

    fn needs(&self) -> &'static [&'static str] {
        &["certified", "unless"]
    }

    fn detect(&self, evidence: &Evidence, rule: &DetectorRule) -> Vec<Finding> {
        worded(evidence, rule, "certified", "unless")
    }
}

impl Detector for OriginalShown {
    fn rule(&self) -> &'static str {
        "TL-F-ORIGINAL"
    }

    fn needs(&self) -> &'static [&'static str] {
        &["shown", "unless"]
    }

    fn detect(&self, evidence: &Evidence, rule: &DetectorRule) -> Vec<Finding> {
        worded(evidence, rule, "shown", "unless")
    }
}

impl Detector for SeveralSets {
    fn rule(&self) -> &'static str {
        "TL-F-SETS"
    }

    fn needs(&self) -> &'static [&'static str] {
        &["sets", "no_sets", "unless"]
    }

    fn detect(&self, evidence: &Evidence, rule: &DetectorRule) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (procedure, request) in evidence.catalog.requests().filter(|(_, r)| !r.is_note) {
            let folded = fold_with_offsets(&request.text);
            if rule.has("unless", &folded.text) {
                continue;
            }
            let most = request.originals.unwrap_or(0).max(request.copies.unwrap_or(0));
            let hits = |list: &str| rule.words(list).into_iter().flat_map(|w: &Finder| w.find(&folded.text));
            let said = hits("sets").find(|hit| !hits("no_sets").any(|no| no.start < hit.end && hit.start < no.end));
            let quote = match said {
                Some(hit) => {
                    let (from, to) = folded.char_span(hit.start, hit.end);
                    request.text.chars().skip(from).take(to - from).collect()
                }
                None if most > 1 => most.to_string(),
                None => continue,
            };
            findings.push(about_row(evidence, rule, procedure, request, &quote));
        }
        findings
    }
}
