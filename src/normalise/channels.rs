//! Ways of submitting (cách thức thực hiện), each with its time and fee.

use super::duration::{self, Stated};
use super::fee::{self, FeeStated};
use super::{markup, null};
use crate::catalog::Channel;
use crate::ingest::RawRow;
use crate::problem::{Problem, Severity, Source};
use crate::rule::{Field, Words};
use crate::text::{clean, fold};

/// Cells of one row, cleaned; empty where the source has none.
#[derive(Debug, Clone, Copy, Default)]
struct Row<'a> {
    name: &'a str,
    duration: &'a str,
    unit: &'a str,
    fee: &'a str,
    description: &'a str,
    text: &'a str,
}

/// Channels of a source that gives rows. `source` is that of the record; each channel gets its own row number.
pub fn from_rows(rows: &[RawRow], words: &Words, source: &Source, problems: &mut Vec<Problem>) -> Vec<Channel> {
    let mut channels = Vec::with_capacity(rows.len());
    for raw in rows {
        let cell = |field| clean(&markup::without(raw.cells.get(&field).map_or("", String::as_str)));
        let (name, duration, unit) = (cell(Field::ChannelName), cell(Field::Duration), cell(Field::DurationUnit));
        let (fee, description) = (cell(Field::Fee), cell(Field::ChannelText));
        let parts = [name.as_str(), &[duration.as_str(), unit.as_str()].join(" "), &fee, &description];
        let text = parts.iter().map(|p| p.trim()).filter(|p| !p.is_empty()).collect::<Vec<_>>().join("\n");
        if text.is_empty() {
            continue;
        }
        let place =
            Source { file: source.file.clone(), row: Some(raw.row), id: raw.id.clone().or_else(|| source.id.clone()) };
        let row =
            Row { name: &name, duration: &duration, unit: &unit, fee: &fee, description: &description, text: &text };
        channels.push(channel(row, words, &place, problems));
    }
    channels
}

/// Channels of one text: the portal's table whose cells ran together, or free text, which is one channel.
pub fn from_text(text: &str, words: &Words, source: &Source, problems: &mut Vec<Problem>) -> Vec<Channel> {
    let text = clean(&markup::without(text));
    let body = without_headings(&text, &words.channel_table.headings);
    if null::value(Field::Channels, body, &words.empty).is_empty() {
        return Vec::new();
    }
    let rows: Vec<_> = words
        .channel_table
        .row
        .captures_iter(body)
        .filter(|m| starts_row(body, m.get(0).map_or(0, |m| m.start())))
        .collect();
    let Some(first) = rows.first().and_then(|m| m.get(0)).map(|m| m.start()) else {
        return free_text(body, words, source, problems);
    };
    let mut channels = Vec::with_capacity(rows.len() + 1);
    if !body[..first].trim().is_empty() {
        channels.extend(free_text(body[..first].trim(), words, source, problems));
    }
    for (i, found) in rows.iter().enumerate() {
        let part = |name| found.name(name).map(|m| (m.start(), m.end()));
        let end = rows.get(i + 1).and_then(|m| m.get(0)).map_or(body.len(), |m| m.start());
        let (name, run) = (part("name").unwrap_or_default(), part("run").unwrap_or_default());
        let row_text = body[name.0..end].trim_end();
        let (duration, fee_start) = match part("duration").or(part("bare")) {
            Some((start, stop)) => (&body[start..stop], stop),
            None => split_run(&body[run.0..run.1]).map_or(("", run.0), |at| (&body[run.0..run.0 + at], run.0 + at)),
        };
        let unread = run != (0, 0) && duration.is_empty();
        if unread {
            let digits = &body[run.0..run.1];
            problems.push(
                Problem::new(Severity::Warning, "duration-fee-run-together", source)
                    .with_column("channels")
                    .with_raw(digits),
            );
        }
        let (fee, description) = fee_cell(body[fee_start..end].trim_end(), words);
        let fee = if unread { "" } else { fee };
        let row = Row { name: &body[name.0..name.1], duration, fee, description, text: row_text, unit: "" };
        channels.push(channel(row, words, source, problems));
    }
    channels
}

