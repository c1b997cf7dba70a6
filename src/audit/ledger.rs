//! The ledger: every claim ever judged, as JSON Lines in a chain of hashes, so that nothing is counted twice and nothing is
//! changed afterwards.
//!
//! A line is a JSON object whose last field is `hash`: the SHA-256, in hexadecimal, of the line's bytes before that field.
//! The field `prev` repeats the hash of the line before, so that every line holds all that came earlier.

use super::Verdict;
use crate::error::{Error, Result};
use crate::output::sha256;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

/// `prev` of the first line.
const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";
/// What stands between the content of a line and its hash.
const HASH_FIELD: &str = ",\"hash\":\"";

/// What is remembered of a judged claim.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Position in the ledger, from 1.
    pub seq: u64,
    /// Report year in which the cut falls; none when the claim has no date.
    pub year: Option<i16>,
    /// Programme or list in which it was claimed.
    pub programme: String,
    /// Id of the claim in that list.
    pub claim_id: String,
    /// Body that claims it.
    pub agency: String,
    /// What is cut, as a key that does not depend on wording: see [`super::cut_key`].
    pub key: String,
    /// Verdict.
    pub verdict: String,
    /// Amount accepted.
    pub accepted: i64,
    /// Date for which it was judged.
    pub as_of: String,
    /// Hash of the rule set.
    pub rules: String,
    /// Hash of the line before.
    pub prev: String,
}

impl Entry {
    /// Whether the cut was accepted, wholly or in part, and must not be accepted again.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.accepted > 0 || Verdict::from_name(&self.verdict).is_some_and(Verdict::accepts)
    }
}

/// Where a ledger is broken, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// 1-based line.
    pub line: u64,
    /// What is wrong with it.
    pub fault: Fault,
}

/// How a line of the ledger can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No entry, or fields missing or added.
    Unreadable,
    /// Its content does not give its hash.
    Content,
    /// It does not continue the line before.
    Chain,
    /// The last line is not finished.
    Unfinished,
}

impl Fault {
    /// Key of its message.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Fault::Unreadable => "ledger-unreadable",
            Fault::Content => "ledger-content",
            Fault::Chain => "ledger-chain",
            Fault::Unfinished => "ledger-unfinished",
        }
    }
}

/// A ledger whose chain holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    path: PathBuf,
    text: String,
    entries: Vec<Entry>,
    head: String,
}

impl Ledger {
    /// Opens a ledger; a file that is not there is an empty one.
    ///
    /// # Errors
    /// When the file cannot be read. A broken chain is `Ok(Err(_))`: what it holds must not be used.
    pub fn open(path: &Path) -> Result<std::result::Result<Self, Broken>> {
        let text = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(e) => return Err(Error::io(path)(e)),
        };
        Ok(check(&text).map(|(entries, head)| Ledger {
            path: path.to_owned(),
            text: String::from_utf8(text).unwrap_or_default(),
            entries,
            head,
        }))
    }

    /// Every entry, oldest first.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Hash of the last entry: whoever keeps it can tell whether lines were cut off.
    #[must_use]
    pub fn head(&self) -> &str {
        &self.head
    }

    /// Adds entries; `seq` and `prev` are set here. Nothing is written before [`Ledger::save`].
    pub fn extend(&mut self, entries: impl IntoIterator<Item = Entry>) {
        for mut entry in entries {
            entry.seq = self.entries.len() as u64 + 1;
            entry.prev.clone_from(&self.head);
            let (line, hash) = seal(&entry);
            self.text.push_str(&line);
            self.head = hash;
            self.entries.push(entry);
        }
    }

    /// Writes the ledger aside and renames it into place: a stop half way leaves the old one whole.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save(&self) -> Result<()> {
        crate::output::replace_file(&self.path, |aside| {
            let mut file = File::create(aside).map_err(Error::io(aside))?;
            file.write_all(self.text.as_bytes()).map_err(Error::io(aside))?;
            file.sync_all().map_err(Error::io(aside))
        })
    }
}

