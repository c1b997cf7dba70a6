//! The family `generate`: templates of synthetic procedures, and words with which a catalogue is changed.

use super::RuleFiles;
use super::vocabulary::Bilingual;
use crate::error::{Error, Result};
use serde::Deserialize;

/// Everything the generator draws words from.
#[derive(Debug, Clone)]
pub struct GenerateRules {
    /// Templates of synthetic procedures.
    pub templates: Templates,
    /// Words with which a catalogue is changed.
    pub changes: ChangeWords,
}

/// Templates of synthetic procedures; `{act}`, `{object}`, `{subject}`, `{place}`, `{agency}` are filled in.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Templates {
    /// Code of the rule file.
    pub code: String,
    /// What it is about.
    pub title: Bilingual,
    /// What is done.
    pub acts: Vec<String>,
    /// What is issued.
    pub objects: Vec<String>,
    /// What it is about.
    pub subjects: Vec<String>,
    /// Where or for whom.
    pub places: Vec<String>,
    /// Fields.
    pub fields: Vec<String>,
    /// Agencies.
    pub agencies: Vec<String>,
    /// Dossier rows.
    pub requests: Vec<String>,
    /// How a row that asks for a copy begins.
    pub copy_head: String,
    /// Steps.
    pub steps: Vec<String>,
}

/// Words with which a catalogue is changed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeWords {
    /// Code of the rule file.
    pub code: String,
    /// What it is about.
    pub title: Bilingual,
    /// Words of names, before and after.
    pub synonyms: Vec<[String; 2]>,
    /// Words of rows, before and after.
    pub row_synonyms: Vec<[String; 2]>,
    /// What a reworded row may end with.
    pub row_suffixes: Vec<String>,
    /// Names of merged procedures, of `{a}` and `{b}`.
    pub merged_names: Vec<String>,
    /// What the names of the two parts of a split end with.
    pub split_names: Vec<[String; 2]>,
    /// What turns a demand into a fall-back.
    pub fallbacks: Vec<String>,
    /// Rows of other papers.
    pub umbrellas: Vec<String>,
    /// What a form gains when `{text}` moves into it.
    pub form_tail: String,
    /// Suffixes of two provinces that become one.
    pub provinces: [String; 2],
    /// What a step gains when `{text}` moves into it.
    pub step_tail: String,
    /// What the conditions gain when `{text}` moves there.
    pub condition: String,
    /// `{text}` as an original.
    pub original: String,
    /// As a certified copy.
    pub certified: String,
    /// As a copy.
    pub copy: String,
    /// As a scan.
    pub scan: String,
    /// Rows with one of these words are left alone.
    pub untouched: Vec<String>,
    /// Words that state the form of a paper.
    pub form_words: Vec<String>,
    /// How the applicant's form begins.
    pub form_heads: Vec<String>,
    /// A word that leaves a demand open.
    pub other: String,
    /// Two rows in one, `{a}` and `{b}`.
    pub bundle: String,
    /// Rows that are added.
    pub additions: Vec<Addition>,
    /// Words of claims.
    pub claims: GeneratedClaims,
}

/// A row that is added.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Addition {
    /// Its text.
    pub text: String,
}

/// Words of claims: content and kind of each.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GeneratedClaims {
    /// Heads of the columns.
    pub columns: Vec<String>,
    /// A procedure abolished.
    pub abolish: [String; 2],
    /// A paper dropped.
    pub drop: [String; 2],
    /// A paper replaced by data.
    pub replace: [String; 2],
    /// Day in force.
    pub date: String,
    /// A day long after.
    pub late_date: String,
    /// Document.
    pub ground: String,
    /// A code of no procedure.
    pub unknown_code: String,
}

impl GenerateRules {
    /// Reads the family `generate`.
    ///
    /// # Errors
    /// When a file is missing or wrong, with file, line and column, or a list is empty.
    pub fn load(files: &RuleFiles) -> Result<Self> {
        let (path, text) = files.file("generate/templates.toml")?;
        let templates: Templates =
            toml::from_str(text).map_err(|e| Error::Rule { path: path.clone(), message: e.to_string() })?;
        let t = &templates;
        let lists = [&t.acts, &t.objects, &t.subjects, &t.places, &t.fields, &t.agencies, &t.requests, &t.steps];
        if lists.iter().any(|l| l.is_empty()) {
            return Err(Error::Rule { path, message: "every list needs an entry".to_owned() });
        }
        let (path, text) = files.file("generate/changes.toml")?;
        let changes: ChangeWords =
            toml::from_str(text).map_err(|e| Error::Rule { path: path.clone(), message: e.to_string() })?;
        let c = &changes;
        let lists = [&c.row_suffixes, &c.merged_names, &c.fallbacks, &c.umbrellas];
        if lists.iter().any(|l| l.is_empty()) || c.split_names.is_empty() || c.additions.is_empty() {
            return Err(Error::Rule { path, message: "every list needs an entry".to_owned() });
        }
        Ok(GenerateRules { templates, changes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_templates_load() {
        assert!(GenerateRules::load(&RuleFiles::embedded()).is_ok());
    }
}
