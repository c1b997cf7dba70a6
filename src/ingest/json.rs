//! JSON in all its shapes: one procedure a file, an array, JSON Lines, a wrapper object around them.
//!
//! What a key means is looked up in the synonym table, so a new export needs no new code. Objects that are not
//! fields of their own (`metadata`, `content`) are looked through.

use super::record::{Cells, RawRecord, RawRow, Section, add_cell};
use super::table::ROW_FIELDS;
use super::{Input, Reader, Sink};
use crate::problem::{Problem, Severity, Source};
use crate::rule::{ColumnNames, Field, Scope};
use serde::de::{Deserializer as _, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// Reader of JSON and JSON Lines.
pub struct Json;

impl Reader for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn recognises(&self, input: &Input) -> bool {
        without_bom(input.bytes).trim_ascii_start().first().is_some_and(|b| matches!(b, b'{' | b'['))
            && !input.bytes.starts_with(b"{\\rtf")
    }

    fn read(&self, input: &Input, sink: &mut Sink) {
        let bytes = without_bom(input.bytes).trim_ascii();
        let records = Records { input, found: 0 };
        if bytes.starts_with(b"[") {
            read_array(bytes, records, sink);
        } else if is_json_lines(bytes) {
            read_lines(bytes, records, sink);
        } else {
            read_object(bytes, records, sink);
        }
        join_components(sink);
    }
}

/// Objects of one component each: those of one procedure that follow each other are its dossier.
fn join_components(sink: &mut Sink) {
    let mut joined: Vec<RawRecord> = Vec::with_capacity(sink.records.len());
    for mut record in sink.records.drain(..) {
        if !record.cells.contains_key(&Field::Component) {
            joined.push(record);
            continue;
        }
        let cells = ROW_FIELDS.iter().filter_map(|f| Some((*f, record.cells.remove(f)?))).collect();
        let row = RawRow { row: record.source.row.unwrap_or(1), id: record.source.id.clone(), cells };
        let last = joined.last_mut().filter(|last| last.rows.contains_key(&Section::Dossier) && same(last, &record));
        if let Some(last) = last {
            last.push(Section::Dossier, row);
        } else {
            record.push(Section::Dossier, row);
            joined.push(record);
        }
    }
    sink.records = joined;
}

/// Whether two records name the same procedure.
fn same(a: &RawRecord, b: &RawRecord) -> bool {
    [Field::Code, Field::Name].into_iter().all(|f| a.text(f) == b.text(f))
}

fn without_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// More than one line, and the first is an object on its own.
fn is_json_lines(bytes: &[u8]) -> bool {
    let first = bytes.split(|b| *b == b'\n').next().unwrap_or(bytes);
    first.len() < bytes.len() && serde_json::from_slice::<serde::de::IgnoredAny>(first).is_ok()
}

/// Parses one value. Checking the whole text at once is much faster than the parser's check of each string.
fn parse(bytes: &[u8]) -> serde_json::Result<Value> {
    match encoding_rs::UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => serde_json::from_str(&text),
        None => serde_json::from_slice(bytes),
    }
}

fn read_object(bytes: &[u8], mut records: Records, sink: &mut Sink) {
    match parse(bytes) {
        Ok(value) => records.collect(&value, None, sink),
        Err(e) => sink.reject_file(records.input, "json-invalid", &e),
    }
}

fn read_lines(bytes: &[u8], mut records: Records, sink: &mut Sink) {
    for (at, line) in bytes.split(|b| *b == b'\n').enumerate() {
        let line = line.trim_ascii();
        let row = u32::try_from(at + 1).ok();
        match parse(line) {
            Ok(value) => records.collect(&value, row, sink),
            Err(_) if line.is_empty() => {}
            Err(e) => sink.reject(
                records.problem("json-line-invalid", row, &String::from_utf8_lossy(line)).with_arg("found", &e),
            ),
        }
    }
}

/// An array is read element by element, so that what stands before a defect is kept.
fn read_array(bytes: &[u8], records: Records, sink: &mut Sink) {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let input = records.input;
    let outcome = reader.deserialize_seq(Elements { records, sink });
    if let Err(e) = outcome.and_then(|()| reader.end()) {
        sink.reject_file(input, "json-invalid", &e);
    }
}

