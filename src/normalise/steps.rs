//! Steps (trình tự thực hiện), with and without "Bước N", in lists or run together in one paragraph.
//!
//! Where the text labels its steps ("Bước 1"), these labels divide it, and bullets stay within their step. Elsewhere the
//! kind of bullet that stands first divides it, and bullets of other kinds stay within. Text without either is divided into
//! its paragraphs; a line that begins in lower case goes on with the one before.

use super::{markup, null};
use crate::catalog::Step;
use crate::ingest::RawRow;
use crate::problem::Source;
use crate::rule::{Field, StepWords, Words, is_word};
use crate::text::{clean, fold};

/// A piece of the source: where it begins, its label, where its text begins and ends. All bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    label: (usize, usize),
    text: (usize, usize),
}

/// Kinds of bullets; those of one kind stand on one level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bullet {
    Dash,
    Plus,
    Star,
    Dot,
    /// `1.`, `1)`, `1.1`: with the number of its parts.
    Number(usize),
    /// `(1)`
    NumberInBrackets,
    /// `a)`, `a.`
    Letter,
    /// `(a)`, `(i)`
    LetterInBrackets,
    /// `I.`
    Roman,
}

/// The text in which steps are found, and of which each step's text is a part: clean, without markup.
#[must_use]
pub fn source_text(raw: &str) -> String {
    clean(&markup::without(raw))
}

/// Steps of a source that gives rows; one row may hold several.
#[must_use]
pub fn from_rows(rows: &[RawRow], words: &Words, source: &Source) -> Vec<Step> {
    let mut steps = Vec::with_capacity(rows.len());
    for raw in rows {
        let cell = |field| source_text(raw.cells.get(&field).map_or("", String::as_str));
        let (name, text) = (cell(Field::StepLabel), cell(Field::StepText));
        let name = null::value(Field::StepLabel, &name, &words.empty);
        let text = null::value(Field::StepText, &text, &words.empty);
        let place =
            Source { file: source.file.clone(), row: Some(raw.row), id: raw.id.clone().or_else(|| source.id.clone()) };
        let first = steps.len();
        push(&divide(text, &words.steps), text, &place, &mut steps);
        match steps.get_mut(first) {
            None if !name.is_empty() => push(&divide(name, &words.steps), name, &place, &mut steps),
            Some(step) if !name.is_empty() && fold(&step.label) != fold(name) => {
                let joined = [name, step.label.as_str()].join(" ");
                joined.trim().clone_into(&mut step.label);
            }
            _ => {}
        }
    }
    number(steps)
}

/// Steps of one text.
#[must_use]
pub fn from_text(raw: &str, words: &Words, source: &Source) -> Vec<Step> {
    let text = source_text(raw);
    let mut steps = Vec::new();
    if !null::value(Field::Steps, &text, &words.empty).is_empty() {
        push(&divide(&text, &words.steps), &text, source, &mut steps);
    }
    number(steps)
}

fn number(mut steps: Vec<Step>) -> Vec<Step> {
    for (step, position) in steps.iter_mut().zip(1..) {
        step.position = position;
    }
    steps
}

fn push(pieces: &[Piece], text: &str, source: &Source, steps: &mut Vec<Step>) {
    for piece in pieces {
        let (label, body) = (&text[piece.label.0..piece.label.1], &text[piece.text.0..piece.text.1]);
        let (label, body) = (label.trim(), body.trim());
        // a bullet with nothing behind it is no step
        if body.chars().any(char::is_alphanumeric) || label.chars().any(char::is_alphanumeric) {
            steps.push(Step {
                label: label.to_owned(),
                text: body.to_owned(),
                source: source.clone(),
                ..Step::default()
            });
        }
    }
}

fn divide(text: &str, words: &StepWords) -> Vec<Piece> {
    let mut starts = labelled(text, words);
    if starts.is_empty() {
        starts = bulleted(text);
    }
    if starts.is_empty() {
        starts = paragraphs(text);
    }
    if starts.len() == 1 {
        starts.extend(within_paragraph(text, Bullet::Dash));
    }
    if starts.len() == 1 {
        starts.extend(within_paragraph(text, Bullet::Plus));
    }
    starts.sort_unstable();
    starts.dedup_by_key(|s| s.0);
    if starts.first().is_none_or(|s| s.0 > 0) {
        starts.insert(0, (0, (0, 0), 0));
    }
    let ends = starts.iter().skip(1).map(|s| s.0).chain([text.len()]);
    starts.iter().zip(ends).map(|(&(_, label, body), end)| Piece { label, text: (body, end.max(body)) }).collect()
}

