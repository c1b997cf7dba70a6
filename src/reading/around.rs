//! What surrounds a row: the procedure it belongs to and the heading of its case.

use super::grammar::{Mention, Parse, Part};
use super::judge::Surroundings;
use super::scan::{Scan, Token};
use crate::catalog::Procedure;
use crate::rule::{CueClass, Kind, Role, RuleBook, Strength};
use crate::text::fold;
use std::collections::{BTreeMap, BTreeSet};

/// What a procedure tells about its requests.
pub(super) struct Around {
    pub folded_name: String,
    own: BTreeMap<usize, Strength>,
    /// Kinds that the name calls issued abroad: "recognition of degrees issued abroad".
    abroad: BTreeSet<usize>,
    foreign: bool,
    /// The name speaks of foreigners, perhaps beside Vietnamese.
    names_foreign: bool,
    /// The foreign owners it names, each with the word that calls it foreign: "of firms that sell travel abroad".
    owners: Vec<(String, String)>,
    pub is_local: bool,
}

impl Around {
    pub(super) fn of(book: &RuleBook, procedure: &Procedure) -> Self {
        let name = fold(&procedure.name);
        let (mut foreign, mut domestic) = (false, false);
        // How many names of each kind there are, and how many of them the words after call issued abroad.
        let mut named: BTreeMap<usize, (u32, u32)> = BTreeMap::new();
        let (mut last, mut end) = (None, 0);
        let mut owners = Vec::new();
        let mut owner_from = None;
        for found in book.lexicon.find(&name) {
            let meaning = book.lexicon.meaning(found);
            foreign |= meaning.has(CueClass::ForeignSubject);
            let ends = matches!(meaning.role, Role::Kind(..)) || name[end..found.start].contains([',', ';', '(', ')']);
            owner_from = owner_from.filter(|_| !ends);
            if meaning.has(CueClass::Owner) || meaning.has(CueClass::Whose) {
                owner_from = Some(found.start);
            } else if meaning.has(CueClass::ForeignOwner)
                && let Some(from) = owner_from.take()
            {
                foreign = true;
                owners.push((name[from..found.start].to_owned(), name[found.start..found.end].to_owned()));
            }
            domestic |= meaning.has(CueClass::Domestic);
            if let Role::Kind(kind, _) = meaning.role {
                let kind = usize::from(kind);
                // "Degree A, degree B and degree C issued abroad": what is said of the last is said of all.
                let joined = [",", "/", ""].contains(&name[end..found.start].trim());
                if last != Some(kind) || !joined {
                    named.entry(kind).or_default().0 += 1;
                }
                last = Some(kind);
            }
            if meaning.has(CueClass::ForeignIssue)
                && let Some(kind) = last.take()
            {
                named.entry(kind).or_default().1 += 1;
            }
            end = found.end;
        }
        let abroad = named.into_iter().filter(|(_, (all, foreign))| all == foreign).map(|(kind, _)| kind).collect();
        let is_local = [&procedure.kind, &procedure.publisher].iter().any(|text| {
            let text = fold(text);
            book.lexicon.find(&text).any(|f| book.lexicon.meaning(f).has(CueClass::Local))
        });
        Around {
            own: own(book, &name),
            abroad,
            foreign: foreign && !domestic,
            names_foreign: foreign,
            owners,
            is_local,
            folded_name: name,
        }
    }

    /// With the heading of the case (folded).
    pub(super) fn of_case<'a>(&'a self, book: &RuleBook, case: &'a str) -> Surroundings<'a> {
        let case_is = |class| book.lexicon.find(case).any(|f| book.lexicon.meaning(f).has(class));
        Surroundings {
            name: &self.folded_name,
            case,
            own: &self.own,
            abroad: &self.abroad,
            owners: &self.owners,
            foreign_procedure: self.foreign,
            foreign_case: case_is(CueClass::ForeignSubject) && !case_is(CueClass::Domestic),
            foreign_party: self.names_foreign && case_is(CueClass::ForeignParty),
        }
    }

    /// Whether the row may speak of the procedure's own paper by its short name.
    pub(super) fn may_call(&self, book: &RuleBook, text: &str) -> bool {
        self.own.keys().any(|k| book.kinds[*k].short.iter().any(|s| has_word(text, s)))
    }

    /// In a procedure about one kind, "the certificate already issued" is that paper, though its name is not repeated.
    pub(super) fn call_by_short_name(&self, book: &RuleBook, text: &str, scan: &Scan, parse: &mut Parse) {
        let mut called = self.own.keys().filter(|k| !book.kinds[**k].short.is_empty());
        let (Some(&kind), None) = (called.next(), called.next()) else { return };
        // Where the name itself was read before, the short one only refers to it.
        let named = parse.mentions.iter().find(|m| m.kind == kind).map_or(usize::MAX, |m| m.token);
        let issued = |t: &Token| t.has(CueClass::Issued) || t.has(CueClass::Surrender);
        let is_short = |at: usize| {
            let token = &scan.tokens[at];
            let said = scan.tokens[at + 1..].iter().take(2).take_while(|t| !t.gap).any(issued);
            let original = at > 0 && !token.gap && issued(&scan.tokens[at - 1]);
            (said || original) && book.kinds[kind].short.iter().any(|s| *s == text[token.start..token.end])
        };
        let (short, papers): (Vec<usize>, Vec<usize>) =
            std::mem::take(&mut parse.papers).into_iter().partition(|at| *at < named && is_short(*at));
        parse.papers = papers;
        let mention = |token| Mention { kind, strength: Strength::Name, part: Part::Head, token, governor: None };
        parse.mentions.extend(short.into_iter().map(mention));
        parse.mentions.sort_by_key(|m| m.token);
    }
}

/// The kinds that a procedure itself reissues, changes or withdraws, and how its name (folded) calls them. Of "adjusting
/// payments; issuing book A" only the first part changes something.
fn own(book: &RuleBook, name: &str) -> BTreeMap<usize, Strength> {
    let mut own = BTreeMap::new();
    for part in name.split(';').filter(|part| book.reissues.is_in(part)) {
        for found in book.lexicon.find(part) {
            if let Role::Kind(kind, strength) = book.lexicon.meaning(found).role {
                let known = own.entry(usize::from(kind)).or_insert(strength);
                *known = strength.min(*known);
            }
        }
        // A phrase such as "transfer of land-use rights" shadows its words for a row, not for what a procedure does.
        for (at, kind) in book.kinds.iter().enumerate() {
            if kind.procedures.iter().any(|word| has_word(part, word)) {
                own.entry(at).or_insert(Strength::Topic);
            }
        }
    }
    own
}

/// Whether a kind that depends on its surroundings counts here: by its name as written, then by the words of its own
/// item, and where these tell nothing, by those of the whole row, its case and its procedure.
pub(super) fn counts(kind: &Kind, name: &str, item: &str, row: [&str; 3]) -> bool {
    let occurs = |words: &[String], texts: &[&str]| texts.iter().any(|t| words.iter().any(|w| has_word(t, w)));
    if occurs(&kind.only_with, &[name]) {
        return true;
    }
    if occurs(&kind.never_with, &[item]) {
        return false;
    }
    kind.only_with.is_empty()
        || occurs(&kind.only_with, &[item])
        || occurs(&kind.only_with, &row) && !occurs(&kind.never_with, &row)
}

pub(super) fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        !text[..at].chars().next_back().is_some_and(char::is_alphanumeric)
            && !text[at + word.len()..].chars().next().is_some_and(char::is_alphanumeric)
    })
}
