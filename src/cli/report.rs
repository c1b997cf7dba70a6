//! `tinhgon report RUN`: writes the reports of a run folder again, from its tables.

use super::{Context, Outcome};
use crate::error::Error;
use crate::output::enter;
use crate::report::{
    PAGE, Report, RunFolder, SCHEMA, cpsv, data_package, page, report_docx, report_json, report_xlsx, ro_crate,
};
use crate::rule::CheckBook;
use crate::table::Table;
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Options {
    #[arg(value_name = "RUN")]
    run: PathBuf,
    #[arg(long, value_enum, value_delimiter = ',', default_value = "html")]
    format: Vec<Format>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Html,
    Xlsx,
    Docx,
    Json,
    Csv,
    Cpsv,
    Datapackage,
    RoCrate,
}

pub fn run(options: &Options, context: &Context) -> Result<Outcome> {
    let folder = options.run.as_path();
    let run = RunFolder::open(folder, &context.messages)?;
    if run.manifest.rules != context.rules.hash() {
        context.say("report-other-rules", &[("rules", run.manifest.rules.get(..12).unwrap_or_default())]);
    }
    let report = Report::read(&run, &CheckBook::load(&context.rules)?)?;
    let mut written = Vec::new();
    for format in &options.format {
        write(*format, &run, &report, &mut written, context)?;
    }
    enter(folder, run.manifest.clone(), &written)?;
    let names: Vec<String> = written.iter().map(|p| format!("  {}", p.display())).collect();
    let shown = if names.len() > 12 {
        vec![context.text("report-many", &[("count", &names.len().to_string())])]
    } else {
        names
    };
    context.say("report-done", &[("files", &shown.join("\n"))]);
    Ok(Outcome::Done)
}

/// Writes one format and enters its files into `written`.
fn write(
    format: Format,
    run: &RunFolder,
    report: &Report,
    written: &mut Vec<PathBuf>,
    context: &Context,
) -> Result<()> {
    let (rules, messages) = (&context.rules, &context.messages);
    let mut save = |name: &str, save: &dyn Fn(&Path) -> crate::error::Result<()>| -> Result<()> {
        let path = run.path().join(name);
        crate::output::replace_file(&path, save)?;
        written.push(path);
        Ok(())
    };
    let text = |path: &Path, text: &str| std::fs::write(path, text).map_err(Error::io(path));
    match format {
        Format::Html => save(PAGE, &|path| text(path, &page(run, report, rules, messages)?)),
        Format::Xlsx => save("report.xlsx", &|path| report_xlsx(report, rules, messages, path)),
        Format::Docx => save("report.docx", &|path| report_docx(report, rules, messages, path)),
        Format::Json => {
            save("report.json", &|path| text(path, &report_json(report)?))?;
            save("report.schema.json", &|path| text(path, SCHEMA))
        }
        Format::Cpsv => save("catalog.cpsv.jsonld", &|path| text(path, &cpsv(run, rules)?)),
        Format::Datapackage => save("datapackage.json", &|path| text(path, &data_package(run)?)),
        Format::RoCrate => save("ro-crate-metadata.json", &|path| text(path, &ro_crate(run)?)),
        Format::Csv => {
            written.extend(tables(run.path())?);
            Ok(())
        }
    }
}

/// Writes every table of the folder as CSV beside it.
fn tables(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut written = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let path = entry?.into_path();
        let (Some(place), Some(name)) = (path.parent(), path.file_stem().and_then(|n| n.to_str())) else { continue };
        // the sample that a run unpacked into its folder is input, not result
        let is_table = path.extension().is_some_and(|e| e == "parquet");
        if is_table && place.join(crate::output::MANIFEST).is_file() {
            let csv = path.with_extension("csv");
            Table::read(place, name)?.write_csv(&csv)?;
            written.push(csv);
        }
    }
    Ok(written)
}
