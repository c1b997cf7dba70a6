//! The tables of a catalogue folder, there and back. Column names are the contract.

use super::{Catalog, Channel, LegalBasis, Level, Procedure, Request, ResultPaper, Step};
use crate::error::Result;
use crate::message::Messages;
use crate::problem::{Problem, Severity, Source};
use crate::table::{Table, TableView};
use std::collections::HashMap;
use std::path::Path;

impl Catalog {
    /// The six tables of the catalogue; rows in the order of the procedures.
    #[must_use]
    pub fn tables(&self) -> Vec<Table> {
        vec![
            self.procedure_table(),
            self.request_table(),
            self.step_table(),
            self.channel_table(),
            self.legal_basis_table(),
            self.result_table(),
        ]
    }

    fn procedure_table(&self) -> Table {
        let rows = &self.procedures;
        let column = |get: fn(&Procedure) -> &str| rows.iter().map(get);
        let table = Table::new("procedures")
            .text("procedure_id", column(|p| &p.id))
            .text("code", column(|p| &p.code))
            .text("code_suffix", column(|p| &p.code_suffix))
            .text("code_as_written", column(|p| &p.code_as_written))
            .text("name", column(|p| &p.name))
            .text("field", column(|p| &p.field))
            .text("publisher", column(|p| &p.publisher))
            .text("levels", rows.iter().map(|p| join_levels(&p.levels)))
            .text("audience", column(|p| &p.audience))
            .text("kind", column(|p| &p.kind))
            .flag("is_internal", rows.iter().map(|p| p.is_internal))
            .text("agency", column(|p| &p.agency))
            .text("authority", column(|p| &p.authority))
            .text("decision_no", column(|p| &p.decision_no))
            .text("published_on", column(|p| &p.published_on))
            .text("conditions", column(|p| &p.conditions))
            .text("sources", rows.iter().map(|p| p.sources.join("; ")));
        with_source(table, rows.iter().map(|p| &p.source))
    }

    fn request_table(&self) -> Table {
        let rows: Vec<(&Procedure, &Request)> = self.requests().collect();
        let column = |get: fn(&Request) -> &str| rows.iter().map(move |(_, r)| get(r));
        let table =
            with_procedure(Table::new("requests").text("request_id", column(|r| &r.id)), rows.iter().map(|r| r.0))
                .int("case_index", rows.iter().map(|(_, r)| Some(r.case_index)))
                .text("case_title", column(|r| &r.case_title))
                .int("position", rows.iter().map(|(_, r)| Some(r.position)))
                .text("text", column(|r| &r.text))
                .text("form_file", column(|r| &r.form_file))
                .int("originals", rows.iter().map(|(_, r)| r.originals))
                .int("copies", rows.iter().map(|(_, r)| r.copies))
                .flag("is_note", rows.iter().map(|(_, r)| r.is_note))
                .text("component_code", column(|r| &r.component_code))
                .text("note", column(|r| &r.note));
        with_source(table, rows.iter().map(|(_, r)| &r.source))
    }

    fn step_table(&self) -> Table {
        let rows: Vec<(&Procedure, &Step)> = self.steps().collect();
        let table = with_procedure(
            Table::new("steps").text("step_id", rows.iter().map(|(_, s)| &s.id)),
            rows.iter().map(|r| r.0),
        )
        .int("position", rows.iter().map(|(_, s)| Some(s.position)))
        .text("label", rows.iter().map(|(_, s)| &s.label))
        .text("text", rows.iter().map(|(_, s)| &s.text));
        with_source(table, rows.iter().map(|(_, s)| &s.source))
    }

    fn channel_table(&self) -> Table {
        let rows: Vec<(&Procedure, &Channel)> = self.rows(|p| &p.channels);
        let table = with_procedure(Table::new("channels"), rows.iter().map(|r| r.0))
            .text("channel", rows.iter().map(|(_, c)| &c.channel))
            .float("duration_value", rows.iter().map(|(_, c)| c.duration_value))
            .text("duration_unit", rows.iter().map(|(_, c)| &c.duration_unit))
            .int("fee_vnd", rows.iter().map(|(_, c)| c.fee_vnd))
            .text("text", rows.iter().map(|(_, c)| &c.text));
        with_source(table, rows.iter().map(|(_, c)| &c.source))
    }

