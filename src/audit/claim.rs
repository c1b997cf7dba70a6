//! One claimed cut, read from a row of an officer's list.

use super::amount::{Amount, Miscount, amounts, miscounts};
use crate::ingest::PlainTable;
use crate::normalise::{CodeReading, find_codes};
use crate::problem::{Problem, Severity, Source};
use crate::rule::{AmountUnit, AmountWords, ClaimAction, ClaimColumn, ClaimWords};
use crate::text::{clean, fold};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A claimed cut as read. Texts are cleaned, not folded; an empty text means that the list does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claim {
    /// The list's own number where it has one and none stands twice, else the row.
    pub id: String,
    /// Canonical code; empty when none can be read.
    pub code: String,
    /// The code as written.
    pub code_as_written: String,
    /// Name of the procedure.
    pub name: String,
    /// Body that claims.
    pub agency: String,
    /// What was done, in the words of the list.
    pub action_text: String,
    /// What was done.
    pub action: Option<ClaimAction>,
    /// Content of the cut.
    pub content: String,
    /// Paper that is cut.
    pub document: String,
    /// How many, where a whole number is stated.
    pub amount: Option<i64>,
    /// Day on which the cut takes effect.
    pub effective_on: Option<Date>,
    /// Legal ground.
    pub ground: String,
    /// Saving as written.
    pub saving: String,
    /// Database that stands in.
    pub database: String,
    /// Programme; the ground where the list has no such column.
    pub programme: String,
    /// Level the words of the claim limit it to.
    pub level: Option<String>,
    /// Amounts of the saving.
    pub amounts: Vec<Amount>,
    /// Sums and products that do not come out.
    pub miscounts: Vec<Miscount>,
    /// Where it stands.
    pub source: Source,
}

impl Claim {
    /// The action; unknown when no word tells.
    #[must_use]
    pub fn action(&self) -> ClaimAction {
        self.action.unwrap_or(ClaimAction::Unknown)
    }

    /// The amount in đồng of the saving, the last one stated; none when there is none.
    #[must_use]
    pub fn saving_vnd(&self) -> Option<i128> {
        self.amounts.iter().rev().find(|a| a.unit == AmountUnit::Vnd).map(|a| a.milli / 1000)
    }
}

/// Reads every row of a list. A row without code, name, document and content is rejected with its raw text.
#[must_use]
pub fn claims(table: &PlainTable, file: &str, words: &ClaimWords, numbers: &AmountWords) -> (Vec<Claim>, Vec<Problem>) {
    let columns: Vec<Option<ClaimColumn>> = table.names.iter().map(|name| words.column(name)).collect();
    let mut problems = Vec::new();
    let mut claims = Vec::new();
    for (at, row) in table.rows.iter().enumerate() {
        let source = Source { file: file.to_owned(), row: u32::try_from(at + 1).ok(), id: None };
        let mut cells: BTreeMap<ClaimColumn, String> = BTreeMap::new();
        for (column, cell) in columns.iter().zip(row) {
            let cell = clean(cell);
            if let Some(column) = column
                && !cell.is_empty()
            {
                cells.entry(*column).or_insert(cell);
            }
        }
        let name = cells.values().next().filter(|_| !cells.contains_key(&ClaimColumn::Code));
        if name.is_some_and(|name| words.is_total(name)) {
            problems.push(total(&cells, &claims, &source, numbers).with_raw(row.join(" | ")));
            continue;
        }
        let says = [ClaimColumn::Code, ClaimColumn::Name, ClaimColumn::Document, ClaimColumn::Content];
        if says.iter().any(|c| cells.contains_key(c)) {
            claims.push(claim(&cells, source, words, numbers, &mut problems));
        } else {
            problems.push(Problem::new(Severity::Error, "claim-empty", &source).with_raw(row.join(" | ")));
        }
    }
    number(&mut claims);
    (claims, problems)
}

/// A row that adds up those above is no claim; whether it does is said.
fn total(cells: &BTreeMap<ClaimColumn, String>, claims: &[Claim], source: &Source, numbers: &AmountWords) -> Problem {
    let stated = cells.get(&ClaimColumn::Amount).and_then(|cell| whole(cell, numbers));
    let sum: i64 = claims.iter().filter_map(|c| c.amount).sum();
    let (severity, name) = match stated {
        Some(stated) if stated != sum => (Severity::Warning, "claim-total-wrong"),
        _ => (Severity::Note, "claim-total"),
    };
    let stated = stated.map(|n| n.to_string()).unwrap_or_default();
    Problem::new(severity, name, source).with_arg("stated", &stated).with_arg("sum", &sum)
}

/// Ids of the list where none is missing or stands twice; else the rows.
fn number(claims: &mut [Claim]) {
    let mut ids: Vec<&str> = claims.iter().map(|c| c.id.as_str()).collect();
    ids.sort_unstable();
    let unique = ids.windows(2).all(|w| w[0] != w[1]) && ids.first().is_none_or(|id| !id.is_empty());
    if !unique {
        for claim in claims {
            claim.id = claim.source.row.unwrap_or_default().to_string();
        }
    }
}

