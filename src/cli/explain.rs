//! `tinhgon explain REQUEST_ID --catalog DIR`: why a request is judged as it is, with the words marked.

use super::analyze::Law;
use super::{Context, Outcome, terminal};
use crate::catalog::Catalog;
use crate::reading::{Explanation, Mark, explain};
use crate::rule::RuleBook;
use anyhow::Result;
use clap::Args;
use std::fmt::Write as _;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Options {
    #[arg(value_name = "REQUEST_ID")]
    request: String,
    #[arg(long, value_name = "DIR")]
    catalog: PathBuf,
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    #[arg(long, value_name = "FILE")]
    register: Option<PathBuf>,
}

pub fn run(options: &Options, context: &Context) -> Result<Outcome> {
    let law = Law::load(options.as_of.as_deref(), options.register.as_deref(), context)?;
    let catalog = Catalog::read(&options.catalog)?;
    // Besides the id of this program, the officer's own id of the row is understood.
    let wanted = options.request.as_str();
    let found = catalog.requests().find(|(_, r)| r.id == wanted || r.source.id.as_deref() == Some(wanted));
    let Some((procedure, request)) = found else {
        anyhow::bail!(context.text("explain-unknown", &[("request", wanted)]));
    };
    let explanation = explain(&law.book, procedure, request, &law.reading);
    terminal::print(&format!("{}  {} {}\n\n", request.id, procedure.code, procedure.name));
    terminal::print(&page(&explanation, &law.book, context));
    Ok(Outcome::Done)
}

/// The row with «kinds» and [cues] marked, then one paragraph a reading.
fn page(explanation: &Explanation, book: &RuleBook, context: &Context) -> String {
    let lang = context.messages.lang;
    let mut text: String = explanation
        .pieces
        .iter()
        .map(|(mark, piece)| match mark {
            Mark::Plain => piece.clone(),
            Mark::Kind => format!("«{piece}»"),
            Mark::Cue => format!("[{piece}]"),
        })
        .collect();
    text.push('\n');
    for reading in &explanation.readings {
        let a = &reading.assessment;
        let title = reading.kind.map_or("—", |k| lang.of(&k.title));
        let (verdict, reason) = (a.verdict.as_str(), a.reason.as_str());
        let named = |family: &str, word: &str| context.text(&format!("{family}-{word}"), &[]);
        let _ = write!(
            text,
            "\n{title}: {}: {} ({verdict}, {reason}, {:.2})\n  {}",
            named("verdict", verdict),
            named("reason", reason),
            a.confidence,
            a.rule
        );
        for (words, rules) in &reading.cues {
            let rules =
                rules.iter().map(|c| format!("{} {}", c.code, lang.of(&c.title))).collect::<Vec<_>>().join("; ");
            let _ = write!(text, "\n  [{words}] {rules}");
        }
        if let Some(ground) = reading.ground {
            let _ = write!(text, "\n  {}: {} {}", ground.code, a.ground, lang.of(&ground.title));
        }
        let source = book.sources.iter().find(|s| s.source == a.source);
        let standing = [
            source.map_or(String::new(), |s| format!("{} ({})", lang.of(&s.title), s.source)),
            named("readiness", a.readiness.as_str()),
            a.competence.map_or(String::new(), |c| named("competence", c.as_str())),
        ];
        let standing = standing.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("; ");
        if !standing.is_empty() {
            let _ = write!(text, "\n  {standing}");
        }
        text.push('\n');
    }
    text
}