fn channel(row: Row, words: &Words, source: &Source, problems: &mut Vec<Problem>) -> Channel {
    let tag = name(row.name, words);
    let problem = |severity, what: &str, column: &str, raw: &str| {
        Problem::new(severity, what, source).with_column(column).with_raw(raw)
    };
    if tag.is_empty() && !row.name.is_empty() {
        problems.push(problem(Severity::Warning, "channel-unknown", "channel", row.name));
    }
    let mut time = duration::read(row.duration, row.unit, words);
    if row.duration.is_empty() && row.name.is_empty() {
        time = duration::read(row.description, "", words);
    }
    let found = match time.stated {
        Stated::Unread => Some((Severity::Warning, "duration-unread")),
        Stated::WithoutUnit => Some((Severity::Warning, "duration-without-unit")),
        Stated::Several => Some((Severity::Note, "duration-several")),
        Stated::Empty | Stated::Once | Stated::AtOnce | Stated::Unspecified => None,
    };
    problems
        .extend(found.filter(|_| !row.duration.is_empty()).map(|(s, what)| problem(s, what, "duration", row.duration)));
    let fee = fee::read(row.fee, row.description, words);
    let found = match fee.stated {
        FeeStated::Empty | FeeStated::Amount | FeeStated::Free => None,
        FeeStated::AmountWithOthers => Some((Severity::Note, "fee-other-amounts")),
        FeeStated::Hidden => Some((Severity::Note, "fee-hidden")),
        FeeStated::Several => Some((Severity::Note, "fee-several")),
        FeeStated::Approximate => Some((Severity::Note, "fee-approximate")),
        FeeStated::Foreign => Some((Severity::Note, "fee-foreign")),
        FeeStated::Implausible => Some((Severity::Warning, "fee-implausible")),
        FeeStated::Unread => Some((Severity::Warning, "fee-unread")),
    };
    problems.extend(found.map(|(s, what)| problem(s, what, "fee", row.fee)));
    Channel {
        channel: tag.to_owned(),
        duration_value: time.value,
        duration_unit: time.unit,
        fee_vnd: fee.vnd,
        text: row.text.to_owned(),
        source: source.clone(),
    }
}

/// `online`, `direct` or `postal`; empty when the name is none of them, or several.
fn name<'a>(cell: &str, words: &'a Words) -> &'a str {
    let folded = fold(cell);
    if let Some(tag) = words.channels.exact(folded.trim_matches(|c: char| !c.is_alphanumeric())) {
        return tag;
    }
    let mut tags: Vec<&str> = words.channels.find(&folded).map(|(_, _, tag)| tag).collect();
    tags.dedup();
    match tags.as_slice() {
        [only] => ["online", "direct", "postal"].into_iter().find(|t| t == only).unwrap_or_default(),
        _ => "",
    }
}

fn free_text(body: &str, words: &Words, source: &Source, problems: &mut Vec<Problem>) -> Vec<Channel> {
    let time = duration::read(body, "", words);
    let unread = matches!(time.stated, Stated::Unread);
    if unread {
        problems
            .push(Problem::new(Severity::Note, "channels-free-text", source).with_column("channels").with_raw(body));
    }
    vec![Channel {
        channel: name(body, words).to_owned(),
        duration_value: time.value,
        duration_unit: time.unit,
        fee_vnd: None,
        text: body.to_owned(),
        source: source.clone(),
    }]
}

pub(super) fn without_headings<'a>(text: &'a str, headings: &[String]) -> &'a str {
    let mut rest = text;
    while let Some(after) = headings.iter().filter_map(|h| rest.strip_prefix(h.as_str())).min_by_key(|r| r.len()) {
        rest = after.trim_start();
    }
    rest
}

/// A row begins after a cell that ended, never within a sentence: not after a space or an opening bracket.
fn starts_row(body: &str, at: usize) -> bool {
    !body[..at].ends_with([' ', '(', '"', '-', ','])
}

/// Where a duration without unit ends in digits that ran together with an amount (`140,000` is 1 and 40,000); none
/// when there is not exactly one place.
fn split_run(run: &str) -> Option<usize> {
    let first = run.split(',').next().unwrap_or(run);
    let grouped = run.len() > first.len();
    let groups_fit = run.split(',').skip(1).all(|g| g.len() == 3);
    let mut places = (1..first.len()).filter(|at| !first[*at..].starts_with('0') && first.len() - at <= 3);
    match (places.next(), places.next()) {
        (Some(at), None) if groups_fit || !grouped => Some(at),
        _ => None,
    }
}

/// The fee cell at the start of a text (items, each with an explanation in brackets) and the description after it.
fn fee_cell<'a>(text: &'a str, words: &Words) -> (&'a str, &'a str) {
    let mut at = 0;
    // after the first item only amounts go on: words there begin the description
    while let Some(item) = words.channel_table.fee_item.find(&text[at..]) {
        if at > 0 && !item.as_str().starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        at += item.end();
        at += brackets(&text[at..]);
    }
    (&text[..at], text[at..].trim_start())
}

