//! `tinhgon similar FILE --column NAME --threshold T --out FILE`: all near-duplicate pairs of one text column, exact.

use super::{Context, Outcome, terminal};
use crate::ingest::read_plain;
use crate::output::replace_file;
use crate::similar::{self, Explainer, Idf, Measure, NearDuplicates, Place};
use crate::table::Table;
use crate::text::fold;
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Options {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, value_name = "NAME")]
    column: String,
    #[arg(long, value_name = "T", default_value_t = 0.85)]
    threshold: f64,
    #[arg(long, value_enum, default_value_t = Score::Cosine)]
    measure: Score,
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Score {
    Cosine,
    Jaccard,
}

pub fn run(options: &Options, context: &Context) -> Result<Outcome> {
    if !(options.threshold > 0.0 && options.threshold <= 1.0) {
        anyhow::bail!(context.text("threshold-invalid", &[]));
    }
    let table = read_plain(&options.file, &[&options.column])?;
    let texts: Vec<String> = table.column(&options.column).unwrap_or_default().into_iter().map(fold).collect();
    let rows: Vec<&str> = texts.iter().map(String::as_str).collect();
    let measure = match options.measure {
        Score::Cosine => Measure::GramCosine(Idf::default()),
        Score::Jaccard => Measure::WordJaccard(Idf::default()),
    };
    let bar = terminal::count_bar(rows.len() as u64, &context.text("comparing", &[]));
    let settings = similar::Options { measure, threshold: options.threshold };
    let found = similar::near_duplicates(&rows, settings, &|done, total| {
        bar.set_length(total);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    write(&pair_table(&found), &options.out)?;
    context.say(
        "similar-done",
        &[
            ("rows", &rows.len().to_string()),
            ("distinct", &found.distinct.texts.len().to_string()),
            ("pairs", &found.pairs.len().to_string()),
            ("threshold", &options.threshold.to_string()),
            ("out", &options.out.display().to_string()),
        ],
    );
    Ok(Outcome::Done)
}

fn write(table: &Table, path: &Path) -> Result<()> {
    let is_parquet = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("parquet"));
    Ok(replace_file(path, |aside| if is_parquet { table.write_parquet(aside) } else { table.write_csv(aside) })?)
}

/// One row a pair of distinct texts: where each stands first (1-based data row), how often, and why they are alike.
fn pair_table(found: &NearDuplicates) -> Table {
    let distinct = &found.distinct;
    let mut first_row = vec![0i64; distinct.texts.len()];
    for (row, text) in distinct.of_row.iter().enumerate().rev() {
        first_row[*text as usize] = i64::try_from(row + 1).unwrap_or(i64::MAX);
    }
    let explainer = Explainer::new(&distinct.texts);
    let text = |at: u32| distinct.texts[at as usize];
    let pairs = &found.pairs;
    Table::new("pairs")
        .int("row_a", pairs.iter().map(|p| Some(first_row[p.a as usize])))
        .int("row_b", pairs.iter().map(|p| Some(first_row[p.b as usize])))
        .float("score", pairs.iter().map(|p| Some(p.score)))
        .flag("numbers_differ", pairs.iter().map(|p| p.numbers_differ))
        .int("count_a", pairs.iter().map(|p| Some(distinct.counts[p.a as usize])))
        .int("count_b", pairs.iter().map(|p| Some(distinct.counts[p.b as usize])))
        .text("text_a", pairs.iter().map(|p| text(p.a)))
        .text("text_b", pairs.iter().map(|p| text(p.b)))
        .text("why", pairs.iter().map(|p| difference(&explainer, text(p.a), text(p.b))))
}

/// What differs: `+` words of the second text, `-` words of the first, `~` other diacritics.
fn difference(explainer: &Explainer, a: &str, b: &str) -> String {
    let parts = explainer.explain(a, b);
    let marked = parts.iter().filter_map(|part| match part.place {
        Place::Both => None,
        Place::Spelling => Some(format!("~{}", part.word)),
        Place::First => Some(format!("-{}", part.word)),
        Place::Second => Some(format!("+{}", part.word)),
    });
    marked.collect::<Vec<_>>().join(" ")
}
