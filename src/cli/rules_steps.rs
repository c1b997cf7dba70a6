//! `tinhgon rules test --steps FILE.jsonl --steps-labels FILE.jsonl`: how well the steps are read.

use super::{Context, Outcome, terminal};
use crate::acts::{StepEvaluation, StepLabels, evaluate_steps};
use crate::catalog::Procedure;
use crate::error::Error;
use crate::normalise;
use crate::problem::Source;
use crate::rule::{ActBook, ActClass, Pattern, RuleFiles, Words};
use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

#[derive(Deserialize)]
struct StepLine {
    id: String,
    #[serde(default)]
    code: String,
    steps: String,
}

#[derive(Deserialize)]
struct LabelLine {
    id: String,
    #[serde(default)]
    patterns: Vec<PatternLabel>,
    #[serde(default)]
    sequence: Vec<ActClass>,
}

#[derive(Deserialize)]
struct PatternLabel {
    pattern: Pattern,
}

/// Reads labelled procedures and prints how well the rules agree with the labels.
pub fn measure(files: &RuleFiles, steps: &Path, labels: &Path, context: &Context) -> Result<Outcome> {
    let book = ActBook::load(files)?;
    let words = Words::load(&context.rules)?;
    let mut of: BTreeMap<String, StepLabels> = BTreeMap::new();
    for line in lines::<LabelLine>(labels)? {
        let patterns = line.patterns.iter().map(|p| p.pattern).collect();
        of.insert(line.id, StepLabels { patterns, sequence: line.sequence });
    }
    let mut labelled = Vec::new();
    for line in lines::<StepLine>(steps)? {
        let mut steps = normalise::steps::from_text(&line.steps, &words, &Source::default());
        for step in &mut steps {
            step.id = format!("{}/s{}", line.id, step.position);
        }
        let procedure = Procedure { id: line.id.clone(), code: line.code, steps, ..Procedure::default() };
        let labels = of.remove(&line.id).unwrap_or_default();
        labelled.push((line.id, procedure, labels));
    }
    terminal::print(&text(&evaluate_steps(&book, &labelled)));
    Ok(Outcome::Done)
}

fn lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut all = Vec::new();
    for (line, number) in text.lines().zip(1..).filter(|(l, _)| !l.trim().is_empty()) {
        let message =
            |e: serde_json::Error| Error::Rule { path: path.to_owned(), message: format!("line {number}: {e}") };
        all.push(serde_json::from_str(line).map_err(message)?);
    }
    Ok(all)
}

fn text(e: &StepEvaluation) -> String {
    let (p, r, f) = e.figures(false);
    let (cp, cr, cf) = e.figures(true);
    let mut text = format!(
        "procedures {}\npatterns: precision {p:.4} recall {r:.4} f1 {f:.4}\nwithout open cases: precision {cp:.4} recall {cr:.4} f1 {cf:.4}\norder of acts {:.4}\n\npattern\tboth\topen\tnoisy\topen\tmissing\n",
        e.procedures,
        e.order_mean()
    );
    for (pattern, t) in &e.patterns {
        let _ = writeln!(
            text,
            "{}\t{}\t{}\t{}\t{}\t{}",
            pattern.as_str(),
            t.both,
            t.both_open,
            t.noisy,
            t.noisy_open,
            t.missing
        );
    }
    text.push('\n');
    for d in &e.differing {
        let names = |acts: &[ActClass]| acts.iter().map(|a| a.as_str()).collect::<Vec<_>>().join(" ");
        let _ = writeln!(text, "{}\t{}", d.id, d.distance);
        for p in &d.missing {
            let _ = writeln!(text, "  missing {}", p.as_str());
        }
        for (p, open) in &d.noisy {
            let _ = writeln!(text, "  noisy {}{}", p.as_str(), if *open { " (open)" } else { "" });
        }
        if d.distance > 0 {
            let read: Vec<String> = d.got.iter().zip(&d.words).map(|(a, w)| format!("{} [{w}]", a.as_str())).collect();
            let _ = writeln!(text, "  labelled {}\n  read     {}", names(&d.labelled), read.join(" "));
        }
    }
    text
}