/// The line of an entry, and its hash.
fn seal(entry: &Entry) -> (String, String) {
    let json = serde_json::to_string(entry).unwrap_or_default();
    let content = json.trim_end_matches('}');
    let hash = sha256(content.as_bytes());
    (format!("{content}{HASH_FIELD}{hash}\"}}\n"), hash)
}

/// Reads and checks the chain: the entries and the hash of the last.
///
/// # Errors
/// The first line that is broken.
pub fn check(bytes: &[u8]) -> std::result::Result<(Vec<Entry>, String), Broken> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut head = GENESIS.to_owned();
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        let number = entries.len() as u64 + 1;
        let broken = |fault| Broken { line: number, fault };
        let line = line.strip_suffix(b"\n").ok_or_else(|| broken(Fault::Unfinished))?;
        let line = std::str::from_utf8(line).map_err(|_| broken(Fault::Unreadable))?;
        let (content, rest) = line.rsplit_once(HASH_FIELD).ok_or_else(|| broken(Fault::Unreadable))?;
        let hash = rest.strip_suffix("\"}").ok_or_else(|| broken(Fault::Unreadable))?;
        if sha256(content.as_bytes()) != hash {
            return Err(broken(Fault::Content));
        }
        let entry: Entry = serde_json::from_str(&format!("{content}}}")).map_err(|_| broken(Fault::Unreadable))?;
        if entry.prev != head || entry.seq != number {
            return Err(broken(Fault::Chain));
        }
        hash.clone_into(&mut head);
        entries.push(entry);
    }
    Ok((entries, head))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(at: u64) -> Entry {
        Entry {
            year: Some(2026),
            programme: "Nghị quyết 66.7/2025/NQ-CP".into(),
            claim_id: at.to_string(),
            agency: "Sở Tư pháp".into(),
            key: format!("1.{at:06}|request|birth"),
            verdict: "confirmed".into(),
            accepted: 1,
            ..Entry::default()
        }
    }

    fn sample(count: u64) -> Vec<u8> {
        let mut ledger = Ledger { head: GENESIS.into(), ..Ledger::default() };
        ledger.extend((0..count).map(entry));
        ledger.text.into_bytes()
    }

    #[test]
    fn every_change_of_a_single_byte_is_found() {
        let good = sample(12);
        assert_eq!(check(&good).unwrap().0.len(), 12);
        for at in 0..good.len() {
            for change in [1u8, 0x20, 0x80] {
                let mut bad = good.clone();
                bad[at] ^= change;
                let line = good[..at].split(|b| *b == b'\n').count() as u64;
                let broken = check(&bad).expect_err(&format!("byte {at} xor {change}"));
                // A line break in the middle, or a line joined to the next, breaks there.
                assert!(broken.line == line || broken.line == line + 1, "byte {at}: {broken:?}");
            }
        }
    }

    #[test]
    fn lines_left_out_moved_or_repeated_break_the_chain() {
        let text = String::from_utf8(sample(5)).unwrap();
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for (order, line) in [(vec![0, 2, 3, 4], 2), (vec![0, 2, 1, 3, 4], 2), (vec![0, 1, 1, 2], 3), (vec![1, 2], 1)] {
            let bad: String = order.iter().map(|i| lines[*i]).collect();
            assert_eq!(check(bad.as_bytes()).unwrap_err(), Broken { line, fault: Fault::Chain });
        }
        assert_eq!(check(text.trim_end().as_bytes()).unwrap_err(), Broken { line: 5, fault: Fault::Unfinished });
    }

    #[test]
    fn a_ledger_grows_and_a_killed_write_loses_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("ledger.jsonl");
        let mut ledger = Ledger::open(&path).unwrap().unwrap();
        ledger.extend([entry(1)]);
        ledger.save().unwrap();
        // What a killed write leaves behind is the file aside; the ledger itself is whole.
        std::fs::write(dir.path().join(".ledger.jsonl.partial"), "{\"seq\":").unwrap();
        let mut again = Ledger::open(&path).unwrap().unwrap();
        assert_eq!(again, ledger);
        again.extend([entry(2)]);
        again.save().unwrap();
        assert_eq!(Ledger::open(&path).unwrap().unwrap().entries().len(), 2);
    }
}