struct Elements<'a, 'b> {
    records: Records<'a>,
    sink: &'b mut Sink,
}

impl<'de> Visitor<'de> for Elements<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("an array of procedures")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut elements: A) -> Result<(), A::Error> {
        let mut row = 0;
        while let Some(value) = elements.next_element::<Value>()? {
            row += 1;
            self.records.collect(&value, Some(row), self.sink);
        }
        Ok(())
    }
}

/// Finds the procedures in values and hands them to the sink.
struct Records<'a> {
    input: &'a Input<'a>,
    found: u32,
}

impl Records<'_> {
    fn problem(&self, name: &str, row: Option<u32>, raw: &str) -> Problem {
        let source = Source { file: self.input.path.to_owned(), row, id: None };
        Problem::new(Severity::Error, name, &source).with_raw(raw)
    }

    /// Takes a value apart: a procedure, a wrapper around procedures, or something to reject.
    fn collect(&mut self, value: &Value, row: Option<u32>, sink: &mut Sink) {
        let before = self.found;
        self.search(value, row, sink);
        if self.found == before {
            sink.reject(self.problem("json-no-procedure", row, &value.to_string()));
        }
    }

    fn search(&mut self, value: &Value, row: Option<u32>, sink: &mut Sink) {
        match value {
            Value::Object(object) if is_procedure(object, self.input.columns) => {
                self.found += 1;
                sink.accept(read_record(object, self.input, row));
            }
            Value::Object(object) => {
                for (key, inner) in object.iter().filter(|(_, v)| v.is_object() || v.is_array()) {
                    let before = sink.records.len();
                    self.search(inner, row, sink);
                    // an object whose keys are the codes of the procedures in it
                    if let [record] = &mut sink.records[before..]
                        && inner.is_object()
                        && is_code(key)
                        && record.text(Field::Code).is_empty()
                    {
                        record.add(Field::Code, key);
                    }
                }
            }
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    if item.is_object() || item.is_array() {
                        self.search(item, u32::try_from(at + 1).ok(), sink);
                    } else if !item.is_null() && row.is_none() {
                        sink.reject(self.problem("json-no-procedure", u32::try_from(at + 1).ok(), &item.to_string()));
                    }
                }
            }
            _ => {}
        }
    }
}

/// Whether a key is written as national codes are: `1.000894`.
fn is_code(key: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    key.split_once('.').is_some_and(|(first, rest)| {
        first.len() == 1 && digits(first) && rest.len() >= 6 && rest.get(..6).is_some_and(digits)
    })
}

/// An object is a procedure when it names or numbers one and says something more about it.
fn is_procedure(object: &Map<String, Value>, columns: &ColumnNames) -> bool {
    let mut fields: Vec<Field> = Vec::new();
    let mut visit = |object: &Map<String, Value>| {
        for (key, value) in object {
            match columns.lookup(Scope::Procedure, key) {
                None | Some(Field::Ignore | Field::Id | Field::Description | Field::Keywords | Field::Url) => {}
                Some(field) if !value.is_null() => fields.push(field),
                Some(_) => {}
            }
        }
    };
    visit(object);
    let inner = object.iter().filter(|(key, _)| !is_code(key));
    inner.filter_map(|(_, value)| value.as_object()).for_each(&mut visit);
    fields.sort_unstable();
    fields.dedup();
    fields.len() >= 2 && (fields.contains(&Field::Code) || fields.contains(&Field::Name))
}

fn read_record(object: &Map<String, Value>, input: &Input, row: Option<u32>) -> RawRecord {
    let source = Source { file: input.path.to_owned(), row, id: None };
    let mut record = RawRecord { source, ..RawRecord::default() };
    let mut nested = Vec::new();
    read_fields(object, input.columns, &mut record, &mut nested);
    // Wrapping objects only fill what the record itself leaves open: in the national API they hold names of other things.
    while !nested.is_empty() {
        let mut deeper = Vec::new();
        for inner in std::mem::take(&mut nested) {
            let mut found = RawRecord::default();
            read_fields(inner, input.columns, &mut found, &mut deeper);
            for (field, text) in found.cells {
                record.cells.entry(field).or_insert(text);
            }
            for (section, rows) in found.rows {
                record.rows.entry(section).or_insert(rows);
            }
        }
        nested = deeper;
    }
    record.source.id = record.cells.remove(&Field::Id);
    record
}