    fn legal_basis_table(&self) -> Table {
        let rows: Vec<(&Procedure, &LegalBasis)> = self.rows(|p| &p.legal_bases);
        let table = with_procedure(Table::new("legal_bases"), rows.iter().map(|r| r.0))
            .text("document_no", rows.iter().map(|(_, l)| &l.document_no))
            .text("title", rows.iter().map(|(_, l)| &l.title));
        with_source(table, rows.iter().map(|(_, l)| &l.source))
    }

    fn result_table(&self) -> Table {
        let rows: Vec<(&Procedure, &ResultPaper)> = self.rows(|p| &p.results);
        let table = with_procedure(Table::new("results"), rows.iter().map(|r| r.0))
            .text("result_code", rows.iter().map(|(_, r)| &r.code))
            .text("title", rows.iter().map(|(_, r)| &r.title));
        with_source(table, rows.iter().map(|(_, r)| &r.source))
    }

    fn rows<'a, T>(&'a self, of: fn(&'a Procedure) -> &'a Vec<T>) -> Vec<(&'a Procedure, &'a T)> {
        self.procedures.iter().flat_map(|p| of(p).iter().map(move |row| (p, row))).collect()
    }

    /// Reads the tables of a catalogue folder back.
    ///
    /// # Errors
    /// When a table or a column is missing.
    pub fn read(folder: &Path) -> Result<Catalog> {
        let mut catalog = Catalog { procedures: read_procedures(&Table::read(folder, "procedures")?)? };
        let place: HashMap<String, usize> =
            catalog.procedures.iter().enumerate().map(|(at, p)| (p.id.clone(), at)).collect();
        let mut add = |ids: Vec<String>, put: &mut dyn FnMut(usize, &mut Procedure)| {
            for (row, id) in ids.iter().enumerate() {
                if let Some(at) = place.get(id) {
                    put(row, &mut catalog.procedures[*at]);
                }
            }
        };
        let view = Table::read(folder, "requests")?;
        let mut rows = read_requests(&view)?.into_iter();
        add(view.texts("procedure_id")?, &mut |_, p| p.requests.extend(rows.next()));
        let view = Table::read(folder, "steps")?;
        let mut rows = read_steps(&view)?.into_iter();
        add(view.texts("procedure_id")?, &mut |_, p| p.steps.extend(rows.next()));
        let view = Table::read(folder, "channels")?;
        let mut rows = read_channels(&view)?.into_iter();
        add(view.texts("procedure_id")?, &mut |_, p| p.channels.extend(rows.next()));
        let view = Table::read(folder, "legal_bases")?;
        let (numbers, titles, sources) = (view.texts("document_no")?, view.texts("title")?, read_sources(&view)?);
        add(view.texts("procedure_id")?, &mut |row, p| {
            p.legal_bases.push(LegalBasis {
                document_no: numbers[row].clone(),
                title: titles[row].clone(),
                source: sources[row].clone(),
            });
        });
        let view = Table::read(folder, "results")?;
        let (codes, titles, sources) = (view.texts("result_code")?, view.texts("title")?, read_sources(&view)?);
        add(view.texts("procedure_id")?, &mut |row, p| {
            p.results.push(ResultPaper {
                code: codes[row].clone(),
                title: titles[row].clone(),
                source: sources[row].clone(),
            });
        });
        Ok(catalog)
    }
}

/// The `problems` table, messages in the language of `messages`.
#[must_use]
pub fn problem_table(problems: &[Problem], messages: &Messages) -> Table {
    let table = Table::new("problems")
        .text("severity", problems.iter().map(|p| p.severity.as_str()))
        .text("problem", problems.iter().map(|p| &p.problem));
    with_source(table, problems.iter().map(|p| &p.source))
        .text("column", problems.iter().map(|p| &p.column))
        .text("message", problems.iter().map(|p| messages.problem(p)))
        .text("args", problems.iter().map(|p| serde_json::to_string(&p.args).unwrap_or_default()))
        .text("raw", problems.iter().map(|p| &p.raw))
}

