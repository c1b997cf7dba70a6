//! The same procedure from several sources: kept once, every source listed, differences reported.

use crate::catalog::{Catalog, Procedure};
use crate::problem::{Problem, Severity};
use crate::text::fold;
use std::collections::BTreeMap;

/// Merges procedures of the same id. The fullest version is kept, what it leaves open is filled from the others,
/// and every value of another version that differs becomes a warning with that value as raw text.
///
/// The result does not depend on the order of the input, nor on whether parts of it were merged before.
#[must_use]
pub fn merge(catalog: Catalog) -> (Catalog, Vec<Problem>) {
    let mut groups: BTreeMap<String, Vec<Procedure>> = BTreeMap::new();
    for procedure in catalog.procedures {
        groups.entry(procedure.id.clone()).or_default().push(procedure);
    }
    let mut problems = Vec::new();
    let procedures = groups.into_values().filter_map(|versions| merge_versions(versions, &mut problems)).collect();
    (Catalog { procedures }, problems)
}

fn merge_versions(mut versions: Vec<Procedure>, problems: &mut Vec<Problem>) -> Option<Procedure> {
    versions.sort_by(|a, b| fullness(b).cmp(&fullness(a)).then_with(|| a.source.cmp(&b.source)));
    let mut versions = versions.into_iter();
    let mut kept = versions.next()?;
    for other in versions {
        report_differences(&kept, &other, problems);
        fill(&mut kept, other);
    }
    kept.sources.sort();
    kept.sources.dedup();
    Some(kept)
}

/// Rows first, then amount of text: the order in which versions are preferred.
fn fullness(p: &Procedure) -> (usize, usize, usize) {
    let texts = [&p.name, &p.field, &p.publisher, &p.agency, &p.authority, &p.audience, &p.kind, &p.conditions];
    let words = p.requests.iter().map(|r| r.text.len()).chain(p.steps.iter().map(|s| s.text.len()));
    let fields = texts.iter().filter(|t| !t.is_empty()).count();
    (p.requests.len() + p.steps.len(), fields + p.channels.len() + p.legal_bases.len() + p.results.len(), words.sum())
}

type TextField = (&'static str, fn(&mut Procedure) -> &mut String);

const TEXT_FIELDS: &[TextField] = &[
    ("name", |p| &mut p.name),
    ("field", |p| &mut p.field),
    ("publisher", |p| &mut p.publisher),
    ("agency", |p| &mut p.agency),
    ("authority", |p| &mut p.authority),
    ("decision_no", |p| &mut p.decision_no),
    ("published_on", |p| &mut p.published_on),
    ("audience", |p| &mut p.audience),
    ("kind", |p| &mut p.kind),
    ("conditions", |p| &mut p.conditions),
];

/// The inner tables as text, one row a line, for comparison and for the raw text of a problem.
fn table_texts(p: &Procedure) -> [(&'static str, String); 5] {
    let lines = |rows: Vec<String>| rows.join("\n");
    [
        ("requests", lines(p.requests.iter().map(|r| format!("{} | {}", r.case_title, r.text)).collect())),
        ("steps", lines(p.steps.iter().map(|s| s.text.clone()).collect())),
        ("channels", lines(p.channels.iter().map(|c| c.text.clone()).collect())),
        ("legal_bases", lines(p.legal_bases.iter().map(|l| format!("{} {}", l.document_no, l.title)).collect())),
        ("results", lines(p.results.iter().map(|r| format!("{} {}", r.code, r.title)).collect())),
    ]
}

fn report_differences(kept: &Procedure, other: &Procedure, problems: &mut Vec<Problem>) {
    let mut report = |column: &str, kept_text: &str, other_text: &str| {
        if !kept_text.is_empty() && !other_text.is_empty() && parts(kept_text) != parts(other_text) {
            let problem = Problem::new(Severity::Warning, "source-conflict", &other.source);
            problems.push(problem.with_column(column).with_arg("code", &other.id).with_raw(other_text));
        }
    };
    let (mut a, mut b) = (kept.clone(), other.clone());
    for (column, field) in TEXT_FIELDS {
        report(column, field(&mut a), field(&mut b));
    }
    for ((column, kept_text), (_, other_text)) in table_texts(kept).iter().zip(table_texts(other)) {
        report(column, kept_text, &other_text);
    }
}

/// Items of a list for comparison: sources write the same bodies in other orders and with other separators.
fn parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = text.split([',', ';', '\n']).map(fold).filter(|p| !p.is_empty()).collect();
    parts.sort();
    parts
}

fn fill_rows<T>(kept: &mut Vec<T>, other: Vec<T>) {
    if kept.is_empty() {
        *kept = other;
    }
}

fn fill(kept: &mut Procedure, mut other: Procedure) {
    for (_, field) in TEXT_FIELDS {
        let value = std::mem::take(field(&mut other));
        let own = field(kept);
        if own.is_empty() {
            *own = value;
        }
    }
    fill_rows(&mut kept.levels, other.levels);
    fill_rows(&mut kept.requests, other.requests);
    fill_rows(&mut kept.steps, other.steps);
    fill_rows(&mut kept.channels, other.channels);
    fill_rows(&mut kept.legal_bases, other.legal_bases);
    fill_rows(&mut kept.results, other.results);
    kept.is_internal |= other.is_internal;
    kept.sources.append(&mut other.sources);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Request;
    use crate::problem::Source;

    fn version(file: &str, name: &str, field: &str, requests: &[&str]) -> Procedure {
        let request = |text: &&str| Request { text: (*text).to_owned(), ..Request::default() };
        Procedure {
            id: "1.000001".into(),
            name: name.into(),
            field: field.into(),
            requests: requests.iter().map(request).collect(),
            source: Source { file: file.into(), ..Source::default() },
            sources: vec![file.into()],
            ..Procedure::default()
        }
    }

    fn merged(versions: &[Procedure]) -> (Catalog, Vec<Problem>) {
        merge(Catalog { procedures: versions.to_vec() })
    }

    #[test]
    fn a_list_and_its_details_become_one() {
        let (catalog, problems) =
            merged(&[version("list.xlsx", "Cấp thẻ", "Hộ tịch", &[]), version("a.json", "Cấp  thẻ", "", &["Đơn"])]);
        let p = &catalog.procedures[0];
        assert_eq!((p.source.file.as_str(), p.field.as_str(), p.requests.len()), ("a.json", "Hộ tịch", 1));
        assert_eq!((p.sources.join(" "), problems.len()), ("a.json list.xlsx".to_owned(), 0));
    }

    #[test]
    fn differences_are_reported_and_order_does_not_matter() {
        let (a, b) = (version("a", "Cấp thẻ", "", &["Đơn"]), version("b", "Cấp lại thẻ", "", &["Đơn", "Ảnh"]));
        let c = version("c", "Cấp lại thẻ", "Hộ tịch", &["Đơn", "Ảnh"]);
        let whole = merged(&[a.clone(), b.clone(), c.clone()]);
        assert_eq!(whole, merged(&[c.clone(), b.clone(), a.clone()]));
        let columns: Vec<&str> = whole.1.iter().map(|p| p.column.as_str()).collect();
        assert_eq!((whole.0.procedures[0].source.file.as_str(), columns), ("c", vec!["name", "requests"]));
        let (part, mut problems) = merged(&[a, c]);
        let (again, more) = merged(&[part.procedures[0].clone(), b]);
        problems.extend(more);
        assert_eq!((again, problems), whole, "merging in two runs gives the same");
    }
}
