//! What a group of papers is called: a whole wording, without the scars of what was taken off its inside.

/// The part of a folded text from the first word of a name to its last, with all that stands between. The name tidied where the
/// text does not hold its ends.
pub(super) fn whole(core: &str, text: &str) -> String {
    let (name, words) = (words(core), words(text));
    let text_of = |(start, end): (usize, usize)| &text[start..end];
    let name: Vec<&str> = name.iter().map(|&(start, end)| &core[start..end]).collect();
    let stands = |at: usize, part: &[&str]| {
        let there = words.get(at..at + part.len());
        there.is_some_and(|there| there.iter().zip(part).all(|(word, part)| text_of(*word) == *part))
    };
    // Three words in a row are hardly those of something that was taken off; a shorter name stands as a whole.
    let reach = name.len().min(3);
    let (head, tail) = (&name[..reach], &name[name.len() - reach..]);
    let start = (0..words.len()).find(|&at| stands(at, head));
    let end = (0..words.len()).rev().find(|&at| stands(at, tail)).map(|at| at + reach - 1);
    match (start, end) {
        (Some(start), Some(end)) if start <= end && reach > 0 => tidy(&text[words[start].0..words[end].1]),
        _ => tidy(core),
    }
}

/// A name without brackets that stand alone, marks that follow another and marks at its ends.
pub(super) fn tidy(name: &str) -> String {
    let mut open = Vec::new();
    let mut alone = Vec::new();
    for (at, c) in name.char_indices() {
        match c {
            '(' => open.push(at),
            ')' if open.pop().is_none() => alone.push(at),
            _ => {}
        }
    }
    alone.extend(open);
    let mut tidy = String::new();
    for (at, c) in name.char_indices().filter(|(at, _)| !alone.contains(at)) {
        let is_mark = matches!(c, ',' | ';' | ':' | '.') && !is_inside_word(name, at);
        if is_mark || c == ')' {
            tidy.truncate(tidy.trim_end().len());
        }
        let follows_mark = tidy.is_empty() || tidy.ends_with([',', ';', ':', '.', '(']);
        let is_needless = (is_mark && follows_mark) || (c == ' ' && (tidy.is_empty() || tidy.ends_with([' ', '('])));
        if !is_needless {
            tidy.push(c);
        }
    }
    let is_edge = |c: char| !c.is_alphanumeric();
    let tidy = tidy.trim_start_matches(|c| is_edge(c) && c != '(' && c != '"');
    tidy.trim_end_matches(|c| is_edge(c) && c != ')' && c != '"').to_owned()
}

/// Whether a mark stands between two letters or digits, as in "1.000" or "5.2".
fn is_inside_word(text: &str, at: usize) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    is_word(text[..at].chars().next_back()) && is_word(text[at + 1..].chars().next())
}

/// Where the words of a text begin and end.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_whole_and_without_scars() {
        for (core, text, name) in [
            ("thẻ hội viên", "- bản sao thẻ hội viên (nếu có);", "thẻ hội viên"),
            (
                "bản khai chung , danh sách thuyền viên",
                "+ nộp: bản khai chung theo mẫu, danh sách thuyền viên theo mẫu.",
                "bản khai chung theo mẫu, danh sách thuyền viên",
            ),
            ("đơn đề nghị ; ) . và bản kê", "khác", "đơn đề nghị; và bản kê"),
            ("/ . danh sách (bản", "khác", "danh sách bản"),
            ("mức từ 1.000 trở lên", "khác", "mức từ 1.000 trở lên"),
        ] {
            assert_eq!(whole(core, text), name, "{core}");
        }
    }
}
