//! Amounts in claims: numbers as Vietnamese officials write them, with units, and whether sums and products come out.
//!
//! `1.234` is a thousand and more, `1,5` one and a half; `3.300 tỷ đồng` is 3 300 × 10⁹ đồng. Numbers are kept in thousandths, so
//! that no sum is in floating point.

use crate::rule::{AmountUnit, AmountWords, Operator};
use crate::text::fold;
use std::ops::Range;

/// Thousandths of one.
const MILLI: i128 = 1000;

/// A number with what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// Its value, multiplier included, in thousandths.
    pub milli: i128,
    /// Half of the last digit written, in thousandths: how far off a rounded number may be.
    pub slack: i128,
    /// What is counted.
    pub unit: AmountUnit,
    /// Where it stands in the folded text, in bytes, unit included.
    pub span: Range<usize>,
}

/// Every amount of a text, in order.
#[must_use]
pub fn amounts(folded: &str, words: &AmountWords) -> Vec<Amount> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = folded[at..].find(|c: char| c.is_ascii_digit()) {
        let start = at + offset;
        let length = folded[start..].find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',');
        let digits = folded[start..start + length.unwrap_or(folded.len() - start)].trim_end_matches(['.', ',']);
        at = start + digits.len();
        let within_word = folded[..start].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '/');
        if within_word || folded[at..].starts_with('/') {
            continue;
        }
        if let Some((milli, slack)) = number(digits) {
            let (factor, unit, end) = words.unit_at(folded, at);
            found.push(Amount { milli: milli * factor, slack: slack * factor, unit, span: start..end });
            at = end;
        }
    }
    found
}

/// A number in thousandths and half of its last digit.
///
/// A mark followed by three digits at each place groups thousands; one that is followed by another number of digits is a
/// decimal mark. Of a single ambiguous mark the point groups (`1.234`) and the comma is decimal (`1,234`) unless what stands before it is longer than three digits.
fn number(digits: &str) -> Option<(i128, i128)> {
    let (whole, decimals) = match digits.rfind(['.', ',']) {
        None => (digits, ""),
        Some(mark) => {
            let (head, tail) = (&digits[..mark], &digits[mark + 1..]);
            let sign = &digits[mark..=mark];
            let alone = !head.contains(['.', ',']);
            let groups = tail.len() == 3 && (sign == "." || (!alone && head.contains(sign))) && head.len() <= 3 + 4 * 4;
            if groups { (digits, "") } else { (head, tail) }
        }
    };
    let value: i128 = whole.replace(['.', ','], "").parse().ok()?;
    let shown = &decimals[..decimals.len().min(3)];
    let fraction: i128 = if shown.is_empty() { 0 } else { format!("{shown:0<3}").parse().ok()? };
    let slack = MILLI / 10i128.pow(u32::try_from(shown.len()).ok()?) / 2;
    Some((value * MILLI + fraction, slack))
}

/// A sum or product in a text that does not come out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miscount {
    /// What it comes to, in thousandths.
    pub computed: i128,
    /// What the text says, in thousandths.
    pub stated: i128,
    /// The words.
    pub quote: String,
}

/// Every `a × b = c`, `a + b = c` and `c = a + b` of a text whose sides differ by more than rounding allows.
#[must_use]
pub fn miscounts(text: &str, words: &AmountWords) -> Vec<Miscount> {
    let folded = fold(text);
    let amounts = amounts(&folded, words);
    let mut wrong = Vec::new();
    let mut from = 0;
    while from < amounts.len() {
        let to = chain_end(&folded, &amounts, from, words);
        if let Some(miscount) = equation(&folded, &amounts[from..=to], words) {
            wrong.push(miscount);
        }
        from = to + 1;
    }
    wrong
}

/// Last amount of the run that starts at `from` and is joined by operators.
fn chain_end(folded: &str, amounts: &[Amount], from: usize, words: &AmountWords) -> usize {
    let mut to = from;
    while to + 1 < amounts.len() && words.operator(&folded[amounts[to].span.end..amounts[to + 1].span.start]).is_some()
    {
        to += 1;
    }
    to
}

