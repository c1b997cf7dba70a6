//! What the columns of dossier logs and volume tables mean: `rules/volumes/columns.toml`.

use super::RuleFiles;
use crate::error::{Error, Result};
use crate::text::skeleton;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// Meaning of a column. The names in the rule file are the snake-case forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VolumeField {
    /// Code of the procedure.
    Code,
    /// Level of administration.
    Level,
    /// Way of handing in.
    Channel,
    /// Day received.
    Day,
    /// Number of the dossier.
    Id,
    /// Year, where dossiers are added up.
    Year,
    /// Number of dossiers, where they are added up.
    Dossiers,
    /// First day covered, in a table of this program.
    CoveredFrom,
    /// Last day covered, in a table of this program.
    CoveredTo,
    /// Longest run of days without a dossier, in a table of this program.
    LongestGap,
}

/// The synonym table. Names are compared as [`skeleton`]s.
#[derive(Debug, Clone)]
pub struct VolumeColumns {
    fields: HashMap<String, VolumeField>,
}

impl VolumeColumns {
    /// Reads the table of a rule set.
    ///
    /// # Errors
    /// When the file is missing or wrong, or a name stands under two fields.
    pub fn load(files: &RuleFiles) -> Result<Self> {
        let (path, text) = files.file("volumes/columns.toml")?;
        let wrong = |message: String| Error::Rule { path: path.clone(), message };
        let written: BTreeMap<VolumeField, Vec<String>> = toml::from_str(text).map_err(|e| wrong(e.to_string()))?;
        let mut fields = HashMap::new();
        for (field, names) in written {
            for name in names {
                if fields.insert(skeleton(&name), field).is_some_and(|before| before != field) {
                    return Err(wrong(format!("\"{name}\" stands under two fields")));
                }
            }
        }
        Ok(VolumeColumns { fields })
    }

    /// Columns by their meaning, the first of each, as positions in a header; empty unless the header is one of a log
    /// (code and day) or of a table (code, dossiers, and year or day).
    #[must_use]
    pub fn locate<T: AsRef<str>>(&self, header: &[T]) -> BTreeMap<VolumeField, usize> {
        let mut found = BTreeMap::new();
        for (at, name) in header.iter().enumerate() {
            if let Some(field) = self.fields.get(&skeleton(name.as_ref())) {
                found.entry(*field).or_insert(at);
            }
        }
        let has = |field| found.contains_key(&field);
        let dated = has(VolumeField::Day) || (has(VolumeField::Year) && has(VolumeField::Dossiers));
        if has(VolumeField::Code) && dated { found } else { BTreeMap::new() }
    }
}
