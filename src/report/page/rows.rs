//! The tables that the page lets one search: procedures, their requests and steps, findings, proposals, and the graph of
//! requests. Column by column, texts as numbers of [`Strings`], so that 50,000 findings stay small.

use super::strings::Strings;
use crate::error::Result;
use crate::report::run_folder::{RunFolder, RunTable, Stage};
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// Columns of texts taken over as they are.
const PROCEDURES: &[&str] = &["procedure_id", "code", "name", "field", "agency", "levels", "source_file"];
const FINDINGS: &[&str] = &[
    "finding_id",
    "rule",
    "severity",
    "certainty",
    "item",
    "source_file",
    "quote",
    "message",
    "message_en",
    "ground",
    "action",
    "related",
    "suppressed_reason",
];
const ASSESSMENTS: &[&str] = &["kind", "verdict", "source", "ground", "readiness"];
const PROPOSALS: &[&str] = &[
    "proposal_id",
    "code",
    "action",
    "competence",
    "findings",
    "content",
    "content_en",
    "execution",
    "execution_en",
    "covered_by",
    "decision",
    "decided_by",
    "note",
];
const PROPOSAL_NUMBERS: &[&str] =
    &["procedures_saved", "requests_saved", "copies_saved", "steps_saved", "cost_saved_vnd"];

/// Every table of the page.
///
/// # Errors
/// When a table of the run is missing or broken.
pub fn rows(run: &RunFolder, strings: &mut Strings) -> Result<Map<String, Value>> {
    let procedures = run.catalog("procedures")?;
    let places = Places::of(run)?;
    let mut out = Map::new();
    out.insert("procedures".into(), texts(&procedures, PROCEDURES, strings)?.into());
    out.insert("requests".into(), requests(run, &places, strings)?);
    out.insert("steps".into(), steps(run, &places, strings)?);
    let assessments = run.analysis("assessments")?;
    out.insert("assessments".into(), assessed(&assessments, &places, strings)?);
    out.insert("findings".into(), findings(run, &assessments, &places, strings)?);
    if let Some(table) = run.stage(Stage::Proposals, "proposals")? {
        out.insert("proposals".into(), proposals(&table, strings)?);
    }
    out.insert("graph".into(), graph(run, &places)?);
    Ok(out)
}

/// Where the rows of procedures, requests and steps stand in their tables.
struct Places {
    procedures: HashMap<String, usize>,
    requests: HashMap<String, usize>,
    steps: HashMap<String, usize>,
}

impl Places {
    fn of(run: &RunFolder) -> Result<Places> {
        let index = |table: &'static str, column: &str| -> Result<HashMap<String, usize>> {
            Ok(run.catalog(table)?.texts(column)?.into_iter().enumerate().map(|(row, id)| (id, row)).collect())
        };
        Ok(Places {
            procedures: index("procedures", "procedure_id")?,
            requests: index("requests", "request_id")?,
            steps: index("steps", "step_id")?,
        })
    }
}

/// Rows by id; -1 for an id that the table lacks.
fn places(ids: &[String], index: &HashMap<String, usize>) -> Vec<i64> {
    ids.iter().map(|id| index.get(id).and_then(|row| i64::try_from(*row).ok()).unwrap_or(-1)).collect()
}

fn texts(table: &RunTable, columns: &[&str], strings: &mut Strings) -> Result<Map<String, Value>> {
    columns.iter().map(|c| Ok(((*c).to_owned(), json!(strings.column(&table.texts(c)?))))).collect()
}

fn requests(run: &RunFolder, places: &Places, strings: &mut Strings) -> Result<Value> {
    let table = run.catalog("requests")?;
    let mut out = texts(&table, &["request_id", "case_title", "text", "source_file", "source_row"], strings)?;
    out.insert("procedure".into(), json!(self::places(&table.texts("procedure_id")?, &places.procedures)));
    Ok(out.into())
}

fn steps(run: &RunFolder, places: &Places, strings: &mut Strings) -> Result<Value> {
    let table = run.catalog("steps")?;
    let mut out = texts(&table, &["step_id", "label", "text", "source_file", "source_row"], strings)?;
    out.insert("procedure".into(), json!(self::places(&table.texts("procedure_id")?, &places.procedures)));
    Ok(out.into())
}

