//! `tinhgon similar FILE --column NAME --threshold T --out FILE`: all near-duplicate pairs of one text column, exact.
//! `tinhgon similar FILE --left A --right B --out FILE`: how the two texts of each row relate.

use super::{Context, Outcome, terminal};
use crate::ingest::{PlainTable, read_plain};
use crate::output::replace_file;
use crate::relation::{Kind, Relation, judge};
use crate::rule::RelationBook;
use crate::similar::{self, Distinct, Explainer, Idf, Index, Measure, Pair, Part, Place};
use crate::table::Table;
use crate::text::fold;
use anyhow::Result;
use clap::{Args, ValueEnum};
use rayon::prelude::*;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Options {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, value_name = "NAME", required_unless_present = "left")]
    column: Option<String>,
    #[arg(long, value_name = "T", default_value_t = 0.85)]
    threshold: f64,
    #[arg(long, value_enum, default_value_t = Score::Cosine)]
    measure: Score,
    #[arg(long, value_name = "FILE", requires = "column")]
    against: Option<PathBuf>,
    #[arg(long, value_name = "NAME", requires = "right", conflicts_with = "column")]
    left: Option<String>,
    #[arg(long, value_name = "NAME", requires = "left")]
    right: Option<String>,
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Score {
    Cosine,
    Jaccard,
}

pub fn run(options: &Options, context: &Context) -> Result<Outcome> {
    match (&options.column, &options.left, &options.right) {
        (Some(column), ..) => join(options, column, context),
        (None, Some(left), Some(right)) => relations(options, left, right, context),
        _ => Ok(Outcome::Done),
    }
}

fn join(options: &Options, column: &str, context: &Context) -> Result<Outcome> {
    if !(options.threshold > 0.0 && options.threshold <= 1.0) {
        anyhow::bail!(context.text("threshold-invalid", &[]));
    }
    let read = |path: &Path| -> Result<Vec<String>> {
        let table = read_plain(path, &[column])?;
        Ok(table.column(column).unwrap_or_default().into_par_iter().map(fold).collect())
    };
    let texts = read(&options.file)?;
    let older = options.against.as_deref().map(read).transpose()?.unwrap_or_default();
    let rows: Vec<&str> = texts.iter().map(String::as_str).collect();
    let measure = match options.measure {
        Score::Cosine => Measure::GramCosine(Idf::default()),
        Score::Jaccard => Measure::WordJaccard(Idf::default()),
    };
    let bar = terminal::count_bar(rows.len() as u64, &context.text("comparing", &[]));
    let progress = |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    };
    let settings = similar::Options { measure, threshold: options.threshold };
    let older: Vec<&str> = older.iter().map(String::as_str).collect();
    let found = Found::search(&rows, &older, settings, &progress);
    bar.finish_and_clear();
    write(&found.table(options.against.is_some()), &options.out)?;
    context.say(
        "similar-done",
        &[
            ("rows", &rows.len().to_string()),
            ("distinct", &found.new.texts.len().to_string()),
            ("pairs", &found.pairs.len().to_string()),
            ("threshold", &options.threshold.to_string()),
            ("out", &options.out.display().to_string()),
        ],
    );
    Ok(Outcome::Done)
}

/// Adds `score`, `relation` and `why` to every row; columns of the input that bear these names are replaced.
fn relations(options: &Options, left: &str, right: &str, context: &Context) -> Result<Outcome> {
    let book = RelationBook::load(&context.rules)?;
    let table = read_plain(&options.file, &[left, right])?;
    let texts = |name| table.column(name).unwrap_or_default();
    let pairs: Vec<(&str, &str)> = texts(left).into_iter().zip(texts(right)).collect();
    let judged: Vec<Relation> = pairs.par_iter().map(|(a, b)| judge(&book, a, b)).collect();
    write(&relation_table(&table, &judged, context), &options.out)?;
    let count = |kind| judged.iter().filter(|r| r.kind == kind).count().to_string();
    context.say(
        "similar-judged",
        &[
            ("rows", &judged.len().to_string()),
            ("same", &count(Kind::Same)),
            ("variant", &count(Kind::Variant)),
            ("different", &count(Kind::Different)),
            ("out", &options.out.display().to_string()),
        ],
    );
    Ok(Outcome::Done)
}

fn relation_table(input: &PlainTable, judged: &[Relation], context: &Context) -> Table {
    let added = ["score", "relation", "why"];
    let mut seen = HashSet::new();
    let mut table = Table::new("relations");
    for (at, name) in input.names.iter().enumerate() {
        // A column without a name has nothing to be carried through by.
        if !name.is_empty() && !added.contains(&name.as_str()) && seen.insert(name) {
            table = table.text(name, input.rows.iter().map(|row| row[at].as_str()));
        }
    }
    table
        .float("score", judged.iter().map(|r| Some(r.score)))
        .text("relation", judged.iter().map(|r| r.kind.as_str()))
        .text("why", judged.iter().map(|r| why(r, context)))
}

