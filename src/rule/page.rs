//! The rule book for people: a list, a page a rule, the whole reference, and a draft for a new rule.

use super::book::{Cue, Database, Example, Ground, Kind, RuleBook};
use super::checks::{CheckBook, CheckRule};
use super::detectors::{DetectorRule, DetectorRules};
use super::files::RuleFiles;
use super::vocabulary::{Bilingual, Verdict};
use crate::error::{Error, Result};
use std::fmt::Write as _;

/// Every rule that has a page.
#[derive(Debug, Clone)]
pub struct Shelf {
    /// What a row asks for.
    pub book: RuleBook,
    /// What findings are made of.
    pub detectors: DetectorRules,
    /// What claims are held against.
    pub checks: CheckBook,
}

impl Shelf {
    /// Reads a rule set; a folder given with `--rules` may leave out checks.
    ///
    /// # Errors
    /// When a file is wrong, with line and column.
    pub fn load(files: &RuleFiles) -> Result<Self> {
        let book = RuleBook::load(files)?;
        let (detectors, checks) = (DetectorRules::load(files, &book)?, CheckBook::load(files)?);
        Ok(Shelf { book, detectors, checks })
    }
}

/// One line of the list of rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Code.
    pub code: String,
    /// `kind`, `source`, `ground`, `cue`, `detector` or `check`.
    pub family: &'static str,
    /// Name.
    pub title: Bilingual,
}

/// Every rule, by family and code.
#[must_use]
pub fn list(shelf: &Shelf) -> Vec<Listed> {
    let line = |code: &str, family, title: &Bilingual| Listed { code: code.to_owned(), family, title: title.clone() };
    let book = &shelf.book;
    let mut all: Vec<Listed> = Vec::new();
    all.extend(book.kinds.iter().map(|k| line(&k.code, "kind", &k.title)));
    all.extend(book.sources.iter().map(|s| line(&s.code, "source", &s.title)));
    all.extend(book.grounds.iter().map(|g| line(&g.code, "ground", &g.title)));
    all.extend(book.cues.iter().map(|c| line(&c.code, "cue", &c.title)));
    all.extend(shelf.detectors.iter().map(|d| line(&d.code, "detector", &d.title)));
    all.extend(shelf.checks.rules().iter().map(|c| line(&c.code, "check", &c.title)));
    all
}

/// The page of one rule, in Markdown.
///
/// # Errors
/// When no rule has this code; the message lists those that are near.
pub fn explain_rule(shelf: &Shelf, code: &str) -> Result<String> {
    let book = &shelf.book;
    if let Some(k) = book.kinds.iter().find(|k| k.code == code) {
        return Ok(kind_page(book, k));
    }
    if let Some(s) = book.sources.iter().find(|s| s.code == code) {
        return Ok(source_page(book, s));
    }
    if let Some(g) = book.grounds.iter().find(|g| g.code == code) {
        return Ok(ground_page(book, g));
    }
    if let Some(c) = book.cues.iter().find(|c| c.code == code) {
        return Ok(cue_page(book, c));
    }
    if let Some(d) = shelf.detectors.iter().find(|d| d.code == code) {
        return Ok(detector_page(d));
    }
    if let Some(c) = shelf.checks.rule(code) {
        return Ok(check_page(c));
    }
    let wanted = code.to_uppercase();
    let all = list(shelf);
    let near: Vec<&str> = all
        .iter()
        .map(|l| l.code.as_str())
        .filter(|c| c.contains(&wanted) || wanted.contains(c.get(2..).unwrap_or(c)) || c.starts_with(&wanted))
        .collect();
    let near = if near.is_empty() { all.iter().map(|l| l.code.as_str()).collect() } else { near };
    Err(Error::Usage(format!("no rule has the code \"{code}\"; there are {}", near.join(", "))))
}

