//! National codes of procedures: `d.dddddd`, with the suffix of a province or ministry.

use regex::Regex;
use std::sync::LazyLock;

/// A code as read. Without `code` it is one of the old local codes, kept as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodeReading {
    /// Canonical code `d.dddddd`, first digit 1 to 9; empty for a code of the old kind (`T-HCM-123456-TT`).
    pub code: String,
    /// What follows it: `000.00.00.H29`, `H19`; empty when nothing does.
    pub suffix: String,
    /// The code as written, without the words around it.
    pub written: String,
    /// What had to be repaired; none when it was written in full.
    pub repair: Option<Repair>,
}

impl CodeReading {
    /// True when the code was not written in full.
    #[must_use]
    pub fn repaired(&self) -> bool {
        self.repair.is_some()
    }
}

/// A repair of a code. Each is to be reported; none is made where several codes could be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Repair {
    /// A decimal comma, or another mark, where the point belongs: `1,010826`.
    Point,
    /// Spaces within the code: `1. 010826`.
    Space,
    /// Five digits behind the point: a spreadsheet dropped the last 0 (`1.01385` was `1.013850`).
    /// With fewer digits several codes could be meant, and none is made.
    TrailingZero,
    /// A number with rounding noise, as a spreadsheet stores it: `1.0008939999999999`.
    Float,
}

impl Repair {
    /// The word in a problem's arguments.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Repair::Point => "point",
            Repair::Space => "space",
            Repair::TrailingZero => "trailing-zero",
            Repair::Float => "float",
        }
    }
}

static CODE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?<head>[1-9])(?<mark>\s*[.,·]\s*)(?<tail>[0-9]{5,18})(?<suffix>(?:\.[0-9]{2,3})*[.\-][GH][0-9]{2}\b|(?:\.[0-9]{2,3}){2,})?",
    )
    .ok()
});

static OLD: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b(?:[TBHX]-)?[A-ZĐ]{2,6}-(?:[A-ZĐ]{2,6}-)?[0-9]{3,8}(?:-TT)?\b").ok());

/// The first code in the cell of a code; none when there is none.
#[must_use]
pub fn parse(cell: &str) -> Option<CodeReading> {
    find_codes(cell).into_iter().next().or_else(|| old_code(cell))
}

/// Every national code in the cell of a code, in order, without repeats.
#[must_use]
pub fn find_codes(cell: &str) -> Vec<CodeReading> {
    let mut codes: Vec<CodeReading> = Vec::new();
    let Some(pattern) = CODE.as_ref() else { return codes };
    for found in pattern.captures_iter(cell) {
        let Some(whole) = found.get(0) else { continue };
        let touches = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',');
        let before =
            cell[..whole.start()].chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ','));
        let mut after = cell[whole.end()..].chars();
        let runs_on = match after.next() {
            Some('.' | ',') => after.next().is_some_and(|c| c.is_ascii_digit()),
            Some(c) => touches(c),
            None => false,
        };
        if before || runs_on {
            continue;
        }
        let part = |name| found.name(name).map_or("", |m| m.as_str());
        if let Some(reading) = reading(part("head"), part("mark"), part("tail"), part("suffix"), whole.as_str())
            && !codes.iter().any(|c| c.code == reading.code && c.suffix == reading.suffix)
        {
            codes.push(reading);
        }
    }
    codes
}

fn reading(head: &str, mark: &str, tail: &str, suffix: &str, written: &str) -> Option<CodeReading> {
    let mut repair = match mark {
        "." => None,
        "," | "·" => Some(Repair::Point),
        _ => Some(Repair::Space),
    };
    let digits = match tail.len() {
        6 => tail.to_owned(),
        5 if suffix.is_empty() => {
            repair = Some(Repair::TrailingZero);
            format!("{tail}0")
        }
        12.. => {
            repair = Some(Repair::Float);
            rounded(tail)?
        }
        _ => return None,
    };
    Some(CodeReading {
        code: format!("{head}.{digits}"),
        suffix: suffix.trim_start_matches(['.', '-']).to_owned(),
        written: written.to_owned(),
        repair,
    })
}

