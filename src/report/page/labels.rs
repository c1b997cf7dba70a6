//! The words of the page in both languages: messages, and titles from the rule set.

use crate::error::Result;
use crate::message::Messages;
use crate::rule::{ActionBook, Bilingual, CheckBook, DetectorRules, RuleBook, RuleFiles};
use serde_json::{Map, Value, json};

/// Families of messages that the page shows.
const MESSAGES: &[&str] = &[
    "page-",
    "verdict-",
    "readiness-",
    "competence-",
    "certainty-",
    "indicator-",
    "measure-",
    "aim-",
    "forecast-",
    "level-",
];

/// `{ texts: { key: [vi, en] }, rules: { code: [vi, en] }, explanations, kinds, sources, actions, checks, decisions }`.
///
/// # Errors
/// When a rule file is wrong.
pub fn labels(rules: &RuleFiles, messages: &Messages) -> Result<Map<String, Value>> {
    let book = RuleBook::load(rules)?;
    let detectors = DetectorRules::load(rules, &book)?;
    let actions = ActionBook::load(rules)?;
    let checks = CheckBook::load(rules)?;
    let choices = actions.review.choices.iter().map(|(d, title)| (d.as_str(), title));
    let mut out = Map::new();
    let texts = messages.entries().filter(|(key, _)| MESSAGES.iter().any(|family| key.starts_with(family)));
    out.insert("texts".into(), both(texts));
    out.insert("rules".into(), both(detectors.iter().map(|r| (r.code.as_str(), &r.title))));
    out.insert("explanations".into(), both(detectors.iter().map(|r| (r.code.as_str(), &r.explanation))));
    out.insert("kinds".into(), both(book.kinds.iter().map(|k| (k.kind.as_str(), &k.title))));
    out.insert("sources".into(), both(book.sources.iter().map(|s| (s.source.as_str(), &s.title))));
    out.insert("actions".into(), both(actions.actions.iter().map(|a| (a.action.as_str(), &a.title))));
    out.insert("checks".into(), both(checks.rules().iter().map(|c| (c.code.as_str(), &c.title))));
    out.insert("decisions".into(), both(choices));
    Ok(out)
}

fn both<'a>(titles: impl Iterator<Item = (&'a str, &'a Bilingual)>) -> Value {
    titles.map(|(code, title)| (code.to_owned(), json!([title.vi, title.en]))).collect::<Map<_, _>>().into()
}
