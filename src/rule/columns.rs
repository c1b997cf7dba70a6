//! What columns of tables and keys of objects mean: `rules/columns.toml`, overridable with `--map FILE`.

use super::RuleFiles;
use crate::error::{Error, Result};
use crate::text::skeleton;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// What a column, key or heading of an input means. The names in rule files are the snake-case forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "rules/columns.toml explains each beside its synonyms")]
pub enum Field {
    // the procedure
    Id,
    Code,
    Name,
    DecisionNo,
    Levels,
    Kind,
    FieldOfWork,
    Audience,
    Publisher,
    Agency,
    Authority,
    Delegated,
    Coordinating,
    Address,
    Conditions,
    IsInternal,
    Related,
    Keywords,
    Description,
    Url,
    IsMinistry,
    IsProvince,
    IsDistrict,
    IsWard,
    IsOtherAgency,
    PublishedOn,
    // sections: as text, or as rows
    Dossier,
    Cases,
    Steps,
    Channels,
    LegalBases,
    Results,
    // a dossier row
    CaseTitle,
    Component,
    FormFile,
    Quantity,
    Originals,
    Copies,
    ComponentCode,
    Note,
    // a step
    StepLabel,
    StepText,
    // a channel
    ChannelName,
    Duration,
    DurationUnit,
    Fee,
    ChannelText,
    // a legal basis, a result
    LegalNo,
    LegalTitle,
    ResultCode,
    ResultTitle,
    // the line that begins the page of one procedure
    PageTitle,
    // carries nothing of its own
    Ignore,
}

/// Scope in which a name is looked up: the same key means different things in different places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Scope {
    Procedure,
    Dossier,
    Steps,
    Channels,
    LegalBases,
    Results,
    Layout,
}

type Written = BTreeMap<Scope, BTreeMap<Field, Vec<String>>>;

/// The synonym table. Names are compared as [`skeleton`]s without spaces: case, diacritics, punctuation and the way in
/// which programs join words (`maThuTuc`, `ma_thu_tuc`) do not matter.
#[derive(Debug, Clone, Default)]
pub struct ColumnNames {
    fields: HashMap<(Scope, String), Field>,
}

impl ColumnNames {
    /// Reads the table of a rule set.
    ///
    /// # Errors
    /// When the file is missing or wrong.
    pub fn load(files: &RuleFiles) -> Result<Self> {
        let (path, text) = files.file("columns.toml")?;
        let mut names = ColumnNames::default();
        names.extend(&path, text, true)?;
        Ok(names)
    }

    /// Adds the names of an officer's own file (`--map`), which win over those known.
    ///
    /// # Errors
    /// When the text is no TOML of this form, with line and column.
    pub fn override_with(&mut self, path: &Path, text: &str) -> Result<()> {
        self.extend(path, text, false)
    }

    fn extend(&mut self, path: &Path, text: &str, unique: bool) -> Result<()> {
        let error = |message: String| Error::Rule { path: path.to_owned(), message };
        let written: Written = toml::from_str(text).map_err(|e| error(e.to_string()))?;
        for (scope, fields) in written {
            for (field, names) in fields {
                for name in names {
                    let before = self.fields.insert((scope, key(&name)), field);
                    if unique && before.is_some_and(|b| b != field) {
                        return Err(error(format!("\"{name}\" stands under two fields of {scope:?}")));
                    }
                }
            }
        }
        Ok(())
    }

    /// What a name means in a scope; none when it is not known there.
    #[must_use]
    pub fn lookup(&self, scope: Scope, name: &str) -> Option<Field> {
        self.fields.get(&(scope, key(name))).copied()
    }
}

fn key(name: &str) -> String {
    let mut key = skeleton(name);
    key.retain(|c| c != ' ');
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_names_of_real_inputs() {
        let names = ColumnNames::load(&RuleFiles::embedded()).unwrap();
        for (scope, name, field) in [
            (Scope::Procedure, "ma_thu_tuc", Some(Field::Code)),
            (Scope::Procedure, "maThuTuc", Some(Field::Code)),
            (Scope::Procedure, "Mã số", Some(Field::Code)),
            (Scope::Procedure, "tên_thủ_tục", Some(Field::Name)),
            (Scope::Dossier, "Số lượng - bản chính", Some(Field::Quantity)),
            (Scope::Dossier, "originalQty", Some(Field::Originals)),
            (Scope::Procedure, "không biết", None),
        ] {
            assert_eq!(names.lookup(scope, name), field, "{name}");
        }
    }

    #[test]
    fn an_officer_can_rename_a_column() {
        let mut names = ColumnNames::load(&RuleFiles::embedded()).unwrap();
        names.override_with(Path::new("map.toml"), "[procedure]\ncode = [\"Ký hiệu riêng\"]\n").unwrap();
        assert_eq!(names.lookup(Scope::Procedure, "ký hiệu riêng"), Some(Field::Code));
        let wrong = names.override_with(Path::new("map.toml"), "[procedure]\ncod = [\"x\"]\n").unwrap_err();
        assert!(wrong.to_string().contains("cod"), "{wrong}");
    }
}