fn claim(
    cells: &BTreeMap<ClaimColumn, String>,
    source: Source,
    words: &ClaimWords,
    numbers: &AmountWords,
    problems: &mut Vec<Problem>,
) -> Claim {
    let cell = |column| cells.get(&column).cloned().unwrap_or_default();
    let written = cell(ClaimColumn::Code);
    let code = code(&written, &source, problems);
    let (action_text, content) = (cell(ClaimColumn::Action), cell(ClaimColumn::Content));
    let (document, saving, ground) =
        (cell(ClaimColumn::Document), cell(ClaimColumn::Saving), cell(ClaimColumn::Ground));
    let database = cell(ClaimColumn::Database);
    let action = action(words, &action_text, &content, &document, &database);
    // a list without a column of papers names them where it tells what was done
    let is_of_paper = matches!(action, ClaimAction::DropRequest | ClaimAction::ReplaceByData);
    let named = [&content, &action_text].into_iter().map(|text| words.object(text)).find(|named| named.contains(' '));
    let document = if document.is_empty() && is_of_paper { named.unwrap_or_default().to_owned() } else { document };
    let amount_text = cell(ClaimColumn::Amount);
    let told = [&saving, &content, &amount_text];
    Claim {
        id: cell(ClaimColumn::Id),
        code,
        code_as_written: written,
        name: cell(ClaimColumn::Name),
        agency: cell(ClaimColumn::Agency),
        level: words.level(&content).or_else(|| words.level(&action_text)).map(str::to_owned),
        amount: whole(&amount_text, numbers),
        effective_on: date(&cell(ClaimColumn::EffectiveOn), &source, problems),
        programme: cells.get(&ClaimColumn::Programme).cloned().unwrap_or_else(|| ground.clone()),
        amounts: told.iter().flat_map(|t| amounts(&fold(t), numbers)).collect(),
        miscounts: told.iter().flat_map(|t| miscounts(t, numbers)).collect(),
        action: Some(action),
        action_text,
        content,
        document,
        ground,
        saving,
        database,
        source,
    }
}

fn code(written: &str, source: &Source, problems: &mut Vec<Problem>) -> String {
    let found: Option<CodeReading> = find_codes(written).into_iter().next();
    if let Some(reading) = found {
        if reading.repair.is_some() {
            problems.push(
                Problem::new(Severity::Note, "code-repaired", source)
                    .with_arg("found", &reading.written)
                    .with_arg("repaired", &reading.code)
                    .with_raw(written),
            );
        }
        reading.code
    } else {
        if !written.is_empty() {
            problems.push(
                Problem::new(Severity::Warning, "claim-code-unread", source)
                    .with_arg("found", written)
                    .with_raw(written),
            );
        }
        String::new()
    }
}

/// The column of the action decides, then the content, then what the other columns imply.
fn action(words: &ClaimWords, action: &str, content: &str, document: &str, database: &str) -> ClaimAction {
    let told = [action, content].into_iter().map(|text| words.action(text)).find(|a| *a != ClaimAction::Unknown);
    match told {
        // "Cut" alone, of a named paper, is about the paper; without a paper it is about the procedure.
        Some(ClaimAction::Abolish) if !document.is_empty() && !mentions_procedure(words, action) => {
            ClaimAction::DropRequest
        }
        Some(ClaimAction::DropRequest) if document.is_empty() && words.action(content) == ClaimAction::Abolish => {
            ClaimAction::Abolish
        }
        // nothing is named but the procedure
        Some(ClaimAction::DropRequest)
            if document.is_empty() && words.is_bare(if action.is_empty() { content } else { action }) =>
        {
            ClaimAction::Abolish
        }
        Some(told) => told,
        None if !document.is_empty() && !database.is_empty() => ClaimAction::ReplaceByData,
        None if !document.is_empty() => ClaimAction::DropRequest,
        None => ClaimAction::Unknown,
    }
}

fn mentions_procedure(words: &ClaimWords, action: &str) -> bool {
    words.action(action) == ClaimAction::Abolish
}

/// A whole number that stands alone in a cell.
fn whole(cell: &str, numbers: &AmountWords) -> Option<i64> {
    let found = amounts(&fold(cell), numbers);
    let [one] = &found[..] else { return None };
    (one.milli % 1000 == 0).then(|| i64::try_from(one.milli / 1000).ok()).flatten()
}

/// Day, month, year in either order of officials and of exchange formats; Excel's day numbers arrive as ISO dates.
fn date(cell: &str, source: &Source, problems: &mut Vec<Problem>) -> Option<Date> {
    if cell.is_empty() {
        return None;
    }
    let parts: Vec<i16> = cell
        .split(|c: char| !c.is_ascii_digit())
        .filter(|p| !p.is_empty())
        .take(3)
        .filter_map(|p| p.parse().ok())
        .collect();
    let small = |n: i16| i8::try_from(n).unwrap_or_default();
    let read = match parts[..] {
        [year, month, day] if year > 31 => Date::new(year, small(month), small(day)).ok(),
        [day, month, year] => Date::new(year, small(month), small(day)).ok(),
        _ => None,
    };
    if read.is_none() {
        let problem = Problem::new(Severity::Warning, "claim-date-unread", source);
        problems.push(problem.with_arg("found", cell).with_raw(cell));
    }
    read
}
