//! Numbers are never merged: form 01 is not form 02.

/// Runs of digits, leading zeros kept, sorted.
fn numbers(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = text.split(|c: char| !c.is_numeric()).filter(|run| !run.is_empty()).collect();
    found.sort_unstable();
    found
}

/// The numbers of a text as one string; equal for two texts exactly when their numbers are.
pub(super) fn joined(text: &str) -> Box<str> {
    numbers(text).join(" ").into_boxed_str()
}

/// Whether the numbers of two texts, as multisets of digit runs, differ: `01` is not `1`, nor `1 1` the same as `1`.
#[must_use]
pub fn numbers_differ(a: &str, b: &str) -> bool {
    numbers(a) != numbers(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_as_multisets() {
        for (a, b, differ) in [
            ("mẫu số 01", "mẫu số 02", true),
            ("mẫu số 01", "theo mẫu 01", false),
            ("02 bản, mẫu 5", "mẫu 5, 02 bản", false),
            ("1 1", "1", true),
            ("01", "1", true),
            ("12a3", "3 12", false),
            ("", "không", false),
        ] {
            assert_eq!(numbers_differ(a, b), differ, "{a} / {b}");
            assert_eq!(numbers_differ(b, a), differ, "{b} / {a}");
        }
    }
}