/// Length of a bracket that opens at the start of the text and closes, else 0. `(1)` and `(i)` number a list instead.
fn brackets(text: &str) -> usize {
    if !text.starts_with('(') {
        return 0;
    }
    let mut depth = 0_i32;
    for (at, c) in text.char_indices() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if depth == 0 {
            let inner = &text[1..at];
            let numbers = !inner.is_empty()
                && inner.len() <= 3
                && inner.bytes().all(|b| b.is_ascii_digit() || b"ivx".contains(&b));
            return if numbers { 0 } else { at + 1 };
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Cells;
    use crate::rule::RuleFiles;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static WORDS: LazyLock<Words> = LazyLock::new(|| Words::load(&RuleFiles::embedded()).unwrap());

    type Short<'a> = (&'a str, Option<f64>, &'a str, Option<i64>);

    fn short(channels: &[Channel]) -> Vec<Short<'_>> {
        channels.iter().map(|c| (c.channel.as_str(), c.duration_value, c.duration_unit.as_str(), c.fee_vnd)).collect()
    }

    #[test]
    fn reads_the_table_whose_cells_ran_together() {
        const H: &str = "Hình thức nộpThời gianPhí, lệ phíMô tả";
        let working = "working_day";
        let cases: &[(&str, &[Short])] = &[
            (
                "Trực tuyến4 Ngày làm việcMiễn phíDịch vụ bưu chính6 NgàyMiễn phí",
                &[("online", Some(4.0), working, Some(0)), ("postal", Some(6.0), "day", Some(0))],
            ),
            (
                "Trực tiếp3 Ngày làm việc60,000 Việt Nam Đồng(/hồ sơ)Nộp hồ sơ Trực tiếp tại quầy hoặc Trực tuyến.\nTrực tuyến3 Ngày làm việc30,000 Việt Nam Đồng(/hồ sơ)",
                &[("direct", Some(3.0), working, Some(60_000)), ("online", Some(3.0), working, Some(30_000))],
            ),
            (
                "Trực tuyến7Miễn phíTrực tiếpKhông có thông tinKhông có thông tinKhông quy định",
                &[("online", Some(7.0), "", Some(0)), ("direct", None, "", None)],
            ),
            ("Trực tuyến140,000 VNĐ(- Xe khách)", &[("online", Some(1.0), "", Some(40_000))]),
            ("Trực tuyến1250 VNĐ", &[("online", None, "", None)]),
            (
                "Trực tiếp2 GiờMiễn phí(Lệ phí theo Thông tư của Bộ Tài chính)(1) Cách thức: nộp tại quầy",
                &[("direct", Some(2.0), "hour", None)],
            ),
            ("Trực tiếp5 Ngày100,000 VNĐ(lần đầu)50,000 VNĐ(cấp lại)", &[("direct", Some(5.0), "day", None)]),
            ("", &[]),
            ("Không có thông tin", &[]),
        ];
        for (text, expected) in cases {
            let mut problems = Vec::new();
            assert_eq!(
                short(&from_text(&format!("{H}{text}"), &WORDS, &Source::default(), &mut problems)),
                *expected,
                "{text}"
            );
        }
    }

    #[test]
    fn reads_rows_and_free_text() {
        let row = |cells: &[(Field, &str)]| RawRow {
            row: 1,
            id: None,
            cells: cells.iter().map(|(f, t)| (*f, (*t).to_owned())).collect::<Cells>(),
        };
        let rows = [
            row(&[
                (Field::ChannelName, "POSTAL"),
                (Field::Duration, "3"),
                (Field::DurationUnit, "WORKING_DAY"),
                (Field::Fee, "0"),
                (Field::ChannelText, "Phí thẩm định: 500.000 đồng"),
            ]),
            row(&[(Field::ChannelName, "Trực tiếp"), (Field::Duration, "10-25"), (Field::Fee, "Phí : 0 Đồng")]),
            row(&[(Field::ChannelName, "Điện thoại")]),
        ];
        let mut problems = Vec::new();
        let channels = from_rows(&rows, &WORDS, &Source::default(), &mut problems);
        assert_eq!(
            short(&channels),
            [("postal", Some(3.0), "working_day", None), ("direct", None, "", Some(0)), ("", None, "", None)]
        );
        let names: Vec<&str> = problems.iter().map(|p| p.problem.as_str()).collect();
        assert_eq!(names, ["fee-hidden", "duration-unread", "channel-unknown"]);
        let channels = from_text(
            "Nộp trực tiếp; thời hạn 20 ngày kể từ ngày nhận hồ sơ",
            &WORDS,
            &Source::default(),
            &mut problems,
        );
        assert_eq!(short(&channels), [("direct", Some(20.0), "day", None)]);
    }

    proptest! {
        #[test]
        fn never_panics_and_loses_nothing(parts in proptest::collection::vec("(Trực tuyến|Trực tiếp|[0-9]{1,3}|,000| Ngày|Miễn phí|Không có thông tin| VNĐ|[()]|mô tả|\n| )", 0..24)) {
            let text = parts.concat();
            let mut problems = Vec::new();
            let channels = from_text(&text, &WORDS, &Source::default(), &mut problems);
            let cleaned = clean(&text);
            let mut rest = cleaned.as_str();
            for channel in &channels {
                let at = rest.find(&channel.text);
                prop_assert!(at.is_some_and(|at| rest[..at].trim().is_empty()), "{:?} in {:?}", channel.text, cleaned);
                rest = &rest[at.unwrap_or(0) + channel.text.len()..];
            }
            prop_assert!(rest.trim().is_empty() || null::value(Field::Channels, rest, &WORDS.empty).is_empty());
        }
    }
}