fn equation(folded: &str, run: &[Amount], words: &AmountWords) -> Option<Miscount> {
    let operators: Vec<Operator> =
        run.windows(2).filter_map(|pair| words.operator(&folded[pair[0].span.end..pair[1].span.start])).collect();
    let equals: Vec<usize> =
        operators.iter().enumerate().filter(|(_, o)| **o == Operator::Equals).map(|o| o.0).collect();
    let [equals] = equals[..] else { return None };
    let (left, right) = run.split_at(equals + 1);
    // "8.000 ngày công = 3.300 tỷ đồng" puts one thing for another and adds up nothing.
    if left.len() == 1 && right.len() == 1 {
        return None;
    }
    let (value_left, slack_left) = side(left, &operators[..equals])?;
    let (value_right, slack_right) = side(right, &operators[equals + 1..])?;
    let (computed, stated) = if right.len() == 1 { (value_left, value_right) } else { (value_right, value_left) };
    // Only a side of one number may be rounded; counts are exact.
    let slack = if left.len() > 1 && right.len() > 1 { 0 } else { slack_left.max(slack_right) };
    let exact = run.iter().all(|a| a.unit != AmountUnit::Vnd && a.slack == MILLI / 2);
    let quote = folded[run[0].span.start..run[run.len() - 1].span.end].to_owned();
    let differs = if exact { computed != stated } else { (computed - stated).abs() > slack };
    differs.then_some(Miscount { computed, stated, quote })
}

/// Value and slack of one side; none when it mixes sums and products.
fn side(amounts: &[Amount], operators: &[Operator]) -> Option<(i128, i128)> {
    let slack = if amounts.len() == 1 { amounts[0].slack } else { 0 };
    let values = amounts.iter().map(|a| a.milli);
    if operators.iter().all(|o| *o == Operator::Plus) {
        return Some((values.sum(), slack));
    }
    if operators.iter().all(|o| *o == Operator::Times) {
        let product = values.reduce(|product, value| product.saturating_mul(value) / MILLI)?;
        return Some((product, slack));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleFiles;

    fn words() -> AmountWords {
        AmountWords::load(&RuleFiles::embedded()).unwrap()
    }

    #[test]
    fn numbers_are_read_as_officials_write_them() {
        for (text, milli, unit) in [
            ("360.000.000 đồng", 360_000_000_000, AmountUnit::Vnd),
            ("khoảng 3.300 tỷ đồng/năm", 3_300_000_000_000_000, AmountUnit::Vnd),
            ("hơn 70 tỷ", 70_000_000_000_000, AmountUnit::Vnd),
            ("1,5 triệu đồng", 1_500_000_000, AmountUnit::Vnd),
            ("500 nghìn đồng", 500_000_000, AmountUnit::Vnd),
            ("8.000 ngày công", 8_000_000, AmountUnit::ManDay),
            ("180.000 hồ sơ", 180_000_000, AmountUnit::Dossier),
            ("giảm 62,8%", 62_800, AmountUnit::Percent),
            ("2.254 TTHC", 2_254_000, AmountUnit::Other),
            ("1,234,567 đồng", 1_234_567_000, AmountUnit::Vnd),
        ] {
            let found = amounts(&fold(text), &words());
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!((found[0].milli, found[0].unit), (milli, unit), "{text}");
        }
        assert!(amounts(&fold("Nghị định 07/2025/NĐ-CP"), &words()).is_empty(), "numbers of documents are no amounts");
    }

    #[test]
    fn sums_and_products_must_come_out() {
        for (text, wrong) in [
            ("2.254 TTHC = 1.884 cấp TP + 369 cấp xã + 51 cơ quan khác", true),
            ("2.304 TTHC = 1.884 cấp TP + 369 cấp xã + 51 cơ quan khác", false),
            ("120 hồ sơ x 50.000 đồng = 60.000.000 đồng", true),
            ("180.000 hồ sơ x 2.000 đồng = 360.000.000 đồng", false),
            ("99.000 hồ sơ × 700.000 đồng = 69,3 tỷ đồng", false),
            ("99.000 hồ sơ × 700.000 đồng = hơn 70 tỷ đồng", true),
            ("3 + 4 = 8", true),
            ("8.000 ngày công = khoảng 3.300 tỷ đồng", false),
            ("Giảm từ 15 ngày xuống 10 ngày", false),
        ] {
            assert_eq!(!miscounts(text, &words()).is_empty(), wrong, "{text}");
        }
    }
}