fn read_fields<'v>(
    object: &'v Map<String, Value>,
    columns: &ColumnNames,
    record: &mut RawRecord,
    nested: &mut Vec<&'v Map<String, Value>>,
) {
    for (key, value) in object {
        let Some(field) = columns.lookup(Scope::Procedure, key) else {
            nested.extend(value.as_object());
            continue;
        };
        match (field, section_of(field), value) {
            (Field::Ignore, ..) => {}
            (_, Some((section, scope)), Value::Array(_) | Value::Object(_)) => {
                let mut rows = Rows { columns, scope, found: Vec::new() };
                rows.read(value, "");
                if !rows.found.is_empty() {
                    record.rows.entry(section).or_default().append(&mut rows.found);
                }
            }
            _ => record.add(field, &plain_text(value)),
        }
    }
}

fn section_of(field: Field) -> Option<(Section, Scope)> {
    Some(match field {
        Field::Dossier | Field::Cases => (Section::Dossier, Scope::Dossier),
        Field::Steps => (Section::Steps, Scope::Steps),
        Field::Channels => (Section::Channels, Scope::Channels),
        Field::LegalBases => (Section::LegalBases, Scope::LegalBases),
        Field::Results => (Section::Results, Scope::Results),
        _ => return None,
    })
}

/// Rows of one inner table, with the case heading they stand under.
struct Rows<'a> {
    columns: &'a ColumnNames,
    scope: Scope,
    found: Vec<RawRow>,
}

impl Rows<'_> {
    fn read(&mut self, value: &Value, case: &str) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.read(item, case)),
            Value::Object(object) => self.read_object(object, case),
            Value::Null => {}
            _ => {
                let mut cells = Cells::new();
                add_cell(&mut cells, self.main_field(), &plain_text(value));
                self.push(cells, None, case);
            }
        }
    }

    fn read_object(&mut self, object: &Map<String, Value>, case: &str) {
        let inner = object.iter().find(|(key, value)| value.is_array() && self.is_table(key));
        if let Some((_, rows)) = inner {
            let title = object.iter().find_map(|(key, v)| {
                let field = self.columns.lookup(self.scope, key)?;
                matches!(field, Field::Component | Field::CaseTitle).then(|| plain_text(v))
            });
            return self.read(rows, title.as_deref().unwrap_or(case));
        }
        let mut cells = Cells::new();
        let mut id = None;
        for (key, value) in object {
            match self.columns.lookup(self.scope, key) {
                Some(Field::Id) => id = Some(plain_text(value).into_owned()).filter(|t| !t.is_empty()),
                Some(Field::Ignore) | None => {}
                Some(field) => add_cell(&mut cells, field, &plain_text(value)),
            }
        }
        if cells.is_empty() && object.values().any(Value::is_array) {
            // An object whose keys are the case headings.
            object.iter().for_each(|(title, rows)| self.read(rows, title));
        } else {
            self.push(cells, id, case);
        }
    }

    fn is_table(&self, key: &str) -> bool {
        self.scope == Scope::Dossier
            && self.columns.lookup(Scope::Procedure, key).is_some_and(|f| matches!(f, Field::Dossier | Field::Cases))
    }

    fn main_field(&self) -> Field {
        match self.scope {
            Scope::Steps => Field::StepText,
            Scope::Channels => Field::ChannelText,
            Scope::LegalBases => Field::LegalTitle,
            Scope::Results => Field::ResultTitle,
            Scope::Procedure | Scope::Dossier | Scope::Layout => Field::Component,
        }
    }

    fn push(&mut self, mut cells: Cells, id: Option<String>, case: &str) {
        if cells.is_empty() {
            return;
        }
        add_cell(&mut cells, Field::CaseTitle, case);
        let row = u32::try_from(self.found.len() + 1).unwrap_or(u32::MAX);
        self.found.push(RawRow { row, id, cells });
    }
}

