//! A row as tokens: phrases of the rule book and the marks of structure between them.

use crate::rule::{CueClass, Hit, Meaning, Role, RuleBook, Strength};
use crate::text::Folded;
use std::ops::Range;

/// A mark of structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Break {
    /// New line.
    Line,
    /// `;`, a bullet, `(i)`, `a)`.
    Item,
    /// End of a sentence.
    Sentence,
    /// `:`
    Colon,
    /// `,`
    Comma,
    /// `/`
    Slash,
    /// `(`
    Open,
    /// `)`
    Close,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Phrase(Meaning),
    Break(Break),
}

/// One token of a folded text, by bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub start: usize,
    pub end: usize,
    pub what: What,
    /// Words no rule knows stand between the token before and this one.
    pub gap: bool,
    /// Clause the token stands in: index into [`Scan::clauses`].
    pub clause: usize,
}

impl Token {
    pub(super) fn has(&self, class: CueClass) -> bool {
        matches!(self.what, What::Phrase(m) if m.has(class))
    }

    pub(super) fn role(&self) -> Option<Role> {
        match self.what {
            What::Phrase(m) => Some(m.role),
            What::Break(_) => None,
        }
    }
}

/// Whether a token names a kind; a topic alone does not.
pub(super) fn is_kind(token: &Token) -> bool {
    matches!(token.role(), Some(Role::Kind(_, Strength::Name | Strength::Umbrella | Strength::Weak)))
}

/// Whether a token says that a person, a body or an issuer is Vietnamese.
pub(super) fn is_domestic(token: &Token) -> bool {
    token.has(CueClass::Domestic) || token.has(CueClass::DomesticIssue)
}

/// Whether a topic may stand after a token: "papers about A, B".
pub(super) fn lists(token: &Token) -> bool {
    token.has(CueClass::About) || token.has(CueClass::Link) || token.what == What::Break(Break::Comma)
}

/// Whether a "then" follows in the clause of the first token, before its next colon.
pub(super) fn has_then(tokens: &[Token]) -> bool {
    let clause = tokens[0].clause;
    tokens
        .iter()
        .filter(|t| t.clause == clause)
        .take_while(|t| !matches!(t.what, What::Break(Break::Colon | Break::Item | Break::Line | Break::Sentence)))
        .any(|t| t.has(CueClass::Then))
}

fn leads_to_owner(token: &Token) -> bool {
    token.has(CueClass::Owner) || token.has(CueClass::Whose)
}

/// Whether a token says not to submit: "need not submit", or "need not" where what is not needed is a paper or nothing
/// more is said. "Need not build", "does not ask the state to lend land" speak of something else.
pub(super) fn negates(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    if token.has(CueClass::Negation) || !token.has(CueClass::BareNegation) {
        return token.has(CueClass::Negation);
    }
    let Some(next) = tokens.get(at + 1) else { return true };
    if next.gap {
        let submits = |t: &Token| t.has(CueClass::Demand) || t.has(CueClass::Must);
        let rest = tokens[at + 1..].iter().take_while(|t| !matches!(t.what, What::Break(_)));
        return rest.take(2).any(submits);
    }
    !(next.has(CueClass::Relation) || next.has(CueClass::Field))
}

pub(super) fn starts_paper(token: &Token) -> bool {
    matches!(token.role(), Some(Role::Kind(_, Strength::Name | Strength::Umbrella)))
        || [CueClass::Copy, CueClass::Paper, CueClass::Umbrella].iter().any(|c| token.has(*c))
}

/// A clause: a stretch without sentence end, item or line break; a parenthesis is a clause of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clause {
    /// The clause a parenthesis stands in.
    pub parent: Option<usize>,
    /// Which sentence or item of the row.
    pub sentence: usize,
    /// Which stretch up to a full stop or line break: items joined by `;` share it.
    pub stretch: usize,
}

/// A scanned row.
#[derive(Debug)]
pub(super) struct Scan {
    pub tokens: Vec<Token>,
    pub clauses: Vec<Clause>,
    /// Bytes of the text.
    length: usize,
}

impl Scan {
    /// Sentence or item of the row in which a token stands.
    pub(super) fn sentence(&self, token: usize) -> usize {
        self.clauses[self.tokens[token].clause].sentence
    }

    /// The part of the text that is the sentence or item of a token.
    pub(super) fn item(&self, token: usize) -> Range<usize> {
        let ends = |t: &&Token| matches!(t.what, What::Break(Break::Line | Break::Item | Break::Sentence));
        let from = self.tokens[..token].iter().rev().find(ends).map_or(0, |t| t.end);
        let to = self.tokens[token..].iter().find(ends).map_or(self.length, |t| t.start);
        from..to
    }

    /// Whether a token says that a paper is of a foreign person or body: "of foreigners", "of the firm that … abroad".
    pub(super) fn is_foreign_subject(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        token.has(CueClass::ForeignSubject) && !self.is_attested(at)
            || token.has(CueClass::ForeignOwner) && self.owned(at)
    }

