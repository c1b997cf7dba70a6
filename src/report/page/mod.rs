//! `report.html`: one self-contained page over the tables of a run. No network, readable from a USB stick, printable on A4.
//!
//! The page carries the tables as JSON, its own small scripts, and the script of the chart library; layout, looks and
//! behaviour stand in files of their own beside this one.

mod labels;
mod rows;
mod strings;
mod views;

use super::run_folder::RunFolder;
use super::summary::Report;
use crate::error::{Error, Result};
use crate::message::Messages;
use crate::rule::RuleFiles;
use minijinja::{Environment, Value, context};
use plotly::Plot;
use serde_json::{Map, json};
use std::path::PathBuf;
use strings::Strings;

/// Name of the page in a run folder.
pub const PAGE: &str = "report.html";

/// The scripts of the page, in the order in which they run.
const SCRIPTS: &[&str] = &[
    include_str!("base.js"),
    include_str!("grid.js"),
    include_str!("detail.js"),
    include_str!("lists.js"),
    include_str!("charts.js"),
    include_str!("views.js"),
];

/// The page of a run, in the language of `messages` when opened; it can be switched.
///
/// # Errors
/// When a table of the run is missing or broken, or a rule file is wrong.
pub fn page(run: &RunFolder, report: &Report, rules: &RuleFiles, messages: &Messages) -> Result<String> {
    let failed = |e: &dyn std::fmt::Display| Error::Table { path: PathBuf::from(PAGE), message: e.to_string() };
    let mut strings = Strings::new();
    let mut data = Map::new();
    data.insert("report".into(), serde_json::to_value(report).map_err(|e| failed(&e))?);
    data.insert("labels".into(), labels::labels(rules, messages)?.into());
    data.insert("rows".into(), rows::rows(run, &mut strings)?.into());
    data.insert("views".into(), views::views(run, &mut strings)?.into());
    data.insert("strings".into(), json!(strings.into_list()));
    let data = serde_json::to_string(&data).map_err(|e| failed(&e))?;
    let own = messages.clone();
    let mut environment = Environment::new();
    environment.add_function("t", move |key: &str| own.text(key, &[]));
    environment.add_template(PAGE, include_str!("page.html")).map_err(|e| failed(&e))?;
    let template = environment.get_template(PAGE).map_err(|e| failed(&e))?;
    template
        .render(context! {
            lang => messages.text("lang-code", &[]),
            style => Value::from_safe_string(include_str!("page.css").to_owned()),
            data => Value::from_safe_string(data.replace('<', "\\u003c")),
            script => Value::from_safe_string(SCRIPTS.concat()),
            charts => Value::from_safe_string(chart_script()),
        })
        .map_err(|e| failed(&e))
}

/// The script of the chart library alone: the crate also ships one for formulas, which no chart here has.
fn chart_script() -> String {
    let both = Plot::offline_js_sources();
    both.split_inclusive("</script>").next().unwrap_or_default().to_owned()
}