/// The text of a value: scalars as they are, lists joined by line breaks, objects by the part that names them.
fn plain_text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => "".into(),
        Value::String(s) => s.trim().into(),
        Value::Bool(_) | Value::Number(_) => value.to_string().into(),
        Value::Array(items) => join(items.iter().map(plain_text), "\n").into(),
        Value::Object(object) => object_text(object).into(),
    }
}

fn object_text(object: &Map<String, Value>) -> String {
    let part = |key: &str| object.get(key).map(plain_text).filter(|t| !t.is_empty());
    if let Some(amount) = part("value") {
        // A fee of the national API; its description can hold the amount that `value` leaves at 0.
        return join(
            [Some(format!("{amount} VND")), part("description").map(|d| format!("({d})"))]
                .into_iter()
                .flatten()
                .map(Cow::Owned),
            " ",
        );
    }
    ["name", "fileName", "title", "ten", "$oid", "$date"]
        .iter()
        .find_map(|key| part(key).map(Cow::into_owned))
        .unwrap_or_else(|| join(object.values().map(plain_text), " "))
}

fn join<'a>(parts: impl Iterator<Item = Cow<'a, str>>, separator: &str) -> String {
    parts.filter(|p| !p.is_empty()).collect::<Vec<_>>().join(separator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleFiles;

    fn read(text: &str) -> Sink {
        let columns = ColumnNames::load(&RuleFiles::embedded()).unwrap();
        let input = Input { path: "a.json", bytes: text.as_bytes(), columns: &columns };
        assert!(Json.recognises(&input));
        let mut sink = Sink::default();
        Json.read(&input, &mut sink);
        sink
    }

    fn dossier(record: &RawRecord) -> Vec<(String, String)> {
        let cell = |r: &RawRow, f| r.cells.get(&f).cloned().unwrap_or_default();
        record.rows[&Section::Dossier].iter().map(|r| (cell(r, Field::CaseTitle), cell(r, Field::Component))).collect()
    }

    #[test]
    fn every_shape_gives_the_same_procedures() {
        let one = r#"{"ma_thu_tuc":"1.000001","ten_thu_tuc":"Cấp lại sổ","linh_vuc":"Hộ tịch"}"#;
        let two = one.replace("000001", "000002");
        for (text, count) in [
            (one.to_owned(), 1),
            (format!("[{one},{two}]"), 2),
            (format!("{one}\n{two}\n"), 2),
            (format!(r#"{{"total":2,"result":{{"items":[{one},{two}]}}}}"#), 2),
            (format!("\u{feff}[{one}]"), 1),
            (r#"{"thu_tuc_id":"1.000003","metadata":{"tên_thủ_tục":"X","lĩnh_vực":"Y"},"tables":{}}"#.to_owned(), 1),
        ] {
            let sink = read(&text);
            assert_eq!((sink.records.len(), sink.read, sink.rejected), (count, count as u64, 0), "{text}");
            assert!(sink.records.iter().all(|r| r.text(Field::Code).starts_with("1.00000")), "{text}");
        }
    }

    #[test]
    fn other_exports_are_read_too() {
        for (text, code, components) in [
            (
                r#"{"data":{"danhSach":[{"maThuTuc":"1.099003","tenThuTuc":"Đăng ký tạm vắng","linhVuc":{"id":7,"ten":"Cư trú"},
                "thanhPhanHoSo":[{"tenTruongHop":null,"danhSachGiayTo":[{"tenGiayTo":"Tờ khai","soBanChinh":1,"bieuMau":null},
                {"tenGiayTo":"Căn cước","bieuMau":{"ten":"x.doc","url":"http://a/x.doc"}}]}],"cachThucThucHien":null}]}}"#,
                "1.099003",
                vec!["Tờ khai", "Căn cước"],
            ),
            (
                r#"{"formalities":{"1.099007":{"title":"Cấp giấy đi đường","documents":[{"document_name":"Đơn","quantity":"01"}]}}}"#,
                "1.099007",
                vec!["Đơn"],
            ),
            (
                "{\"ma_tthc\":\"1.099006\",\"ten_tthc\":\"A\",\"ten_giay_to\":\"Đơn\"}\n{\"ma_tthc\":\"1.099006\",\"ten_tthc\":\"A\",\"ten_giay_to\":\"Ảnh\"}",
                "1.099006",
                vec!["Đơn", "Ảnh"],
            ),
            (
                r#"[{"Ma_so":"1.099004","Ten":"Cấp thẻ","Ho_so":{"Cấp mới":["Đơn","Ảnh"]},"Le_phi":null}]"#,
                "1.099004",
                vec!["Đơn", "Ảnh"],
            ),
        ] {
            let sink = read(text);
            assert_eq!(sink.records.len(), 1, "{text}");
            assert_eq!(sink.records[0].text(Field::Code), code);
            let found: Vec<String> = dossier(&sink.records[0]).into_iter().map(|(_, text)| text).collect();
            assert_eq!(found, components, "{text}");
        }
    }

    #[test]
    fn the_national_api_gives_cases_flags_and_fees() {
        let sink = read(
            r#"{"id":"u-1","code":"1.000001","name":"Cấp thẻ","isWard":true,
            "procedureProposal":{"publicationDate":1776132553764,"issuingAgency":{"name":"Bộ khác"}},
            "executionCases":[{"name":"Cấp mới","profileComponents":[{"name":"Đơn","originalQty":1,"copyQty":0}]},
                              {"name":"Cấp lại","profileComponents":[null,{"name":"Ảnh","originalQty":2,"copyQty":0,"code":"KQ.1"}]}],
            "executionMethods":[{"submissionMethod":"ONLINE","processingTime":3,"processingTimeUnit":"WORKING_DAY",
                                 "fees":[{"value":0,"description":"Mỗi thẻ 5.000 đồng"}]}]}"#,
        );
        let record = &sink.records[0];
        assert_eq!(record.text(Field::Name), "Cấp thẻ");
        assert_eq!(record.text(Field::IsWard), "true");
        assert_eq!(record.text(Field::PublishedOn), "1776132553764");
        assert_eq!(record.source.id.as_deref(), Some("u-1"));
        assert_eq!(dossier(record), [("Cấp mới".into(), "Đơn".into()), ("Cấp lại".into(), "Ảnh".into())]);
        assert_eq!(record.rows[&Section::Channels][0].cells[&Field::Fee], "0 VND (Mỗi thẻ 5.000 đồng)");
    }

    #[test]
    fn the_admin_export_and_keyed_cases_are_read() {
        let sink = read(
            r#"{"ma_tthc":"1.000004","ten_tthc":"T","tphs":[{"ten_tphs":"Tờ khai","ban_chinh":true,"ban_sao":false}],"kqth":[{"ten_kq":"Thẻ"}]}"#,
        );
        let row = &sink.records[0].rows[&Section::Dossier][0];
        assert_eq!((row.cells[&Field::Component].as_str(), row.cells[&Field::Originals].as_str()), ("Tờ khai", "true"));
        let sink = read(
            r#"{"code":"1.000005","name":"T","Thành phần hồ sơ":{"Đổi thẻ":[{"Tên giấy tờ":"A"}],"Cấp mới":["B"]}}"#,
        );
        let in_order_of_the_file = [("Đổi thẻ".into(), "A".into()), ("Cấp mới".into(), "B".into())];
        assert_eq!(dossier(&sink.records[0]), in_order_of_the_file);
    }

    #[test]
    fn defects_are_named_and_the_rest_is_kept() {
        let good = r#"{"code":"1.000001","name":"T","field":"F"}"#;
        for (text, kept, rejected, problem) in [
            (format!("[{good},{{\"code\":\"1.0"), 1, 1, "json-invalid"),
            (format!("{good}\n{{broken\n{good}"), 2, 1, "json-line-invalid"),
            ("{\"code\": ".to_owned(), 0, 1, "json-invalid"),
            (r#"{"a":1}"#.to_owned(), 0, 1, "json-no-procedure"),
            ("[1,2]".to_owned(), 0, 2, "json-no-procedure"),
            ("[]".to_owned(), 0, 0, ""),
        ] {
            let sink = read(&text);
            assert_eq!((sink.records.len(), sink.rejected), (kept, rejected), "{text}");
            assert_eq!(sink.read, kept as u64 + rejected, "{text}");
            assert_eq!(sink.problems.first().map_or("", |p| p.problem.as_str()), problem, "{text}");
        }
    }
}
