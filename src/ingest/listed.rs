//! Lists whose items carry labels on lines of their own, as exports of the portal print them under a heading:
//!
//! ```text
//! Thành phần hồ sơ:
//!   [ Trường hợp nộp trực tiếp ]
//!     - Đơn đề nghị
//!       Số lượng: Bản chính: 1, Bản sao: 0
//! ```
//!
//! A dossier's item ends with the lines that label it; a channel begins with the line that names it.

use super::heading::{Marker, without_marker};
use super::record::{Cells, RawRow, Section, add_cell};
use crate::rule::{ColumnNames, Field, Scope};

/// The rows of a section's text; none when its lines carry no labels that make it a list.
#[must_use]
pub fn rows(section: Section, text: &str, columns: &ColumnNames) -> Option<Vec<RawRow>> {
    if !is_list(section, text, columns) {
        return None;
    }
    let cells = match section {
        Section::Channels => channels(text, columns),
        _ => dossier(text, columns),
    };
    let number = |at: usize| u32::try_from(at + 1).unwrap_or(u32::MAX);
    Some(cells.into_iter().enumerate().map(|(at, cells)| RawRow { row: number(at), id: None, cells }).collect())
}

/// Whether a section's text, as far as it is read, is such a list.
#[must_use]
pub fn is_list(section: Section, text: &str, columns: &ColumnNames) -> bool {
    let telling = match section {
        Section::Channels => Field::ChannelName,
        Section::Dossier => Field::Quantity,
        _ => return false,
    };
    text.lines()
        .any(|line| label(section, line, columns).is_some_and(|(field, value)| field == telling && !value.is_empty()))
}

/// The column that a line names before its colon, and what it says.
fn label<'a>(section: Section, line: &'a str, columns: &ColumnNames) -> Option<(Field, &'a str)> {
    let scope = if section == Section::Channels { Scope::Channels } else { Scope::Dossier };
    let (marker, text) = without_marker(line.trim());
    let (name, value) = text.split_once(':')?;
    let field = columns.lookup(scope, name)?;
    let is_label = match field {
        Field::Quantity | Field::FormFile | Field::Note => marker == Marker::None,
        _ => section == Section::Channels && field != Field::Ignore,
    };
    is_label.then(|| (field, value.trim()))
}

/// A row for each name of a channel; what stands before the first is a row of its own.
fn channels(text: &str, columns: &ColumnNames) -> Vec<Cells> {
    let mut rows = vec![Cells::new()];
    let mut last = Field::ChannelText;
    for line in text.lines() {
        let (field, value) = match label(Section::Channels, line, columns) {
            Some((field, value)) => (field, value),
            None => (last, line),
        };
        if field == Field::ChannelName && last != field {
            rows.push(Cells::new());
        }
        last = field;
        if let Some(row) = rows.last_mut() {
            add_cell(row, field, value);
        }
    }
    rows.retain(|row| !row.is_empty());
    rows
}

#[derive(Default)]
struct Items {
    rows: Vec<Cells>,
    /// Lines of the item that no label has ended yet.
    open: Vec<String>,
    /// Heading of the case, where one stands above the items.
    case: String,
    /// Whether the last line labelled an item, so that the next one without label begins another.
    ended: bool,
}

impl Items {
    fn begin(&mut self) {
        if self.ended {
            self.open.clear();
        }
        self.ended = false;
    }

    /// A line above an item that is none of its own heads the items below it.
    fn head(&mut self, line: &str) {
        self.begin();
        self.unlabelled();
        line.trim_matches(['[', ']', ' ']).clone_into(&mut self.case);
    }

    fn label(&mut self, field: Field, value: &str) {
        if !self.ended {
            self.unlabelled();
        }
        self.ended = true;
        if let Some(row) = self.rows.last_mut() {
            add_cell(row, field, value);
        }
    }

    /// Keeps the open lines as an item.
    fn unlabelled(&mut self) {
        let text = std::mem::take(&mut self.open).join("\n");
        if text.is_empty() {
            return;
        }
        let mut row = Cells::new();
        add_cell(&mut row, Field::Component, &text);
        add_cell(&mut row, Field::CaseTitle, &self.case);
        self.rows.push(row);
    }
}

fn dossier(text: &str, columns: &ColumnNames) -> Vec<Cells> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let bulleted = lines.iter().any(|line| bullet(line).is_some());
    let mut items = Items::default();
    for (at, line) in lines.iter().enumerate() {
        let first = items.ended || items.open.is_empty();
        let heads_items = |line: &str| {
            let before_bullet = lines.get(at + 1).is_some_and(|next| bullet(next).is_some());
            first && bulleted && bullet(line).is_none() && before_bullet
        };
        if let Some((field, value)) = label(Section::Dossier, line, columns) {
            items.label(field, value);
        } else if line.starts_with('[') && line.ends_with(']') || heads_items(line) {
            items.head(line);
        } else {
            items.begin();
            // the list's own bullet, behind which the item may have one of its own
            let own = if first { bullet(line).unwrap_or(line) } else { line };
            items.open.push(own.to_owned());
        }
    }
    if !items.ended {
        items.unlabelled();
    }
    items.rows
}