/// Where a piece begins, its label, and where its text begins.
type Start = (usize, (usize, usize), usize);

/// Labels of steps that head their step; mentions such as "tại Bước 2" are none.
fn labelled(text: &str, words: &StepWords) -> Vec<Start> {
    let mut starts = Vec::new();
    for found in words.label.captures_iter(text).filter_map(|m| m.name("label")) {
        if is_word(text, found.start(), found.end()) && heads_step(text, found.start(), found.end(), words) {
            let start = before_bullet(text, found.start());
            starts.push(start_of(text, start, found.end()));
        }
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches(|c: char| !c.is_alphanumeric());
        if let Some(label) = words.short.captures(bare).and_then(|m| m.name("label")) {
            starts.push(start_of(text, at, at + line.len() - bare.len() + label.end()));
        }
        at += line.len();
    }
    starts
}

/// The text after a label begins behind its punctuation.
fn start_of(text: &str, start: usize, label_end: usize) -> Start {
    let after = &text[label_end..];
    let body = after.len() - after.trim_start_matches([' ', ':', '.', ')', '-', '–', '/', ';']).len();
    let written = text[start..label_end].len()
        - text[start..label_end].trim_start_matches(['-', '–', '+', '*', '•', ' ', '\n', ';', '.']).len();
    (start, (start + written, label_end), label_end + body)
}

fn heads_step(text: &str, start: usize, end: usize, words: &StepWords) -> bool {
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[line_start..start];
    let after = text[end..].trim_start_matches(' ');
    let closes = after.starts_with([':', '.', ')', '-', '–', '\n', '/'])
        || after.starts_with(char::is_uppercase)
        || after.is_empty();
    let bare = before.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() || bare.chars().count() == 1 && before.trim_end().ends_with([')', '.']) {
        return closes || !after.starts_with([',', ';']) && text[start..].starts_with(char::is_uppercase);
    }
    let folded = fold(before);
    let mention = words
        .not_after
        .iter()
        .any(|w| folded.ends_with(w.as_str()) && is_word(&folded, folded.len() - w.len(), folded.len()));
    closes && !mention && !before.ends_with(['(', ',']) && text[start..].starts_with(char::is_uppercase)
}

/// Goes back over a bullet on the same line, so that `a) Bước 1` is one label.
fn before_bullet(text: &str, start: usize) -> usize {
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[line_start..start];
    let short = before.trim().chars().count() <= 3 && !before.trim().is_empty();
    if short { line_start } else { start }
}

/// Lines that begin with a bullet of the kind that comes first; a line that announces them is a piece of its own.
fn bulleted(text: &str) -> Vec<Start> {
    let lines: Vec<(usize, &str)> = lines(text);
    let marked: Vec<Option<(Bullet, usize)>> = lines.iter().map(|(_, line)| bullet(line)).collect();
    let Some((top, _)) = marked.iter().flatten().next().copied() else { return Vec::new() };
    let mut starts = Vec::new();
    let first = marked.iter().position(Option::is_some).unwrap_or_default();
    for (i, (at, line)) in lines.iter().enumerate() {
        match marked[i] {
            Some((kind, len)) if kind == top => {
                let body = len + line[len..].len() - line[len..].trim_start().len();
                starts.push((*at, (*at, at + len), at + body));
            }
            None if i < first && begins_sentence(line) => starts.push((*at, (*at, *at), *at)),
            None if line.trim_end().ends_with(':')
                && begins_sentence(line)
                && marked.get(i + 1).copied().flatten().is_some_and(|(k, _)| k == top) =>
            {
                starts.push((*at, (*at, *at), *at));
            }
            _ => {}
        }
    }
    if lines.len() == 1 {
        starts.extend(within_paragraph(text, top));
    }
    if top == Bullet::Letter && marked.iter().flatten().filter(|(kind, _)| *kind == top).count() == 1 {
        starts.extend(next_letters(text, starts.first().map_or(0, |s| s.0)));
    }
    starts
}

