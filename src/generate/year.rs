//! Next year's catalogue: a given one with a seeded list of known changes, honest and gamed, and claims about them.

use super::claims::{Claim, claims};
use super::rng::Rng;
use super::rows::{WITHIN, within};
use super::{synthetic, units};
use crate::catalog::{Catalog, Level, Procedure};
use crate::rule::GenerateRules;
use crate::text::skeleton;
use std::collections::BTreeMap;

/// One known change: a row of `expected-changes.csv`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownChange {
    /// The word of the change.
    pub change: String,
    /// Codes before, joined by `;`.
    pub code_before: String,
    /// Codes after.
    pub code_after: String,
    /// Text before.
    pub before: String,
    /// Text after.
    pub after: String,
    /// The trick it is an instance of, `G…`; empty for an honest change.
    pub game: String,
}

/// Two years, what changed between them, and what is claimed.
#[derive(Debug, Clone, PartialEq)]
pub struct Generated {
    /// The given catalogue with twins planted in it.
    pub before: Catalog,
    /// Next year's.
    pub after: Catalog,
    /// Every change, sorted.
    pub changes: Vec<KnownChange>,
    /// Claims with what an audit should find.
    pub claims: Vec<Claim>,
}

/// What happens to a procedure as a unit, with how many of a thousand it happens to.
const UNITS: [(&str, usize); 14] = [
    ("gone", 20),
    ("recoded", 20),
    ("recoded-renamed", 15),
    ("renamed", 25),
    ("moved-level", 30),
    ("merged", 20),
    ("split", 20),
    ("twin", 15),
    ("new", 20),
    ("territorial", 12),
    ("extraction", 12),
    ("noise", 50),
    ("recoded-changed", 15),
    ("within", 350),
];

struct Work<'a> {
    rules: &'a GenerateRules,
    rng: Rng,
    before: Vec<Procedure>,
    after: Vec<Procedure>,
    changes: Vec<KnownChange>,
    next_code: u32,
}

/// Makes next year's catalogue of `catalog`; the same for the same seed. Procedures without code stay as they are.
#[must_use]
pub fn next_year(catalog: &Catalog, seed: u64, rules: &GenerateRules) -> Generated {
    let mut rng = Rng::new(seed);
    let mut procedures: Vec<&Procedure> = catalog.procedures.iter().collect();
    rng.shuffle(&mut procedures);
    let mut work =
        Work { rules, rng, before: Vec::new(), after: Vec::new(), changes: Vec::new(), next_code: 7_900_000 };
    let queue = procedures.into_iter();
    let mut waiting: Option<&Procedure> = None;
    // one of two that bear the same name can go without anything being abolished
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for procedure in &catalog.procedures {
        *names.entry(skeleton(&procedure.name)).or_default() += 1;
    }
    for procedure in queue {
        let what = work.draw();
        let is_double = names.get(&skeleton(&procedure.name)).is_some_and(|count| *count > 1);
        let is_apart = procedure.code.is_empty() || procedure.is_internal || procedure.requests.is_empty();
        if is_apart || what == "gone" && is_double {
            work.keep(procedure);
        } else if what == "merged" {
            match waiting.take() {
                Some(first) if first.name != procedure.name => work.merge(first, procedure),
                Some(first) => {
                    work.keep(first);
                    work.keep(procedure);
                }
                None => waiting = Some(procedure),
            }
        } else {
            work.apply(what, procedure);
        }
    }
    if let Some(last) = waiting {
        work.keep(last);
    }
    work.finish()
}

