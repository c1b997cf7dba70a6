//! Fees (phí, lệ phí) in whole đồng. What is not stated as one exact amount stays unknown.
//!
//! The rule: the amount is the one stated outside brackets. Brackets explain it and never replace it. Several different
//! amounts are alternatives or add up, which the cell does not tell: unknown. A 0, or the portal's `Miễn phí` that stands for
//! it, counts only when nothing beside it speaks of a fee. Foreign currency, bounds and slips are unknown.

use crate::rule::{FeeWords, Field, Words};
use crate::text::fold;

/// A fee as read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeeReading {
    /// Đồng; none when unknown.
    pub vnd: Option<i64>,
    /// Every amount in đồng stated outside brackets, sorted, without repeats.
    pub amounts: Vec<i64>,
    /// How it was stated.
    pub stated: FeeStated,
}

/// How a fee is stated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeeStated {
    /// The cell is empty, or says that it is.
    #[default]
    Empty,
    /// One amount.
    Amount,
    /// One amount, and another in brackets (a discount, a case): the first is taken.
    AmountWithOthers,
    /// Nothing to pay.
    Free,
    /// 0, but words beside it speak of a fee: unknown.
    Hidden,
    /// Several different amounts: unknown.
    Several,
    /// A bound, such as "không quá": unknown.
    Approximate,
    /// Foreign currency: unknown.
    Foreign,
    /// Fewer đồng than any fee has: unknown.
    Implausible,
    /// Something else, in words: unknown.
    Unread,
}

/// Reads the cell of a fee. `beside` is the description of the same channel, in which the amount behind a 0 may stand.
#[must_use]
pub fn read(cell: &str, beside: &str, words: &Words) -> FeeReading {
    if words.empty.contains(Field::Fee, cell) {
        return FeeReading::default();
    }
    let (outer, inner) = split_brackets(cell);
    let fees = &words.fees;
    let foreign = fees.foreign.is_match(&outer);
    let mut amounts = amounts(&outer, fees);
    let times = amounts.len();
    amounts.sort_unstable();
    amounts.dedup();
    let free = fees.free.iter().any(|w| outer.contains(w.as_str()));
    let reading = |vnd, stated| FeeReading { vnd, amounts: amounts.clone(), stated };
    match amounts.as_slice() {
        [] if free => zero(&inner, beside, words, Vec::new()),
        [] if foreign => reading(None, FeeStated::Foreign),
        [] => reading(None, FeeStated::Unread),
        [0] => zero(&inner, beside, words, amounts.clone()),
        // the same amount twice may be a fee and a charge, to be added up
        [_] if foreign || free || times > 1 => reading(None, FeeStated::Several),
        [_] if fees.approximate.iter().any(|w| outer.contains(w.as_str())) => reading(None, FeeStated::Approximate),
        [amount] if *amount < fees.smallest_vnd => reading(None, FeeStated::Implausible),
        [amount] => {
            let others = self::amounts(&inner, fees).iter().any(|a| a != amount && *a >= fees.smallest_vnd);
            let stated = if others { FeeStated::AmountWithOthers } else { FeeStated::Amount };
            reading(Some(*amount), stated)
        }
        _ => reading(None, FeeStated::Several),
    }
}

/// A stated 0: free, unless something beside it speaks of a fee.
fn zero(inner: &str, beside: &str, words: &Words, amounts: Vec<i64>) -> FeeReading {
    let fees = &words.fees;
    let bare = inner.trim_matches(|c: char| !c.is_alphanumeric());
    let free_too = fees.free.iter().any(|w| bare.starts_with(w.as_str()));
    let explained = bare.is_empty() || fees.nothing.iter().any(|w| w == bare) || free_too;
    let hidden = !explained || speaks_of_fee(inner, fees) || speaks_of_fee(&fold(beside), fees);
    let (vnd, stated) = if hidden { (None, FeeStated::Hidden) } else { (Some(0), FeeStated::Free) };
    FeeReading { vnd, amounts, stated }
}

fn speaks_of_fee(folded: &str, fees: &FeeWords) -> bool {
    if folded.is_empty() {
        return false;
    }
    let announced = fees.hidden.iter().any(|w| {
        folded.match_indices(w.as_str()).any(|(at, _)| {
            let after = folded[at + w.len()..].trim_start_matches([' ', ':', '-', '(']);
            let says_none = fees.nothing.iter().chain(&fees.free).any(|n| after.starts_with(n.as_str()));
            !says_none && !after.is_empty()
        })
    });
    announced || amounts(folded, fees).iter().any(|a| *a >= fees.smallest_vnd)
}

/// Amounts in đồng of folded text, in order. A number alone in the text is an amount too.
fn amounts(folded: &str, fees: &FeeWords) -> Vec<i64> {
    let mut found = Vec::new();
    for m in fees.amount.captures_iter(folded) {
        let (Some(whole), Some(number)) = (m.get(0), m.name("number")) else { continue };
        // the year of a document before the word "đồng", a word that only begins like a currency, a part of a longer number
        let before = folded[..whole.start()].trim_end();
        let dated = before.ends_with("năm") || folded[..whole.start()].ends_with(['/', '-', '.', ',']);
        let cut = folded[whole.end()..].starts_with(char::is_alphanumeric) && !whole.as_str().ends_with("đồng");
        if dated && !before.ends_with('-') || cut {
            continue;
        }
        let times = m.name("times").and_then(|t| fees.multiplier.get(t.as_str())).copied();
        found.extend(amount(number.as_str(), times));
    }
    if found.is_empty() {
        let bare = folded.rsplit(':').next().unwrap_or(folded).trim_matches(|c: char| c == ' ' || c == '-');
        found.extend(amount(bare, None).filter(|_| bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))));
    }
    found
}

