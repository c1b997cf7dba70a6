//! `tinhgon rules list / explain CODE / test [DIR] / new CODE / docs`: the rule book, for people who write no Rust.

use super::analyze::Law;
use super::{Context, Outcome, rules_examples, rules_steps, terminal};
use crate::error::Error;
use crate::reading::{Claim, ClaimedEvaluation, Evaluation, evaluate, evaluate_claimed};
use crate::rule::{RuleBook, RuleFiles, Shelf, Verdict, draft, explain_rule, list, reference};
use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    List,
    Explain {
        #[arg(value_name = "CODE")]
        code: String,
    },
    Test(Test),
    New {
        #[arg(value_name = "CODE")]
        code: String,
    },
    Docs,
}

#[derive(Debug, Args)]
struct Test {
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    #[arg(long, value_name = "FILE.tsv", requires = "labels")]
    gold: Option<PathBuf>,
    #[arg(long, value_name = "FILE.jsonl", requires = "gold")]
    labels: Option<PathBuf>,
    #[arg(long, value_name = "FILE.jsonl", requires = "steps_labels")]
    steps: Option<PathBuf>,
    #[arg(long, value_name = "FILE.jsonl", requires = "steps")]
    steps_labels: Option<PathBuf>,
    #[arg(long, value_name = "FILE.tsv", conflicts_with = "gold")]
    annex: Option<PathBuf>,
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
}

pub fn run(options: &Options, context: &Context) -> Result<Outcome> {
    match &options.action {
        Action::List => print_list(&Shelf::load(&context.rules)?, context),
        Action::Explain { code } => terminal::print(&explain_rule(&Shelf::load(&context.rules)?, code)?),
        Action::Docs => terminal::print(&reference(&Shelf::load(&context.rules)?)),
        Action::New { code } => {
            let (path, text) = draft(&Shelf::load(&context.rules)?, code)?;
            terminal::print(&text);
            context.say("rules-new", &[("path", &path)]);
        }
        Action::Test(test) => return self::test(test, context),
    }
    Ok(Outcome::Done)
}

fn print_list(shelf: &Shelf, context: &Context) {
    let lang = context.messages.lang;
    let mut lines = String::new();
    for l in list(shelf) {
        let _ = writeln!(lines, "{:<32} {:<8} {}", l.code, l.family, lang.of(&l.title));
    }
    terminal::print(&lines);
}

fn test(options: &Test, context: &Context) -> Result<Outcome> {
    let files = options.folder.as_deref().map_or_else(|| Ok(context.rules.clone()), RuleFiles::open)?;
    if let (Some(steps), Some(labels)) = (&options.steps, &options.steps_labels) {
        return rules_steps::measure(&files, steps, labels, context);
    }
    let book = RuleBook::load(&files)?;
    if let (Some(gold), Some(labels)) = (&options.gold, &options.labels) {
        return measure(&book, gold, labels, options.as_of.as_deref(), context);
    }
    if let Some(annex) = &options.annex {
        return measure_annex(&book, annex, options.as_of.as_deref(), context);
    }
    rules_examples::run(&files, &book, context)
}

/// Reads labelled rows and prints how well the rules agree with the labels.
fn measure(book: &RuleBook, gold: &Path, labels: &Path, as_of: Option<&str>, context: &Context) -> Result<Outcome> {
    let read = |path: &Path| std::fs::read_to_string(path).with_context(|| path.display().to_string());
    let (rows, answers) = (read(gold)?, read(labels)?);
    let law = Law::load(as_of, None, context)?;
    let evaluation = evaluate(book, (gold, &rows), (labels, &answers), &law.reading)?;
    terminal::print(&evaluation_text(&evaluation));
    Ok(Outcome::Done)
}

/// Reads the papers of an annex that names the database of each, and prints how many are read so.
fn measure_annex(book: &RuleBook, annex: &Path, as_of: Option<&str>, context: &Context) -> Result<Outcome> {
    let rows = std::fs::read_to_string(annex).with_context(|| annex.display().to_string())?;
    let law = Law::load(as_of, None, context)?;
    terminal::print(&annex_text(&evaluate_claimed(book, &claims(annex, &rows)?, &law.reading)));
    Ok(Outcome::Done)
}

/// The rows of a table separated by tabs with the columns `document` and `database`, and where known `name` and `code`.
fn claims(path: &Path, text: &str) -> Result<Vec<Claim>> {
    let header = text.lines().next().unwrap_or_default().trim_start_matches('\u{feff}');
    let column = |name: &str| header.split('\t').position(|h| h.trim() == name);
    let need = |name: &str| {
        let message = format!("line 1: column `{name}` is missing");
        column(name).ok_or_else(|| Error::Rule { path: path.to_owned(), message })
    };
    let (document, database) = (need("document")?, need("database")?);
    let (procedure, code) = (column("name"), column("code"));
    let rows = text.lines().zip(1..).skip(1).filter(|(l, _)| !l.trim().is_empty());
    Ok(rows
        .map(|(row, line)| {
            let cell = |at: Option<usize>| at.and_then(|at| row.split('\t').nth(at)).unwrap_or_default().to_owned();
            Claim {
                line,
                code: cell(code),
                procedure: cell(procedure),
                document: cell(Some(document)),
                database: cell(Some(database)),
            }
        })
        .collect())
}

fn annex_text(e: &ClaimedEvaluation) -> String {
    let mut text = format!(
        "rows {}\nreplace or partial {}/{}\nright database {}/{}\nall databases named {}/{}\n\n",
        e.rows, e.replaceable, e.rows, e.right_database, e.databases_known, e.all_databases, e.databases_known
    );
    for row in &e.differing {
        let _ = writeln!(text, "{}\t{}\t{} → {}", row.line, row.document, row.database, row.got);
    }
    text
}

fn evaluation_text(e: &Evaluation) -> String {
    let mut text = format!(
        "rows {}\nprecision {:.4}\nrecall {:.4}\nf1 {:.4}\nverdict accuracy {:.4} ({}/{})\n\nlabelled \\ read",
        e.rows,
        e.precision(),
        e.recall(),
        e.f1(),
        e.verdict_accuracy(),
        e.agreed,
        e.judged
    );
    for got in Verdict::ALL {
        let _ = write!(text, "\t{}", got.as_str());
    }
    for expected in Verdict::ALL {
        let _ = write!(text, "\n{}", expected.as_str());
        for got in Verdict::ALL {
            let _ = write!(text, "\t{}", e.confusion.get(&(expected, got)).copied().unwrap_or_default());
        }
    }
    text.push_str("\n\n");
    for row in &e.differing {
        let accepted = row.accepted.iter().map(|v| v.as_str()).collect::<Vec<_>>().join("|");
        let _ = writeln!(
            text,
            "{}\t{}\t{accepted} → {}\t{}",
            row.id,
            row.kind,
            row.got.as_str(),
            row.text.replace('\n', " ")
        );
    }
    text
}
