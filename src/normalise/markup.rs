//! Residue of web pages in cells: tags and entities.

use regex::{Captures, Regex};
use std::borrow::Cow;
use std::sync::LazyLock;

/// Only tags that pages really carry; `<10 ngày>` and `<tên cơ quan>` are text.
static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let inline = "span|strong|em|b|i|u|a|font|sup|sub";
    let block = "p|br|div|li|ul|ol|tr|td|th|table|tbody|h[1-6]";
    Regex::new(&format!(
        r"(?i)<(?<close>/)?(?:(?<block>{block})|{inline})(?: [^<>]*)?/?>|&(?<entity>nbsp|amp|lt|gt|quot|apos|ndash|mdash|#[0-9]{{2,5}});"
    ))
    .ok()
});

/// Text without tags, entities as the characters they mean; tags of blocks become line breaks.
#[must_use]
pub fn without(text: &str) -> Cow<'_, str> {
    match TAG.as_ref() {
        Some(tag) if text.bytes().any(|b| matches!(b, b'<' | b'&')) => tag.replace_all(text, replacement),
        _ => Cow::Borrowed(text),
    }
}

fn replacement(found: &Captures) -> String {
    if let Some(entity) = found.name("entity") {
        return match entity.as_str().to_ascii_lowercase().as_str() {
            "nbsp" => " ".to_owned(),
            "amp" => "&".to_owned(),
            "lt" => "<".to_owned(),
            "gt" => ">".to_owned(),
            "quot" => "\"".to_owned(),
            "apos" => "'".to_owned(),
            "ndash" | "mdash" => "–".to_owned(),
            code => code[1..].parse().ok().and_then(char::from_u32).map(String::from).unwrap_or_default(),
        };
    }
    if found.name("block").is_some() { "\n".to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn removes_markup_and_keeps_text() {
        for (raw, expected) in [
            ("Nộp hồ sơ.</p> \nBước 2", "Nộp hồ sơ.\n \nBước 2"),
            ("A&nbsp;&amp; B<br/>C", "A & B\nC"),
            ("<b>Đơn</b> <span style=\"x\">mới</span>", "Đơn mới"),
            ("xe <10 chỗ> và <tên cơ quan>", "xe <10 chỗ> và <tên cơ quan>"),
            ("A&#39;B &khac; C", "A'B &khac; C"),
        ] {
            assert_eq!(without(raw), expected);
        }
    }
}