/// Reads the problems of a catalogue folder back.
///
/// # Errors
/// When the table or a column is missing.
pub fn read_problems(folder: &Path) -> Result<Vec<Problem>> {
    let view = Table::read(folder, "problems")?;
    let (severities, names, columns) = (view.texts("severity")?, view.texts("problem")?, view.texts("column")?);
    let (args, raws, sources) = (view.texts("args")?, view.texts("raw")?, read_sources(&view)?);
    Ok((0..view.height())
        .map(|row| Problem {
            source: sources[row].clone(),
            problem: names[row].clone(),
            column: columns[row].clone(),
            severity: Severity::from_name(&severities[row]),
            args: serde_json::from_str(&args[row]).unwrap_or_default(),
            raw: raws[row].clone(),
        })
        .collect())
}

fn with_procedure<'a>(table: Table, procedures: impl Iterator<Item = &'a Procedure> + Clone) -> Table {
    table.text("procedure_id", procedures.clone().map(|p| &p.id)).text("code", procedures.map(|p| &p.code))
}

fn with_source<'a>(table: Table, sources: impl Iterator<Item = &'a Source> + Clone) -> Table {
    table
        .text("source_file", sources.clone().map(|s| &s.file))
        .int("source_row", sources.clone().map(|s| s.row))
        .text("source_id", sources.map(|s| s.id.as_deref().unwrap_or_default()))
}

fn read_sources(view: &TableView) -> Result<Vec<Source>> {
    let (files, rows, ids) = (view.texts("source_file")?, view.ints("source_row")?, view.texts("source_id")?);
    Ok(files
        .into_iter()
        .zip(rows)
        .zip(ids)
        .map(|((file, row), id)| Source { file, row: number(row), id: Some(id).filter(|id| !id.is_empty()) })
        .collect())
}

fn number(value: Option<i64>) -> Option<u32> {
    value.and_then(|v| u32::try_from(v).ok())
}

fn join_levels(levels: &[Level]) -> String {
    levels.iter().map(|l| l.as_str()).collect::<Vec<_>>().join(";")
}

fn read_procedures(view: &TableView) -> Result<Vec<Procedure>> {
    let text = |name| view.texts(name);
    let (ids, codes, suffixes, written) =
        (text("procedure_id")?, text("code")?, text("code_suffix")?, text("code_as_written")?);
    let (names, fields, publishers, levels) = (text("name")?, text("field")?, text("publisher")?, text("levels")?);
    let (audiences, kinds, agencies, authorities) =
        (text("audience")?, text("kind")?, text("agency")?, text("authority")?);
    let (decisions, published, conditions, sources) =
        (text("decision_no")?, text("published_on")?, text("conditions")?, text("sources")?);
    let (internal, places) = (view.flags("is_internal")?, read_sources(view)?);
    Ok((0..view.height())
        .map(|row| Procedure {
            id: ids[row].clone(),
            code: codes[row].clone(),
            code_suffix: suffixes[row].clone(),
            code_as_written: written[row].clone(),
            name: names[row].clone(),
            field: fields[row].clone(),
            publisher: publishers[row].clone(),
            agency: agencies[row].clone(),
            authority: authorities[row].clone(),
            decision_no: decisions[row].clone(),
            published_on: published[row].clone(),
            levels: levels[row].split(';').filter_map(Level::from_name).collect(),
            audience: audiences[row].clone(),
            kind: kinds[row].clone(),
            conditions: conditions[row].clone(),
            is_internal: internal[row],
            source: places[row].clone(),
            sources: sources[row].split("; ").map(str::to_owned).collect(),
            ..Procedure::default()
        })
        .collect())
}