/// The assessments that name a paper; spans count characters.
fn assessed(table: &RunTable, places: &Places, strings: &mut Strings) -> Result<Value> {
    let named: Vec<usize> =
        table.texts("kind")?.iter().enumerate().filter(|(_, k)| !k.is_empty()).map(|(row, _)| row).collect();
    let mut out = Map::new();
    for column in ASSESSMENTS {
        let all = table.texts(column)?;
        let kept: Vec<usize> = named.iter().map(|row| strings.number(&all[*row])).collect();
        out.insert((*column).to_owned(), json!(kept));
    }
    let request = self::places(&table.texts("request_id")?, &places.requests);
    out.insert("request".into(), json!(named.iter().map(|row| request[*row]).collect::<Vec<_>>()));
    for column in ["span_start", "span_end"] {
        let all = table.ints(column)?;
        out.insert(column.into(), json!(named.iter().map(|row| all[*row].unwrap_or(0)).collect::<Vec<_>>()));
    }
    Ok(out.into())
}

/// Findings, with the row that they stand at, and kind and database of the assessment that they rest on.
fn findings(run: &RunFolder, assessments: &RunTable, places: &Places, strings: &mut Strings) -> Result<Value> {
    let table = run.analysis("findings")?;
    let mut out = texts(&table, FINDINGS, strings)?;
    let items = table.texts("item_id")?;
    let kinds = table.texts("item")?;
    let place = |kind: &str| match kind {
        "request" => &places.requests,
        "step" => &places.steps,
        _ => &places.procedures,
    };
    let rows: Vec<i64> =
        items.iter().zip(&kinds).map(|(id, kind)| place(kind).get(id).map_or(-1, |row| number(*row))).collect();
    out.insert("row".into(), json!(rows));
    out.insert("procedure".into(), json!(self::places(&table.texts("procedure_id")?, &places.procedures)));
    out.insert("suppressed".into(), json!(strings.column(&table.texts("suppressed")?)));
    let rest = Grounds::of(assessments)?;
    let quotes = table.texts("quote")?;
    let grounds = table.texts("ground")?;
    let found: Vec<Option<usize>> =
        (0..table.height()).map(|row| rest.find(&items[row], &quotes[row], &grounds[row])).collect();
    for column in ["kind", "source"] {
        let all = assessments.texts(column)?;
        let own: Vec<usize> = found.iter().map(|row| row.map_or(0, |row| strings.number(&all[row]))).collect();
        out.insert(column.into(), json!(own));
    }
    Ok(out.into())
}

fn number(row: usize) -> i64 {
    i64::try_from(row).unwrap_or(-1)
}

/// Assessments by request and words, to find the one that a finding rests on.
struct Grounds {
    rows: HashMap<(String, String), Vec<usize>>,
    grounds: Vec<String>,
}

impl Grounds {
    fn of(assessments: &RunTable) -> Result<Grounds> {
        let mut rows: HashMap<(String, String), Vec<usize>> = HashMap::new();
        let quotes = assessments.texts("quote")?;
        for (row, (request, quote)) in assessments.texts("request_id")?.into_iter().zip(quotes).enumerate() {
            rows.entry((request, quote)).or_default().push(row);
        }
        Ok(Grounds { rows, grounds: assessments.texts("ground")? })
    }

    /// The assessment of the same row and words; of several, the one with the ground of the finding.
    fn find(&self, item: &str, quote: &str, ground: &str) -> Option<usize> {
        let rows = self.rows.get(&(item.to_owned(), quote.to_owned()))?;
        rows.iter().find(|row| self.grounds[**row] == ground).or_else(|| rows.first()).copied()
    }
}

fn proposals(table: &RunTable, strings: &mut Strings) -> Result<Value> {
    let mut out = texts(table, PROPOSALS, strings)?;
    for column in PROPOSAL_NUMBERS {
        out.insert((*column).to_owned(), json!(table.ints(column)?));
    }
    out.insert("is_counted".into(), json!(table.flags("is_counted")?.into_iter().map(u8::from).collect::<Vec<_>>()));
    Ok(out.into())
}

/// Which procedure gives the paper that a request of another asks for.
fn graph(run: &RunFolder, places: &Places) -> Result<Value> {
    let table = run.analysis("request_graph")?;
    let main: Vec<u8> = table.flags("is_main")?.into_iter().map(u8::from).collect();
    Ok(json!({
        "procedure": self::places(&table.texts("procedure_id")?, &places.procedures),
        "request": self::places(&table.texts("request_id")?, &places.requests),
        "supplier": self::places(&table.texts("supplier_id")?, &places.procedures),
        "result": table.texts("result")?,
        "main": main,
    }))
}
