//! One self-contained page: no network, readable from a USB stick, printable on A4.

use super::{Report, grouped};
use crate::error::{Error, Result};
use crate::message::Messages;
use minijinja::value::Serde;
use minijinja::{Environment, Value, context};
use std::path::PathBuf;

/// The page of a report.
///
/// # Errors
/// When the template is wrong, which a test rules out.
pub fn html(report: &Report, messages: &Messages) -> Result<String> {
    let failed = |e: minijinja::Error| Error::Table { path: PathBuf::from("report.html"), message: e.to_string() };
    let mut environment = Environment::new();
    environment.add_template("report.html", include_str!("report.html")).map_err(failed)?;
    let own = messages.clone();
    environment.add_function("t", move |key: &str| own.text(key, &[]));
    let own = messages.clone();
    environment.add_filter("n", move |value: Value| u64::try_from(value).map(|v| grouped(v, &own)).unwrap_or_default());
    let template = environment.get_template("report.html").map_err(failed)?;
    template
        .render(context! { r => Value::from(Serde(report)), lang => messages.text("lang-code", &[]) })
        .map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Lang;
    use crate::report::{CatalogFigures, RequestLine};
    use crate::rule::RuleFiles;

    #[test]
    fn the_page_is_whole_and_escapes_what_it_quotes() {
        for (lang, word, number) in [(Lang::Vi, "Thay được ngay", "12.345"), (Lang::En, "Replaceable now", "12,345")]
        {
            let messages = Messages::load(&RuleFiles::embedded(), lang).unwrap();
            let report = Report {
                catalogs: vec![CatalogFigures { name: "2026".into(), values: vec![12345] }],
                measures: vec!["Thủ tục".into()],
                requests: vec![RequestLine {
                    before: "<b>".into(),
                    quote: "Căn cước".into(),
                    ..RequestLine::default()
                }],
                ..Report::default()
            };
            let page = html(&report, &messages).unwrap();
            assert!(page.contains(word) && page.contains(number) && page.contains("&lt;b&gt;"), "{page}");
            assert!(!page.contains("http") && !page.contains("report-"), "no network, no missing text: {page}");
        }
    }
}
