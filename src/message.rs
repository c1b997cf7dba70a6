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

    /// A message with its placeholders filled; the key itself when there is no such message.
    ///
    /// `{name}` takes the value as it is, `{name:number}` with the marks of the language (`12345.6` as `12.345,6`) and
    /// `{name:date}` as the language writes days (`2026-11-24` as `24/11/2026`).
    #[must_use]
    pub fn text(&self, key: &str, args: &[(&str, &str)]) -> String {
        let Some(template) = self.texts.get(key) else { return key.to_owned() };
        args.iter().fold(self.lang.of(template).to_owned(), |text, (name, value)| {
            let text = text.replace(&format!("{{{name}}}"), value);
            let (number, date) = (format!("{{{name}:number}}"), format!("{{{name}:date}}"));
            let text = if text.contains(&number) { text.replace(&number, &self.number(value)) } else { text };
            if text.contains(&date) { text.replace(&date, &self.date(value)) } else { text }
        })
    }

    /// A day of the tables, `2026-11-24`, as the language writes it.
    #[must_use]
    pub fn date(&self, day: &str) -> String {
        match self.lang {
            Lang::Vi => day.rsplit('-').collect::<Vec<_>>().join("/"),
            Lang::En => day.to_owned(),
        }
    }

    /// A number written with digits and a point, with the marks of the language; anything else as it is.
    #[must_use]
    pub fn number(&self, value: &str) -> String {
        let (sign, rest) = value.strip_prefix('-').map_or(("", value), |rest| ("-", rest));
        let (whole, part) = rest.split_once('.').map_or((rest, None), |(whole, part)| (whole, Some(part)));
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !is_digits(whole) || part.is_some_and(|p| !is_digits(p)) {
            return value.to_owned();
        }
        let mut out = sign.to_owned();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                out.push_str(&self.text("number-group", &[]));
            }
            out.push(digit);
        }
        if let Some(part) = part {
            out.push_str(&self.text("number-decimal", &[]));
            out.push_str(part);
        }
        out
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_the_marks_of_the_language() {
        for (lang, expected) in
            [(Lang::Vi, ["1.234.567,89", "-4,44", "999"]), (Lang::En, ["1,234,567.89", "-4.44", "999"])]
        {
            let messages = Messages::load(&RuleFiles::embedded(), lang).unwrap();
            assert_eq!(["1234567.89", "-4.44", "999"].map(|n| messages.number(n)), expected);
            assert_eq!(messages.number("1.000894.H29"), "1.000894.H29", "no number");
            let day = messages.text("audit-subtitle", &[("as_of", "2026-11-24")]);
            assert!(day.contains(if lang == Lang::Vi { "24/11/2026" } else { "2026-11-24" }), "{day}");
            let said = messages.text("propose-cost", &[("saved", "17447888991"), ("before", "779295970344")]);
            let mark = if lang == Lang::Vi { "." } else { "," };
            assert!(said.contains(&["17", "447", "888", "991"].join(mark)), "{said}");
        }
    }
}
