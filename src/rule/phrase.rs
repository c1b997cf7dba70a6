//! Phrases of rule files: `(a|b|)` stands for each of its alternatives; everything is folded for matching.

use crate::text::fold;

/// How many phrases one line of a rule file may stand for.
const MOST: usize = 20_000;

/// Every phrase a pattern stands for, folded, sorted, without repeats.
///
/// # Errors
/// A sentence saying what is wrong with the pattern.
pub fn expand(pattern: &str) -> Result<Vec<String>, String> {
    // Folding leaves the marks of a pattern as they are: folded once, only the spaces at the seams are left to mend.
    let pattern = fold(pattern);
    let mut rest = pattern.as_str();
    let mut folded = alternatives(&mut rest, 0)?;
    if !rest.is_empty() {
        return Err("a \")\" stands without its \"(\"".to_owned());
    }
    folded.iter_mut().for_each(mend);
    folded.sort();
    folded.dedup();
    if folded.iter().any(String::is_empty) {
        return Err("the pattern also stands for an empty phrase".to_owned());
    }
    Ok(folded)
}

/// Single spaces within, none at the ends.
fn mend(phrase: &mut String) {
    if phrase.contains("  ") || phrase.starts_with(' ') || phrase.ends_with(' ') {
        *phrase = phrase.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
    }
}

/// Reads `a|b|c` up to a closing parenthesis or the end.
fn alternatives(rest: &mut &str, depth: usize) -> Result<Vec<String>, String> {
    let mut all = Vec::new();
    let mut current = vec![String::new()];
    while let Some(at) = rest.find(['(', '|', ')']) {
        for phrase in &mut current {
            phrase.push_str(&rest[..at]);
        }
        let mark = rest.as_bytes()[at];
        if mark == b')' && depth == 0 {
            return Err("a \")\" stands without its \"(\"".to_owned());
        }
        *rest = &rest[at + 1..];
        match mark {
            b'(' => {
                let inner = alternatives(rest, depth + 1)?;
                if current.len() * inner.len() > MOST {
                    return Err(format!("the pattern stands for more than {MOST} phrases"));
                }
                current = current.iter().flat_map(|c| inner.iter().map(move |i| format!("{c}{i}"))).collect();
            }
            b'|' if depth == 0 => return Err("\"|\" stands outside parentheses".to_owned()),
            b'|' => all.append(&mut std::mem::replace(&mut current, vec![String::new()])),
            _ => {
                all.append(&mut current);
                return Ok(all);
            }
        }
    }
    if depth > 0 {
        return Err("a \"(\" is not closed".to_owned());
    }
    for phrase in &mut current {
        phrase.push_str(rest);
    }
    *rest = "";
    all.append(&mut current);
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expands_alternatives() {
        for (pattern, expected) in [
            ("Sổ đỏ", vec!["sổ đỏ"]),
            ("(giấy |)khai sinh", vec!["giấy khai sinh", "khai sinh"]),
            ("a(b(c|d)|)", vec!["a", "abc", "abd"]),
        ] {
            assert_eq!(expand(pattern).unwrap(), expected);
        }
        for (pattern, wrong) in [("(a", "not closed"), ("a)", "without"), ("a|b", "outside"), ("(a|)", "empty")] {
            assert!(expand(pattern).unwrap_err().contains(wrong), "{pattern}");
        }
    }
}