/// `2.000.000`, `1,000,000`, `20000`; with a factor also decimals: `1,5` and `triệu`.
fn amount(number: &str, times: Option<i64>) -> Option<i64> {
    let number = number.trim_end_matches(['.', ',']);
    let groups: Vec<&str> = number.split(['.', ',']).collect();
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !groups.iter().all(|g| digits(g)) {
        return None;
    }
    let grouped = groups.len() == 1 || groups[0].len() <= 3 && groups[1..].iter().all(|g| g.len() == 3);
    if grouped {
        return groups.concat().parse::<i64>().ok()?.checked_mul(times.unwrap_or(1));
    }
    let (times, [whole, decimals]) = (times?, groups.as_slice()) else { return None };
    let scale = 10_i64.checked_pow(u32::try_from(decimals.len()).ok()?)?;
    let scaled = format!("{whole}{decimals}").parse::<i64>().ok()?.checked_mul(times)?;
    (scaled % scale == 0).then_some(scaled / scale)
}

/// What stands outside brackets, and inside, both folded. Lines that say the same count once; a bracket that is never
/// closed reaches to the end of its line, so that it cannot swallow the fees after it.
fn split_brackets(cell: &str) -> (String, String) {
    let (mut outer, mut inner) = (String::new(), String::new());
    let lines: Vec<&str> = cell.lines().map(str::trim).collect();
    for (_, line) in lines.iter().enumerate().filter(|(i, line)| !lines[..*i].contains(line)) {
        let mut depth = 0_u32;
        for c in line.chars() {
            match c {
                '(' => {
                    depth += 1;
                    inner.push(' ');
                    outer.push(' ');
                }
                ')' => depth = depth.saturating_sub(1),
                c if depth > 0 => inner.push(c),
                c => outer.push(c),
            }
        }
        outer.push(' ');
        inner.push(' ');
    }
    (fold(outer.trim_start()), fold(inner.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleFiles;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static WORDS: LazyLock<Words> = LazyLock::new(|| Words::load(&RuleFiles::embedded()).unwrap());

    #[test]
    fn reads_cells() {
        use FeeStated::{
            Amount, AmountWithOthers, Approximate, Empty, Foreign, Free, Hidden, Implausible, Several, Unread,
        };
        for (cell, beside, vnd, stated) in [
            ("Miễn phí", "", Some(0), Free),
            ("Phí : 0 Đồng", "", Some(0), Free),
            ("Phí: Không Đồng", "", Some(0), Free),
            ("0", "", Some(0), Free),
            ("Miễn phí(Không có.)", "", Some(0), Free),
            ("Miễn phí(Mức lệ phí do Hội đồng nhân dân cấp tỉnh quy định)", "", None, Hidden),
            ("Miễn phí", "Phí: theo Thông tư của Bộ Tài chính", None, Hidden),
            ("Miễn phí", "Phí: Không", Some(0), Free),
            ("0", "Phí thẩm định 150.000 đồng/hồ sơ", None, Hidden),
            ("Miễn phí(1.200.000 Đồng (cấp lại))", "", None, Hidden),
            ("Phí : 3.000.000 Đồng (Thẩm định lần đầu)", "", Some(3_000_000), Amount),
            ("7.000 đồng/bản", "", Some(7_000), Amount),
            ("30000 Đồng", "", Some(30_000), Amount),
            ("Lệ phí: 300000 ĐồngXem chi tiết", "", Some(300_000), Amount),
            ("230000", "", Some(230_000), Amount),
            (
                "1,000,000 Việt Nam Đồng((áp dụng mức 500.000 đồng đến hết năm 2026))",
                "",
                Some(1_000_000),
                AmountWithOthers,
            ),
            ("150 nghìn đồng", "", Some(150_000), Amount),
            ("1,5 triệu đồng", "", Some(1_500_000), Amount),
            ("200.000 (hai trăm nghìn) đồng", "", Some(200_000), Amount),
            ("5.000đ/trang", "", Some(5_000), Amount),
            ("Phí: 150.000 Đồng Phí: 300.000 Đồng", "", None, Several),
            ("Phí: 150.000 Đồng Lệ phí: 150.000 Đồng", "", None, Several),
            ("Phí: 90.000 Đồng (đợt 1)\nPhí: 90.000 Đồng (đợt 1)", "", Some(90_000), Amount),
            ("Phí: 90.000 Đồng (đợt 1\nPhí: 80.000 Đồng", "", None, Several),
            ("Không quá 500.000 đồng", "", None, Approximate),
            ("Lệ phí : 1.5 USD", "", None, Foreign),
            ("40 VNĐ(Lệ phí: 40.000 đồng)", "", None, Implausible),
            ("Mức thu bằng nửa mức tại Thông tư ngày 11 tháng 11 năm 2016 Đồng", "", None, Unread),
            ("Phí: theo quy định", "", None, Unread),
            ("Phí : Đồng", "", None, Unread),
            ("Không có thông tin", "", None, Empty),
        ] {
            let read = read(cell, beside, &WORDS);
            assert_eq!((read.vnd, read.stated), (vnd, stated), "{cell} | {beside} | {read:?}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(cell in "\\PC{0,40}|[0-9.,() đồngtriệu]{0,40}") {
            let _ = read(&cell, &cell, &WORDS);
        }

        #[test]
        fn a_formatted_fee_reads_back(thousands in 1i64..999) {
            for cell in [format!("Phí : {thousands}.000 Đồng"), format!("{thousands},000 VNĐ"), format!("{thousands}000 đồng"), format!("{thousands} nghìn đồng")] {
                prop_assert_eq!(read(&cell, "", &WORDS).vnd, Some(thousands * 1000));
            }
        }
    }
}
