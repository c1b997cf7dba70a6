//! The official layout as text, web page, document and PDF: the same procedure as from JSON, row by row.

use std::path::{Path, PathBuf};
use tinhgon::catalog::Procedure;
use tinhgon::problem::{Problem, Source};
use tinhgon::rule::{ColumnNames, RuleFiles, Words};
use tinhgon::{ingest, normalise};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/layout").join(name)
}

fn read(path: &Path) -> (Vec<Procedure>, Vec<Problem>) {
    let rules = RuleFiles::embedded();
    let (columns, words) = (ColumnNames::load(&rules).unwrap(), Words::load(&rules).unwrap());
    let raw = ingest::ingest(&[path.to_owned()], &columns, &|_| ()).unwrap();
    for input in &raw.inputs {
        assert_eq!(input.read, input.accepted + input.rejected, "{input:?}");
    }
    let (catalog, mut problems) = normalise::normalise(&raw.records, &words);
    problems.extend(raw.problems);
    (catalog.procedures, problems)
}

/// A procedure without the places where it was read.
fn content(mut procedure: Procedure) -> Procedure {
    procedure.source = Source::default();
    procedure.sources.clear();
    procedure.requests.iter_mut().for_each(|r| r.source.file.clear());
    procedure.steps.iter_mut().for_each(|s| s.source = Source::default());
    procedure.channels.iter_mut().for_each(|c| c.source = Source::default());
    procedure.legal_bases.iter_mut().for_each(|b| b.source = Source::default());
    procedure.results.iter_mut().for_each(|r| r.source = Source::default());
    procedure
}

#[test]
fn every_form_of_a_page_gives_the_procedure_of_the_json() {
    let (expected, _) = read(&fixture("procedure.json"));
    let expected = content(expected.into_iter().next().unwrap());
    assert_eq!((expected.requests.len(), expected.steps.len(), expected.channels.len()), (4, 3, 2));
    for name in ["procedure.html", "procedure.docx", "procedure.pdf", "procedure.txt"] {
        let (found, problems) = read(&fixture(name));
        assert_eq!(found.len(), 1, "{name}: {problems:?}");
        assert_eq!(content(found.into_iter().next().unwrap()), expected, "{name}");
    }
}