/// Six digits of a fraction whose further digits are noise: all 0 or all 9 but for the last.
fn rounded(tail: &str) -> Option<String> {
    let (six, noise) = tail.split_at(6);
    let noise = &noise[..noise.len() - 1];
    if noise.bytes().all(|b| b == b'0') {
        return Some(six.to_owned());
    }
    let up = six.parse::<u32>().ok()? + 1;
    (noise.bytes().all(|b| b == b'9') && up < 1_000_000).then(|| format!("{up:06}"))
}

fn old_code(cell: &str) -> Option<CodeReading> {
    let found = OLD.as_ref()?.find(cell)?;
    Some(CodeReading { written: found.as_str().to_owned(), ..CodeReading::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_and_repairs_codes() {
        use Repair::{Float, Point, Space, TrailingZero};
        for (cell, code, suffix, repair) in [
            ("1.004321", "1.004321", "", None),
            ("6.000001", "6.000001", "", None),
            ("1.004321.000.00.00.H29", "1.004321", "000.00.00.H29", None),
            ("2.017753.H19", "2.017753", "H19", None),
            ("1.004321-H29", "1.004321", "H29", None),
            ("Mã TTHC: 1.004321.", "1.004321", "", None),
            ("(1.004321)", "1.004321", "", None),
            ("1,014826", "1.014826", "", Some(Point)),
            ("1. 014826", "1.014826", "", Some(Space)),
            ("1.01485", "1.014850", "", Some(TrailingZero)),
            ("1,01485", "1.014850", "", Some(TrailingZero)),
            ("1.0043209999999999", "1.004321", "", Some(Float)),
            ("1.0043210000000001", "1.004321", "", Some(Float)),
        ] {
            let read = parse(cell).unwrap_or_default();
            assert_eq!((read.code.as_str(), read.suffix.as_str(), read.repair), (code, suffix, repair), "{cell}");
        }
    }

    #[test]
    fn what_is_no_code_stays_none() {
        for cell in [
            "",
            "Không có thông tin",
            "0.004321",
            "1.0043",
            "1.00432112",
            "1.000.000",
            "11.004321",
            "12/2020/NĐ-CP",
            "1.00432.H29",
            "25.01.2020",
            "1.0044444444444444",
        ] {
            assert_eq!(parse(cell), None, "{cell}");
        }
    }

    #[test]
    fn old_codes_are_kept_as_written() {
        for cell in ["T-HCM-123456-TT", "BTP-HCM-00123", "B-BTP-223344-TT"] {
            let read = parse(cell).unwrap();
            assert_eq!((read.code.as_str(), read.written.as_str()), ("", cell));
        }
    }

    #[test]
    fn several_codes_of_one_cell_are_all_found() {
        let codes: Vec<String> = find_codes("1.004321; 2.000056, 1.004321").into_iter().map(|c| c.code).collect();
        assert_eq!(codes, ["1.004321", "2.000056"]);
    }

    proptest! {
        #[test]
        fn never_panics_and_yields_only_codes(cell in "\\PC{0,40}|[0-9., TH-]{0,30}") {
            for read in find_codes(&cell) {
                prop_assert!(cell.contains(&read.written));
                prop_assert_eq!(read.code.len(), 8);
                prop_assert!(read.repaired() || cell.contains(&read.code));
            }
            let _ = parse(&cell);
        }

        #[test]
        fn a_formatted_code_reads_back(head in 1u32..10, tail in 0u32..1_000_000, province in 1u32..99) {
            let code = format!("{head}.{tail:06}");
            let written = format!("{code}.000.00.00.H{province:02}");
            let read = parse(&written).unwrap();
            prop_assert_eq!(read, CodeReading { code, suffix: format!("000.00.00.H{province:02}"), written, repair: None });
        }
    }
}