    /// "Attestation that the foreigner …": the person is what it tells of, and need not hold the paper before it.
    fn is_attested(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|b| &self.tokens[b]);
        !self.tokens[at].gap && before.is_some_and(|t| t.has(CueClass::Attestation) && !t.has(CueClass::Whose))
    }

    /// Whether "of" leads to a token: no other paper, mark or condition stands between.
    fn owned(&self, at: usize) -> bool {
        let clause = self.tokens[at].clause;
        let ends = |t: &Token| {
            let breaks = matches!(t.what, What::Break(_)) || t.clause != clause || is_kind(t);
            breaks
                || [CueClass::Copy, CueClass::Paper, CueClass::Umbrella, CueClass::Form, CueClass::Condition]
                    .iter()
                    .any(|c| t.has(*c))
        };
        self.tokens[..at].iter().rev().take_while(|t| !ends(t)).any(leads_to_owner)
    }

    /// Whether a clause is a parenthesis within another, however deep.
    pub(super) fn is_inside(&self, mut clause: usize, outer: usize) -> bool {
        while let Some(parent) = self.clauses[clause].parent {
            if parent == outer {
                return true;
            }
            clause = parent;
        }
        false
    }

    /// The tokens from a mention to the end of what is said of it: the next paper, item or sentence.
    pub(super) fn said_of(&self, mention: usize) -> impl Iterator<Item = (usize, &Token)> {
        let sentence = self.sentence(mention);
        self.tokens.iter().enumerate().skip(mention + 1).take_while(move |(at, t)| {
            let starts_another =
                is_kind(t) || [CueClass::Paper, CueClass::Umbrella, CueClass::Form].iter().any(|c| t.has(*c));
            let ends = matches!(t.what, What::Break(Break::Line | Break::Item | Break::Sentence));
            !starts_another && !ends && self.sentence(*at) == sentence
        })
    }
}

/// Splits a row. `original` is the text that was folded; line breaks are seen only there.
pub(super) fn scan(book: &RuleBook, original: &str, folded: &Folded) -> Scan {
    let lines: Vec<usize> = original.chars().enumerate().filter(|(_, c)| *c == '\n').map(|(i, _)| i).collect();
    let mut scanner = Scanner { folded, lines, ..Scanner::new(folded) };
    let text = folded.text.as_str();
    let mut at = 0;
    for found in book.lexicon.find(text) {
        scanner.between(at, found.start);
        scanner.phrase(found, book.lexicon.meaning(found));
        at = found.end;
    }
    scanner.between(at, text.len());
    Scan { tokens: scanner.tokens, clauses: scanner.clauses, length: text.len() }
}

struct Scanner<'t> {
    folded: &'t Folded,
    /// Character positions of line breaks in the original.
    lines: Vec<usize>,
    next_line: usize,
    tokens: Vec<Token>,
    clauses: Vec<Clause>,
    /// Clauses of the open parentheses, innermost last; the first is the row's own.
    open: Vec<usize>,
    sentence: usize,
    stretch: usize,
    gap: bool,
}

impl<'t> Scanner<'t> {
    fn new(folded: &'t Folded) -> Self {
        Scanner {
            folded,
            lines: Vec::new(),
            next_line: 0,
            tokens: Vec::new(),
            clauses: vec![Clause { parent: None, sentence: 0, stretch: 0 }],
            open: vec![0],
            sentence: 0,
            stretch: 0,
            gap: false,
        }
    }

    fn clause(&self) -> usize {
        self.open.last().copied().unwrap_or(0)
    }

    fn phrase(&mut self, found: Hit, meaning: Meaning) {
        let clause = self.clause();
        let gap = std::mem::take(&mut self.gap);
        self.tokens.push(Token { start: found.start, end: found.end, what: What::Phrase(meaning), gap, clause });
    }

    fn mark(&mut self, at: usize, mark: Break) {
        match mark {
            Break::Open => {
                self.push(at, mark);
                self.clauses.push(Clause {
                    parent: Some(self.clause()),
                    sentence: self.sentence,
                    stretch: self.stretch,
                });
                self.open.push(self.clauses.len() - 1);
            }
            Break::Close => {
                if self.open.len() > 1 {
                    self.open.pop();
                }
                self.push(at, mark);
            }
            Break::Line | Break::Item | Break::Sentence => {
                if mark == Break::Line {
                    self.open.truncate(1);
                }
                self.push(at, mark);
                self.sentence += 1;
                self.stretch += usize::from(mark != Break::Item);
                let parent = self.open.len().checked_sub(2).and_then(|i| self.open.get(i)).copied();
                self.clauses.push(Clause { parent, sentence: self.sentence, stretch: self.stretch });
                self.open.pop();
                self.open.push(self.clauses.len() - 1);
            }
            Break::Colon | Break::Comma | Break::Slash => self.push(at, mark),
        }
    }