/// `docs/rules.md`: every rule's page, under fixed headings.
#[must_use]
pub fn reference(shelf: &Shelf) -> String {
    let book = &shelf.book;
    let mut out = String::from(
        "# Rules\n\nGenerated from the files under `rules/` by `tinhgon rules docs`; edit those. In names and words, `(a|b|)` stands for each of\nits alternatives, the last of them nothing.\n",
    );
    for (heading, pages) in [
        ("Kinds", book.kinds.iter().map(|k| kind_page(book, k)).collect::<Vec<_>>()),
        ("Sources", book.sources.iter().map(|s| source_page(book, s)).collect()),
        ("Grounds", book.grounds.iter().map(|g| ground_page(book, g)).collect()),
        ("Cues", book.cues.iter().map(|c| cue_page(book, c)).collect()),
        ("Detectors", shelf.detectors.iter().map(detector_page).collect()),
        ("Checks", shelf.checks.rules().iter().map(check_page).collect()),
    ] {
        let _ = write!(out, "\n## {heading}\n");
        for page in pages {
            let _ = write!(out, "\n#{page}");
        }
    }
    out
}

/// A draft for a new rule of the family its code belongs to, and the file it goes into.
///
/// # Errors
/// When the code is taken, or begins with none of `K-`, `S-`, `G-`, `C-`.
pub fn draft(shelf: &Shelf, code: &str) -> Result<(String, String)> {
    if list(shelf).iter().any(|l| l.code == code) {
        return Err(Error::Usage(format!("the code \"{code}\" is taken; see `tinhgon rules explain {code}`")));
    }
    let (family, text) = match code.split_once('-') {
        Some(("K", name)) if !name.is_empty() => ("kinds", KIND),
        Some(("S", name)) if !name.is_empty() => ("sources", SOURCE),
        Some(("G", name)) if !name.is_empty() => ("grounds", GROUND),
        Some(("C", name)) if !name.is_empty() => ("cues", CUE),
        _ => {
            let message = format!("\"{code}\": a code is K- (kind), S- (source), G- (ground) or C- (cue) and a name");
            return Err(Error::Usage(message));
        }
    };
    let name = code[2..].to_lowercase();
    let text = text.replace("{code}", code).replace("{word}", &name.replace('-', "_")).replace("{name}", &name);
    Ok((format!("{family}/{name}.toml"), text))
}

const KIND: &str = r#"code = "{code}"
kind = "{word}"
title = { vi = "", en = "" }
# The database that answers it (see `tinhgon rules list`); or, where data never replaces it: always = "keep"
source = ""
fields = []
# Names of the paper; `(a|b|)` stands for each alternative.
names = [""]
# Longer phrases that contain a name and are no demand.
not = []

[[examples]]
text = ""
expect = { {word} = "replace" }

[[examples]]
text = ""
expect = {}
"#;

const SOURCE: &str = r#"code = "{code}"
source = "{name}"
title = { vi = "", en = "" }
owner = ""
answers = []
fields = []
names = [""]
limits = []

[readiness]
published = false
connected = false
"#;

const GROUND: &str = r#"code = "{code}"
title = { vi = "", en = "" }
document = ""
valid_from = "2026-01-01"
# valid_to = "2026-12-31"
# general, or listed with procedures = ["1.000000"]
scope = "general"
# city, ministry, government or national_assembly
competence = "ministry"
order = 100
note = { vi = "", en = "" }

[[covers]]
kinds = []
article = ""
"#;

const CUE: &str = r#"code = "{code}"
# What the words do: see the classes of the other files under rules/cues.
class = "negation"
title = { vi = "", en = "" }
words = [""]
not = []

[[examples]]
text = ""
expect = {}
"#;

fn heading(code: &str, title: &Bilingual) -> String {
    format!("## {code}: {} / {}\n\n", title.vi, title.en)
}

fn item(out: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        let _ = writeln!(out, "- **{name}**: {value}");
    }
}

fn quoted(list: &[String]) -> String {
    list.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ")
}

