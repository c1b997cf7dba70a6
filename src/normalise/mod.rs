//! Raw records into the catalogue: each field's many spellings into one form. Pure functions over text.

mod channels;
mod code;
pub mod dossier;
mod duration;
mod fee;
mod legal;
mod level;
mod markup;
mod merge;
mod null;
mod procedure;
pub mod quantity;
mod results;
pub mod steps;

#[cfg(test)]
mod catalogues;

pub use code::{CodeReading, Repair, find_codes, parse as read_code};
pub use legal::find_numbers;
pub use level::{LevelReading, read as read_levels};
pub use merge::merge;

use crate::catalog::{Catalog, Procedure};
use crate::ingest::RawRecord;
use crate::output::sha256;
use crate::problem::{Problem, Severity};
use crate::rule::Words;
use crate::text::fold;
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};

/// Reads raw records on all cores. Versions of one procedure still stand side by side; [`merge`] puts them together.
#[must_use]
pub fn normalise(records: &[RawRecord], words: &Words) -> (Catalog, Vec<Problem>) {
    let read: Vec<(Procedure, Vec<Problem>)> = records
        .par_iter()
        .map(|record| {
            let mut problems = Vec::new();
            (procedure::read(record, words, &mut problems), problems)
        })
        .collect();
    let (mut procedures, problems): (Vec<Procedure>, Vec<Vec<Problem>>) = read.into_iter().unzip();
    let mut problems: Vec<Problem> = problems.into_iter().flatten().collect();
    identify(&mut procedures, &mut problems);
    (Catalog { procedures }, problems)
}

/// Gives ids: the national code, with its suffix where several provinces stand in one catalogue, else a hash of what names the procedure. Without a code, a second procedure of the
/// same name in the same file is another one, because nothing says that it is the same.
fn identify(procedures: &mut [Procedure], problems: &mut Vec<Problem>) {
    let mut seen: HashMap<(String, String), u32> = HashMap::new();
    let provinces = provinces(procedures);
    for procedure in procedures {
        procedure.id.clone_from(&procedure.code);
        if let Some(first) = provinces.get(&procedure.code) {
            let suffix = if procedure.code_suffix.is_empty() { first } else { &procedure.code_suffix };
            procedure.id = format!("{}.{suffix}", procedure.code);
        }
        if procedure.code.is_empty() {
            let naming =
                [&procedure.code_as_written, &procedure.name, &procedure.agency].map(|part| fold(part)).join("\n");
            let hash = sha256(naming.as_bytes());
            let count = seen.entry((hash.clone(), procedure.source.file.clone())).or_default();
            *count += 1;
            procedure.id =
                if *count == 1 { format!("x-{}", &hash[..12]) } else { format!("x-{}-{count}", &hash[..12]) };
            if *count > 1 {
                let problem = Problem::new(Severity::Note, "procedure-repeated", &procedure.source);
                problems.push(problem.with_arg("name", &procedure.name).with_raw(&procedure.name));
            }
        }
        number(procedure);
    }
}

/// Codes that stand in the catalogue with the suffixes of several provinces, each with the first of these: every province
/// carries out its own, until they are merged.
fn provinces(procedures: &[Procedure]) -> HashMap<String, String> {
    let mut suffixes: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for procedure in procedures.iter().filter(|p| !p.code.is_empty() && !p.code_suffix.is_empty()) {
        suffixes.entry(&procedure.code).or_default().insert(&procedure.code_suffix);
    }
    let several = suffixes.into_iter().filter(|(_, found)| found.len() > 1);
    several.filter_map(|(code, found)| Some((code.to_owned(), (*found.first()?).to_owned()))).collect()
}

/// Ids of rows say where they belong: `procedure/case/position`, `procedure/sN`.
fn number(procedure: &mut Procedure) {
    let id = &procedure.id;
    for request in &mut procedure.requests {
        request.id = format!("{id}/{}/{}", request.case_index, request.position);
    }
    for step in &mut procedure.steps {
        step.id = format!("{id}/s{}", step.position);
    }
}