    fn push(&mut self, at: usize, mark: Break) {
        let gap = std::mem::take(&mut self.gap);
        let clause = self.clause();
        let length = self.folded.text[at..].chars().next().map_or(1, char::len_utf8);
        self.tokens.push(Token { start: at, end: at + length, what: What::Break(mark), gap, clause });
    }

    /// Reads what stands between two phrases: marks of structure and words no rule knows.
    fn between(&mut self, from: usize, to: usize) {
        let text = self.folded.text.as_str();
        let bytes = text.as_bytes();
        let mut at = from;
        while at < to {
            let byte = bytes[at];
            match byte {
                b' ' if self.breaks_line(at) => self.mark(at, Break::Line),
                b' ' => {}
                b'(' => match enumerator(&bytes[at..to.max(at)]) {
                    Some(len) => {
                        self.mark(at, Break::Item);
                        at += len;
                        continue;
                    }
                    None => self.mark(at, Break::Open),
                },
                b')' if self.open.len() == 1 => {
                    // `a)` opens an item; the letter before it is no word of its own.
                    self.gap = false;
                    self.mark(at, Break::Item);
                }
                b')' => self.mark(at, Break::Close),
                b':' => self.mark(at, Break::Colon),
                b',' if !between_digits(bytes, at) => self.mark(at, Break::Comma),
                b'/' if numbers_item(bytes, at) => {
                    self.gap = false;
                    self.mark(at, Break::Item);
                }
                b'/' if !between_digits(bytes, at) => self.mark(at, Break::Slash),
                b';' | b'+' | b'*' => self.mark(at, Break::Item),
                b'-' if stands_free(bytes, at) => self.mark(at, Break::Item),
                b'.' if ends_sentence(bytes, at) => self.mark(at, Break::Sentence),
                b if b.is_ascii_alphabetic() => self.gap = true,
                b if !b.is_ascii() => {
                    let char = text[at..].chars().next().unwrap_or_default();
                    if char.is_alphanumeric() {
                        self.gap = true;
                    } else if is_bullet(char, bytes, at) {
                        self.mark(at, Break::Item);
                    }
                    at += char.len_utf8();
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
    }

    fn breaks_line(&mut self, at: usize) -> bool {
        if self.next_line >= self.lines.len() {
            return false;
        }
        let (_, end) = self.folded.char_span(at, at + 1);
        let before = self.next_line;
        while self.lines.get(self.next_line).is_some_and(|line| *line < end) {
            self.next_line += 1;
        }
        self.next_line > before
    }
}

/// Length of `(i)`, `(a)`, `(12)` at the start of `bytes`.
fn enumerator(bytes: &[u8]) -> Option<usize> {
    let close = bytes.iter().take(6).position(|b| *b == b')')?;
    let inner = &bytes[1..close];
    let roman = inner.iter().all(|b| matches!(b, b'i' | b'v' | b'x'));
    let number = inner.iter().all(u8::is_ascii_digit);
    let letter = inner.len() == 1 && inner[0].is_ascii_alphabetic();
    // `(01)` is a number of copies, `(1)` counts items.
    let counts = number && inner.len() <= 2 && inner[0] != b'0';
    (!inner.is_empty() && (roman || counts || letter)).then_some(close + 1)
}

/// "2/ " at the start of an item.
fn numbers_item(bytes: &[u8], at: usize) -> bool {
    let before = bytes[..at].trim_ascii_end();
    let digits = before.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let rest = bytes[..before.len() - digits].trim_ascii_end();
    (1..3).contains(&digits)
        && bytes.get(at + 1) == Some(&b' ')
        && matches!(rest.last(), None | Some(b';' | b'.' | b':'))
}

fn between_digits(bytes: &[u8], at: usize) -> bool {
    let digit = |i: Option<usize>| i.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
    digit(at.checked_sub(1)) && digit(at.checked_add(1))
}

fn stands_free(bytes: &[u8], at: usize) -> bool {
    let before = at == 0 || matches!(bytes[at - 1], b' ' | b':' | b';' | b'.' | b')' | b'-');
    before || bytes.get(at + 1) == Some(&b' ')
}

/// Whether a character that is no letter begins an item: at the start of a word, and not as a quotation mark.
fn is_bullet(char: char, bytes: &[u8], at: usize) -> bool {
    let quotes = ['\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}', '\u{ab}', '\u{bb}', '\u{2026}'];
    !quotes.contains(&char) && (at == 0 || matches!(bytes[at - 1], b' ' | b':' | b';' | b'.' | b')'))
}

/// A full stop before a space ends a sentence, also after the number of an item or a year; "1.500" and "d.o.o" do not.
fn ends_sentence(bytes: &[u8], at: usize) -> bool {
    at > 0 && matches!(bytes.get(at + 1), None | Some(b' ' | b')'))
}