fn kind_page(book: &RuleBook, k: &Kind) -> String {
    let mut out = heading(&k.code, &k.title);
    item(&mut out, "kind", &format!("`{}`", k.kind));
    item(&mut out, "source", &k.source.map(|s| format!("`{}`", book.sources[s].source)).unwrap_or_default());
    item(&mut out, "always", k.always.map_or("", Verdict::as_str));
    item(&mut out, "tells", &k.fields.join(", "));
    let at = book.kind(&k.kind);
    let grounds: Vec<String> = book
        .grounds
        .iter()
        .filter_map(|g| at.and_then(|at| g.covers.get(&at)).map(|article| format!("{} ({article})", g.code)))
        .collect();
    item(&mut out, "grounds", &grounds.join(", "));
    item(&mut out, "only with", &quoted(&k.only_with));
    item(&mut out, "never with", &quoted(&k.never_with));
    item(&mut out, "names", &quoted(&k.names));
    examples(&mut out, book, &k.code);
    out
}

fn source_page(book: &RuleBook, s: &Database) -> String {
    let mut out = heading(&s.code, &s.title);
    item(&mut out, "source", &format!("`{}`", s.source));
    item(&mut out, "owner", &s.owner);
    let kinds: Vec<String> = s.answers.iter().map(|k| book.kinds[*k].kind.clone()).collect();
    item(&mut out, "answers", &quoted(&kinds));
    item(&mut out, "holds", &s.fields.join(", "));
    item(&mut out, "limits", &s.limits.join(" "));
    let yes = |b| if b { "yes" } else { "no" };
    let state = format!(
        "published {}, connected {}, unless the platform register says otherwise",
        yes(s.readiness.published),
        yes(s.readiness.connected)
    );
    item(&mut out, "default state", &state);
    item(&mut out, "names", &quoted(&s.names));
    out
}

fn ground_page(book: &RuleBook, g: &Ground) -> String {
    let mut out = heading(&g.code, &g.title);
    item(&mut out, "document", &g.document);
    let end = g.valid_to.map_or_else(|| "open".to_owned(), |d| d.to_string());
    item(&mut out, "in force", &format!("{} to {end}", g.valid_from));
    item(&mut out, "competence", g.competence.as_str());
    item(&mut out, "note", &format!("{} / {}", g.note.vi, g.note.en));
    for (kind, article) in &g.covers {
        item(&mut out, &book.kinds[*kind].kind, article);
    }
    out
}

fn cue_page(book: &RuleBook, c: &Cue) -> String {
    let mut out = heading(&c.code, &c.title);
    item(&mut out, "class", &format!("`{:?}`", c.class).to_lowercase());
    item(&mut out, "person", c.person.map_or("", super::Person::as_str));
    item(&mut out, "words", &quoted(&c.words));
    examples(&mut out, book, &c.code);
    out
}

fn detector_page(d: &DetectorRule) -> String {
    let mut out = heading(&d.code, &d.title);
    item(&mut out, "severity", d.severity.as_str());
    item(&mut out, "certainty", d.certainty.as_str());
    item(&mut out, "action", &d.action);
    item(&mut out, "grounds", &d.grounds.join(", "));
    item(&mut out, "says", &format!("{} / {}", d.message.vi, d.message.en));
    item(&mut out, "why", &format!("{} / {}", d.explanation.vi, d.explanation.en));
    out
}

fn check_page(c: &CheckRule) -> String {
    let mut out = heading(&c.code, &c.title);
    item(&mut out, "verdict", c.verdict.as_deref().unwrap_or_default());
    item(&mut out, "says", &format!("{} / {}", c.message.vi, c.message.en));
    let bounds: Vec<String> = c.bounds.iter().map(|(name, value)| format!("`{name}` {value}")).collect();
    item(&mut out, "bounds", &bounds.join(", "));
    out
}

fn examples(out: &mut String, book: &RuleBook, code: &str) {
    let of_rule: Vec<&Example> = book.examples.iter().filter(|e| e.rule == code).collect();
    if of_rule.is_empty() {
        return;
    }
    out.push_str("\n| example | expected |\n|---|---|\n");
    for e in of_rule {
        let expected: Vec<String> = e.expect.iter().map(|(k, v)| format!("{k}: {}", v.as_str())).collect();
        let expected = if expected.is_empty() { "nothing demanded".to_owned() } else { expected.join(", ") };
        let _ = writeln!(out, "| {} | {expected} |", e.text.replace('|', "\\|").replace('\n', " "));
    }
}