impl Work<'_> {
    fn draw(&mut self) -> &'static str {
        let mut drawn = self.rng.below(1000);
        for (what, share) in UNITS {
            if drawn < share {
                return what;
            }
            drawn -= share;
        }
        "unchanged"
    }

    fn code(&mut self) -> String {
        self.next_code += 1;
        format!("{}.{:06}", self.next_code / 1_000_000, self.next_code % 1_000_000)
    }

    fn keep(&mut self, procedure: &Procedure) {
        self.put(procedure, procedure.clone(), vec![units::known("unchanged", procedure, procedure, "")]);
    }

    fn put(&mut self, before: &Procedure, after: Procedure, changes: Vec<KnownChange>) {
        self.before.push(before.clone());
        self.after.push(after);
        self.changes.extend(changes);
    }

    fn apply(&mut self, what: &str, procedure: &Procedure) {
        let mut after = procedure.clone();
        let done = match what {
            "gone" => {
                self.before.push(procedure.clone());
                let nothing = Procedure::default();
                self.changes.push(units::known("gone", procedure, &nothing, ""));
                return;
            }
            "new" => {
                let number = self.next_code + 1_000_000;
                self.next_code += 1;
                let new = synthetic::procedure(number, &mut self.rng, &self.rules.templates);
                self.changes.push(units::known("new", &Procedure::default(), &new, ""));
                self.after.push(new);
                None
            }
            "recoded" | "recoded-renamed" | "recoded-changed" => self.recoded(what, &mut after),
            "renamed" => units::rename(&mut after, &self.rules.changes, &mut self.rng)
                .map(|()| vec![units::known("renamed", procedure, &after, "G1")]),
            "moved-level" => {
                units::move_level(&mut after).map(|()| vec![units::known("moved-level", procedure, &after, "G5")])
            }
            "split" => return self.split(procedure),
            "twin" => return self.twin(procedure),
            "territorial" => return self.territorial(procedure),
            "extraction" => {
                units::cut_off(&mut after).map(|()| vec![units::known("extraction", procedure, &after, "")])
            }
            "noise" => {
                noise(&mut after);
                Some(vec![units::known("unchanged", procedure, &after, "")])
            }
            "within" => self.within(&mut after),
            _ => None,
        };
        match done {
            Some(changes) => self.put(procedure, after, changes),
            None => self.keep(procedure),
        }
    }

    fn recoded(&mut self, what: &str, after: &mut Procedure) -> Option<Vec<KnownChange>> {
        let before = after.clone();
        let mut changes = Vec::new();
        if what == "recoded-renamed" {
            units::rename(after, &self.rules.changes, &mut self.rng)?;
        }
        units::recode(after, self.code());
        if what == "recoded-renamed" {
            changes.push(units::known("renamed", &before, after, "G1"));
        }
        if what == "recoded-changed" {
            changes
                .extend(self.within(after)?.into_iter().map(|c| KnownChange { code_before: before.code.clone(), ..c }));
        }
        changes.push(units::known("recoded", &before, after, "G2"));
        Some(changes)
    }

    /// One to three changes within a procedure.
    fn within(&mut self, after: &mut Procedure) -> Option<Vec<KnownChange>> {
        let before = after.clone();
        let mut touched = Vec::new();
        let mut changes: Vec<KnownChange> = Vec::new();
        for _ in 0..=self.rng.below(3) {
            let what = *self.rng.pick(&WITHIN);
            let repeats = |c: &KnownChange| c.change == what && what != "request-dropped";
            let is_step = what.starts_with("step") || what == "request-to-step";
            let touches_steps = |c: &KnownChange| c.change.starts_with("steps") || c.change == "request-to-step";
            // Of two neighbours one dropped and one replaced by an open demand, nobody can tell which is which.
            let is_gone = |word: &str| matches!(word, "request-dropped" | "request-hidden");
            let blurs = |c: &KnownChange| is_gone(what) && is_gone(&c.change) && c.change != what;
            if changes.iter().any(|c| repeats(c) || blurs(c) || is_step && touches_steps(c)) {
                continue;
            }
            changes.extend(within(what, after, &mut touched, &self.rules.changes, &mut self.rng).map(|change| {
                KnownChange { code_before: before.code.clone(), code_after: before.code.clone(), ..change }
            }));
        }
        let code = after.code.clone();
        for change in &mut changes {
            change.code_after.clone_from(&code);
        }
        if changes.is_empty() { None } else { Some(changes) }
    }

    fn merge(&mut self, first: &Procedure, second: &Procedure) {
        let mut merged = units::merge(first, second, &self.rules.changes, &mut self.rng);
        let is_new_code = self.rng.below(2) == 0;
        if is_new_code {
            let code = self.code();
            units::recode(&mut merged, code);
        }
        self.before.push(second.clone());
        let changes = [first, second].map(|part| units::known("merged", part, &merged, "G3"));
        self.put(first, merged, changes.to_vec());
    }

    fn split(&mut self, procedure: &Procedure) {
        let code = self.code();
        match units::split(procedure, code, &self.rules.changes, &mut self.rng) {
            Some((first, second)) => {
                let changes = [&first, &second].map(|part| units::known("split", procedure, part, "G4"));
                self.after.push(second);
                self.put(procedure, first, changes.to_vec());
            }
            None => self.keep(procedure),
        }
    }

    /// The same procedure under another code at the district, which is no more next year.
    fn twin(&mut self, procedure: &Procedure) {
        if procedure.levels.contains(&Level::District) {
            return self.keep(procedure);
        }
        let mut twin = procedure.clone();
        let code = self.code();
        units::recode(&mut twin, code);
        twin.levels = vec![Level::District];
        let changes = [procedure, &twin].map(|part| units::known("merged", part, procedure, "G5"));
        self.before.push(twin);
        self.put(procedure, procedure.clone(), changes.to_vec());
    }

    /// The same procedure in two provinces that are one next year.
    fn territorial(&mut self, procedure: &Procedure) {
        let mut own = procedure.clone();
        own.code_suffix.clone_from(&self.rules.changes.provinces[0]);
        let mut other = procedure.clone();
        other.code_suffix.clone_from(&self.rules.changes.provinces[1]);
        other.id = format!("{}.{}", other.code, other.code_suffix);
        let change = units::known("territorial", &other, &own, "G6");
        self.before.push(other);
        self.put(&own, own.clone(), vec![change]);
    }

    fn finish(mut self) -> Generated {
        let claims = claims(&self.before, &self.changes, &self.rules.changes.claims, &mut self.rng);
        self.changes.sort_by(|x, y| {
            let key =
                |c: &KnownChange| (c.code_before.clone(), c.code_after.clone(), c.change.clone(), c.before.clone());
            key(x).cmp(&key(y)).then_with(|| x.after.cmp(&y.after))
        });
        Generated { before: catalog(self.before), after: catalog(self.after), changes: self.changes, claims }
    }
}

