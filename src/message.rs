//! Texts for people, in Vietnamese and English: `rules/messages/*.toml`.

use crate::error::{Error, Result};
use crate::problem::Problem;
use crate::rule::{Bilingual, RuleFiles};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Language of messages and reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// The text in this language.
    #[must_use]
    pub fn of(self, text: &Bilingual) -> &str {
        match self {
            Lang::Vi => &text.vi,
            Lang::En => &text.en,
        }
    }
}

/// Every message by its key, in one language.
#[derive(Debug, Clone)]
pub struct Messages {
    /// The language in which [`Messages::text`] answers.
    pub lang: Lang,
    texts: BTreeMap<String, Bilingual>,
}

impl Messages {
    /// Loads the messages of a rule set; a folder given with `--rules` may leave them out.
    ///
    /// # Errors
    /// When a file is no table of `key = { vi, en }`, or two files use the same key.
    pub fn load(files: &RuleFiles, lang: Lang) -> Result<Self> {
        let mut texts = BTreeMap::new();
        let embedded = RuleFiles::embedded();
        let source = if files.family("messages").next().is_some() { files } else { &embedded };
        for (path, text) in source.family("messages") {
            let error = |message: String| Error::Rule { path: path.clone(), message };
            let file: BTreeMap<String, Bilingual> = toml::from_str(text).map_err(|e| error(e.to_string()))?;
            for (key, text) in file {
                if texts.insert(key.clone(), text).is_some() {
                    return Err(error(format!("the key \"{key}\" stands twice")));
                }
            }
        }
        Ok(Messages { lang, texts })
    }

    /// A message with its placeholders `{name}` filled; the key itself when there is no such message.
    #[must_use]
    pub fn text(&self, key: &str, args: &[(&str, &str)]) -> String {
        let Some(template) = self.texts.get(key) else { return key.to_owned() };
        args.iter()
            .fold(self.lang.of(template).to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// The message of a problem.
    #[must_use]
    pub fn problem(&self, problem: &Problem) -> String {
        let args: Vec<(&str, &str)> = problem.args.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        self.text(&problem.problem, &args)
    }

    /// Every message in both languages, by key.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Bilingual)> {
        self.texts.iter().map(|(key, text)| (key.as_str(), text))
    }

    /// Whether there is a message of this key.
    #[must_use]
    pub fn contains(&self, key: &str) -> bool {
        self.texts.contains_key(key)
    }
}