fn read_requests(view: &TableView) -> Result<Vec<Request>> {
    let (ids, titles, texts) = (view.texts("request_id")?, view.texts("case_title")?, view.texts("text")?);
    let (forms, codes, remarks) = (view.texts("form_file")?, view.texts("component_code")?, view.texts("note")?);
    let sources = read_sources(view)?;
    let (cases, positions) = (view.ints("case_index")?, view.ints("position")?);
    let (originals, copies, notes) = (view.ints("originals")?, view.ints("copies")?, view.flags("is_note")?);
    Ok((0..view.height())
        .map(|row| Request {
            id: ids[row].clone(),
            case_index: number(cases[row]).unwrap_or_default(),
            case_title: titles[row].clone(),
            position: number(positions[row]).unwrap_or_default(),
            text: texts[row].clone(),
            form_file: forms[row].clone(),
            originals: number(originals[row]),
            copies: number(copies[row]),
            is_note: notes[row],
            component_code: codes[row].clone(),
            note: remarks[row].clone(),
            source: sources[row].clone(),
        })
        .collect())
}

fn read_steps(view: &TableView) -> Result<Vec<Step>> {
    let (ids, labels, texts) = (view.texts("step_id")?, view.texts("label")?, view.texts("text")?);
    let (positions, sources) = (view.ints("position")?, read_sources(view)?);
    Ok((0..view.height())
        .map(|row| Step {
            id: ids[row].clone(),
            position: number(positions[row]).unwrap_or_default(),
            label: labels[row].clone(),
            text: texts[row].clone(),
            source: sources[row].clone(),
        })
        .collect())
}

fn read_channels(view: &TableView) -> Result<Vec<Channel>> {
    let (channels, units, texts) = (view.texts("channel")?, view.texts("duration_unit")?, view.texts("text")?);
    let (values, fees, sources) = (view.floats("duration_value")?, view.ints("fee_vnd")?, read_sources(view)?);
    Ok((0..view.height())
        .map(|row| Channel {
            channel: channels[row].clone(),
            duration_value: values[row],
            duration_unit: units[row].clone(),
            fee_vnd: fees[row],
            text: texts[row].clone(),
            source: sources[row].clone(),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_catalogue_comes_back_as_it_was_written() {
        let source = Source { file: "a/b.json".into(), row: Some(3), id: Some("D7".into()) };
        let procedure = Procedure {
            id: "1.000001.H29".into(),
            code: "1.000001".into(),
            code_suffix: "H29".into(),
            name: "Cấp bản sao".into(),
            levels: vec![Level::Province, Level::Commune],
            is_internal: true,
            sources: vec!["a/b.json#3".into(), "c.csv#1".into()],
            source: source.clone(),
            requests: vec![Request {
                id: "r".into(),
                copies: Some(0),
                text: "Đơn".into(),
                source: source.clone(),
                ..Request::default()
            }],
            steps: vec![Step {
                id: "s".into(),
                position: 1,
                label: "Bước 1".into(),
                text: "Nộp".into(),
                source: source.clone(),
            }],
            channels: vec![Channel {
                channel: "online".into(),
                duration_value: Some(0.5),
                fee_vnd: Some(8000),
                ..Channel::default()
            }],
            legal_bases: vec![LegalBasis { document_no: "1/2020/NĐ-CP".into(), ..LegalBasis::default() }],
            results: vec![ResultPaper { code: "KQ.G15.000001".into(), ..ResultPaper::default() }],
            ..Procedure::default()
        };
        let other = Procedure { id: "x-1".into(), sources: vec!["d".into()], ..Procedure::default() };
        let catalog = Catalog { procedures: vec![procedure, other] };
        let dir = tempfile::tempdir().unwrap();
        catalog.tables().into_iter().for_each(|t| t.write(dir.path(), true).unwrap());
        assert_eq!(Catalog::read(dir.path()).unwrap(), catalog);
    }

    #[test]
    fn problems_come_back_as_they_were_written() {
        let messages = Messages::load(&crate::rule::RuleFiles::embedded(), crate::message::Lang::Vi).unwrap();
        let problem = Problem::new(Severity::Note, "code-repaired", &Source::default())
            .with_column("Mã")
            .with_arg("found", "1,010826")
            .with_raw("1,010826");
        let dir = tempfile::tempdir().unwrap();
        problem_table(std::slice::from_ref(&problem), &messages).write(dir.path(), false).unwrap();
        assert_eq!(read_problems(dir.path()).unwrap(), [problem]);
    }
}
