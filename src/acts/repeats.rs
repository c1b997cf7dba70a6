//! Runs of clauses that are printed twice, one copy right behind the other: told once.

use super::sentence::clauses;
use crate::catalog::Step;
use crate::text::fold;

/// Clauses of at most this many words between two copies, such as headings, do not part them.
const SHORT: usize = 3;
/// Fewest words of a run that counts: short sentences stand in two cases with the same words.
const LEAST: usize = 18;

/// For each step, which of its clauses repeat what has just been told.
pub(super) fn find(steps: &[Step]) -> Vec<Vec<bool>> {
    let mut found: Vec<Vec<bool>> = Vec::with_capacity(steps.len());
    let mut told: Vec<(usize, usize, Vec<String>)> = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        let all = clauses(&step.text);
        found.push(vec![false; all.len()]);
        for (place, clause) in all.iter().enumerate() {
            let folded = fold(&step.text[clause.start..clause.end]);
            let words: Vec<String> =
                folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
            if words.len() > SHORT {
                told.push((index, place, words));
            }
        }
    }
    let mut at = 1;
    while at < told.len() {
        let run = (1..=at.min(told.len() - at)).find(|run| {
            let (first, second) = (&told[at - run..at], &told[at..at + run]);
            let words: usize = second.iter().map(|t| t.2.len()).sum();
            words >= LEAST && first.iter().zip(second).all(|(a, b)| a.2 == b.2)
        });
        for (index, place, _) in &told[at..at + run.unwrap_or_default()] {
            found[*index][*place] = true;
        }
        at += run.unwrap_or(1);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_the_second_copy_of_a_run() {
        let long = "Sở Y tế thẩm định hồ sơ trong thời hạn mười ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ;";
        let short = "Trường hợp từ chối phải trả lời bằng văn bản.";
        for (text, expected) in [
            (format!("{long} {long} {short}"), vec![false, true, false]),
            (format!("{long} {short} {long} {short}"), vec![false, false, true, true]),
            (format!("{short} {short}"), vec![false, false]),
            (format!("{long} {short} Trả kết quả cho công dân. {long}"), vec![false; 4]),
        ] {
            assert_eq!(find(&[Step { text, ..Step::default() }]), [expected]);
        }
    }
}