/// The reason, then the words of one side only: `-` of the first, `+` of the second.
fn why(relation: &Relation, context: &Context) -> String {
    let reason = context.text(relation.reason.key(), &[]);
    let side = |mark: &str, words: &[String]| match words {
        [] => String::new(),
        words => format!(" {mark}[{}]", words.join(" ")),
    };
    format!("{reason}{}{}", side("-", &relation.only_a), side("+", &relation.only_b))
}

fn write(table: &Table, path: &Path) -> Result<()> {
    let is_parquet = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("parquet"));
    Ok(replace_file(path, |aside| if is_parquet { table.write_parquet(aside) } else { table.write_csv(aside) })?)
}

/// Pairs with a text of the file in them; positions count the older texts first.
struct Found<'a> {
    older: Distinct<'a>,
    new: Distinct<'a>,
    pairs: Vec<Pair>,
}

impl<'a> Found<'a> {
    fn search(rows: &[&'a str], older: &[&'a str], options: similar::Options, progress: similar::Progress) -> Self {
        let (older, new) = (Distinct::of(older), Distinct::of(rows));
        let pairs = if older.texts.is_empty() {
            Index::new(&new.texts, options).extend(&new.texts, progress)
        } else {
            Index::build(&older.texts, options, &|_, _| {}).0.join(&new.texts, progress)
        };
        Found { older, new, pairs }
    }

    /// Which table a text is from, where it stands first there (1-based data row), how often, and the text.
    fn place(&self, at: u32) -> (bool, i64, u32, &'a str) {
        let (distinct, at, is_older) = match (at as usize).checked_sub(self.older.texts.len()) {
            Some(at) => (&self.new, at, false),
            None => (&self.older, at as usize, true),
        };
        (is_older, i64::from(distinct.first_rows[at]) + 1, distinct.counts[at], distinct.texts[at])
    }

    /// One row a pair of distinct texts: where each stands first (1-based data row), how often, and why they are alike.
    fn table(&self, names_source: bool) -> Table {
        let texts: Vec<&str> = self.older.texts.iter().chain(&self.new.texts).copied().collect();
        let explainer = Explainer::new(&texts);
        let pairs = &self.pairs;
        let a = |p: &Pair| self.place(p.a);
        let b = |p: &Pair| self.place(p.b);
        let mut table = Table::new("pairs")
            .int("row_a", pairs.iter().map(|p| Some(a(p).1)))
            .int("row_b", pairs.iter().map(|p| Some(b(p).1)))
            .float("score", pairs.iter().map(|p| Some(p.score)))
            .flag("numbers_differ", pairs.iter().map(|p| p.numbers_differ))
            .int("count_a", pairs.iter().map(|p| Some(a(p).2)))
            .int("count_b", pairs.iter().map(|p| Some(b(p).2)))
            .text("text_a", pairs.iter().map(|p| a(p).3))
            .text("text_b", pairs.iter().map(|p| b(p).3))
            .text("common", pairs.iter().map(|p| common(&explainer, a(p).3, b(p).3)))
            .text("why", pairs.iter().map(|p| difference(&explainer, a(p).3, b(p).3)));
        if names_source {
            // Texts of the older table are always the first of a pair.
            table = table.flag("a_is_older", pairs.iter().map(|p| a(p).0));
        }
        table
    }
}

/// Shared words told of a pair.
const COMMON: usize = 8;

/// The words that two texts share, heaviest first, each with its weight.
fn common(explainer: &Explainer, a: &str, b: &str) -> String {
    let parts = explainer.explain(a, b);
    let shared = parts.iter().filter(|part| part.place == Place::Both).take(COMMON);
    shared.map(|part| weighed("", part)).collect::<Vec<_>>().join(" ")
}

/// What differs, each with its weight: `+` words of the second text, `-` words of the first, `~` other diacritics.
fn difference(explainer: &Explainer, a: &str, b: &str) -> String {
    let parts = explainer.explain(a, b);
    let marked = parts.iter().filter_map(|part| match part.place {
        Place::Both => None,
        Place::Spelling => Some(weighed("~", part)),
        Place::First => Some(weighed("-", part)),
        Place::Second => Some(weighed("+", part)),
    });
    marked.collect::<Vec<_>>().join(" ")
}

/// A word with its mark and weight, as `+bến:3.2`.
fn weighed(mark: &str, part: &Part) -> String {
    format!("{mark}{}:{:.1}", part.word, part.weight)
}