/// Bullets after the end of a sentence in a text of one paragraph: `…; - Cơ quan …`.
fn within_paragraph(text: &str, top: Bullet) -> Vec<Start> {
    let sign = match top {
        Bullet::Dash => '-',
        Bullet::Plus => '+',
        Bullet::Star => '*',
        _ => return Vec::new(),
    };
    text.match_indices(sign)
        .filter(|(at, _)| text[..*at].trim_end_matches(' ').ends_with(['.', ';', ':']) && text[..*at].ends_with(' '))
        .map(|(at, _)| (at, (at, at + 1), at + 1 + text[at + 1..].len() - text[at + 1..].trim_start().len()))
        .filter(|(_, _, body)| begins_sentence(&text[*body..]))
        .collect()
}

/// `b)`, `c)` … that follow a single `a)` behind the end of a sentence: `… của tỉnh.b) Giải quyết`.
fn next_letters(text: &str, from: usize) -> Vec<Start> {
    let mut starts = Vec::new();
    let mut cursor = from;
    for letter in ["b)", "c)", "d)", "đ)", "e)", "g)", "h)"] {
        let next = text[cursor..].match_indices(letter).map(|(at, _)| cursor + at).find(|at| {
            let ended = text[..*at].trim_end_matches([' ', '\n']).ends_with(['.', ';', ':', ')']);
            ended && begins_sentence(text[at + letter.len()..].trim_start())
        });
        let Some(at) = next else { break };
        cursor = at + letter.len();
        let body = cursor + text[cursor..].len() - text[cursor..].trim_start().len();
        starts.push((at, (at, cursor), body));
    }
    starts
}

fn paragraphs(text: &str) -> Vec<Start> {
    lines(text)
        .into_iter()
        .filter(|(at, line)| *at == 0 || begins_sentence(line))
        .map(|(at, _)| (at, (at, at), at))
        .collect()
}

fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n')
        .map(|line| {
            at += line.len();
            (at - line.len(), line)
        })
        .collect()
}

fn begins_sentence(line: &str) -> bool {
    line.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase)
}

/// Bullet at the start of a line and its length in bytes.
fn bullet(line: &str) -> Option<(Bullet, usize)> {
    let mut chars = line.chars();
    let first = chars.next()?;
    let sign = match first {
        '-' | '–' | '—' | '−' => Some(Bullet::Dash),
        '+' => Some(Bullet::Plus),
        '*' => Some(Bullet::Star),
        '•' | '●' | '▪' | '■' | '·' | '►' | '○' | '◦' | '➢' => Some(Bullet::Dot),
        _ => None,
    };
    if let Some(kind) = sign {
        let doubled = usize::from(chars.next() == Some(')'));
        return Some((kind, first.len_utf8() + doubled));
    }
    if let Some(inner) = line.strip_prefix('(') {
        let len = inner.find(')').filter(|len| (1..=4).contains(len))?;
        let name = &inner[..len];
        let kind = if name.bytes().all(|b| b.is_ascii_digit()) {
            Bullet::NumberInBrackets
        } else if name.chars().count() == 1 || name.bytes().all(|b| b"ivx".contains(&b)) {
            Bullet::LetterInBrackets
        } else {
            return None;
        };
        return Some((kind, len + 2));
    }
    numbered(line)
}

fn numbered(line: &str) -> Option<(Bullet, usize)> {
    let len = line.find(|c: char| !c.is_alphanumeric() && c != '.').unwrap_or(line.len());
    let (name, after) = line.split_at(len);
    let bare = name.trim_end_matches('.');
    let closed = name.len() > bare.len() || after.starts_with(')');
    let full = len + usize::from(after.starts_with(')'));
    let parts: Vec<&str> = bare.split('.').collect();
    let numbers = parts.iter().all(|p| (1..=2).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()));
    if numbers && (closed || parts.len() > 1 && after.starts_with(' ')) {
        return Some((Bullet::Number(parts.len()), full));
    }
    if let Some(at) = name.find('.').filter(|_| !numbers) {
        // "1.Nộp": the number ends where the word begins
        let short = (1..=2).contains(&at) && name[..at].bytes().all(|b| b.is_ascii_digit());
        return (short && name[at + 1..].starts_with(char::is_uppercase)).then_some((Bullet::Number(1), at + 1));
    }
    if !closed {
        return None;
    }
    if !bare.is_empty() && bare.bytes().all(|b| b"IVX".contains(&b)) {
        return Some((Bullet::Roman, full));
    }
    let mut letters = bare.chars();
    let letter = letters.next().is_some_and(char::is_lowercase)
        && letters.all(|c| c.is_ascii_digit())
        && bare.chars().count() <= 2;
    letter.then_some((Bullet::Letter, full))
}

#[cfg(test)]
#[path = "steps_tests.rs"]
pub(super) mod tests;