/// Sorted, with positions and ids that say where each row stands.
fn catalog(mut procedures: Vec<Procedure>) -> Catalog {
    procedures.sort_by(|x, y| x.id.cmp(&y.id));
    for procedure in &mut procedures {
        let (mut case, mut position) = (0, 0);
        for request in &mut procedure.requests {
            position = if request.case_index == case { position + 1 } else { 1 };
            case = request.case_index;
            request.position = position;
            request.id = format!("{}/{case}/{position}", procedure.id);
        }
        for (step, position) in procedure.steps.iter_mut().zip(1..) {
            step.position = position;
            step.id = format!("{}/s{position}", procedure.id);
        }
    }
    Catalog { procedures }
}

/// Marks, case and spaces that mean nothing.
fn noise(procedure: &mut Procedure) {
    for (at, request) in procedure.requests.iter_mut().enumerate() {
        request.text = match at % 3 {
            0 => format!("- {};", request.text.trim_end_matches([';', '.'])),
            1 => format!("{}.", request.text.trim_end_matches([';', '.'])),
            _ => request.text.to_uppercase(),
        };
    }
    procedure.name = format!("{}.", procedure.name.trim_end_matches('.'));
}

/// The lines of `expected-changes.csv`, head first.
#[must_use]
pub fn change_lines(changes: &[KnownChange]) -> Vec<Vec<String>> {
    let head = ["code_before", "code_after", "change", "before", "after", "game"].map(str::to_owned).to_vec();
    let line = |c: &KnownChange| {
        [&c.code_before, &c.code_after, &c.change, &c.before, &c.after, &c.game].map(Clone::clone).to_vec()
    };
    std::iter::once(head).chain(changes.iter().map(line)).collect()
}