fn bullet(line: &str) -> Option<&str> {
    ["- ", "* ", "+ ", "• "].iter().find_map(|mark| line.strip_prefix(mark)).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleFiles;

    fn read(section: Section, text: &str) -> Vec<Vec<(Field, String)>> {
        let columns = ColumnNames::load(&RuleFiles::embedded()).unwrap();
        rows(section, text, &columns).unwrap_or_default().into_iter().map(|r| r.cells.into_iter().collect()).collect()
    }

    fn cells(cells: &[(Field, &str)]) -> Vec<(Field, String)> {
        let mut sorted: Vec<_> = cells.iter().map(|(f, t)| (*f, (*t).to_owned())).collect();
        sorted.sort();
        sorted
    }

    #[test]
    fn an_item_ends_with_its_labels() {
        let text = "[ Nộp trực tiếp: ]\n- - Đơn đề nghị,\nđã ký\nSố lượng: Bản chính: 1, Bản sao: 0\nMẫu đơn, tờ khai: mau.doc\n\
                    - Hộ chiếu\nSố lượng: Bản chính: 0, Bản sao: 1\nCấp lại\n- Ảnh\nSố lượng: 02 ảnh\n- Lời dặn";
        let (name, case, count) = (Field::Component, Field::CaseTitle, Field::Quantity);
        assert_eq!(
            read(Section::Dossier, text),
            [
                cells(&[
                    (name, "- Đơn đề nghị,\nđã ký"),
                    (case, "Nộp trực tiếp:"),
                    (count, "Bản chính: 1, Bản sao: 0"),
                    (Field::FormFile, "mau.doc")
                ]),
                cells(&[(name, "Hộ chiếu"), (case, "Nộp trực tiếp:"), (count, "Bản chính: 0, Bản sao: 1")]),
                cells(&[(name, "Ảnh"), (case, "Cấp lại"), (count, "02 ảnh")]),
                cells(&[(name, "Lời dặn"), (case, "Cấp lại")]),
            ]
        );
    }

    #[test]
    fn a_channel_begins_with_its_name() {
        let text = "Nộp theo một trong các cách:\n* Hình thức nộp: POSTAL\nThời hạn giải quyết: 5 ngày\nPhí, lệ phí: 0 VNĐ ()\n\
                    Mô tả: Gửi đến sở\nhoặc bưu cục\n* Hình thức nộp: DIRECT\nThời hạn giải quyết: 3 ngày";
        let (name, time, words) = (Field::ChannelName, Field::Duration, Field::ChannelText);
        assert_eq!(
            read(Section::Channels, text),
            [
                cells(&[(words, "Nộp theo một trong các cách:")]),
                cells(&[
                    (name, "POSTAL"),
                    (time, "5 ngày"),
                    (Field::Fee, "0 VNĐ ()"),
                    (words, "Gửi đến sở\nhoặc bưu cục")
                ]),
                cells(&[(name, "DIRECT"), (time, "3 ngày")]),
            ]
        );
    }

    #[test]
    fn other_texts_are_no_lists() {
        for text in ["- Đơn đề nghị\n- Hộ chiếu", "Tên giấy tờ\nSố lượng\nĐơn\nBản chính: 1", "Số lượng:"]
        {
            assert!(read(Section::Dossier, text).is_empty(), "{text}");
        }
        assert!(read(Section::Channels, "Trực tiếp 3 ngày, phí: 0").is_empty());
    }

    proptest::proptest! {
        #[test]
        fn loses_no_line(parts in proptest::collection::vec("(Số lượng: [0-9]|- Đơn|- - Ảnh|\\[ A \\]|Cấp lại|Mẫu đơn, tờ khai: m|xin|Ghi chú: n)", 1..14)) {
            let text = parts.join("\n");
            let columns = ColumnNames::load(&RuleFiles::embedded()).unwrap();
            let Some(rows) = rows(Section::Dossier, &format!("- Giấy\nSố lượng: 1\n{text}"), &columns) else { return Ok(()) };
            let kept: String = rows.iter().flat_map(|r| r.cells.values()).map(String::as_str).collect::<Vec<_>>().join("\n");
            for line in text.lines() {
                let words = line.rsplit(": ").next().unwrap_or(line).trim_matches(['-', ' ', '[', ']']);
                let heads = ["A", "Cấp lại"].contains(&words);
                proptest::prop_assert!(kept.contains(words) || heads, "{line:?} of {text:?} in {rows:?}");
            }
        }
    }
}
