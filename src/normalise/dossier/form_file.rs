//! Names of form files, alone in a cell or glued to the end of a component's name.

/// Endings of files that portals offer as forms; a longer one stands before those it begins with.
const ENDINGS: [&str; 19] = [
    "docx", "doc", "xlsx", "xls", "pdf", "pptx", "ppt", "rtf", "odt", "ods", "zip", "rar", "jpeg", "jpg", "png",
    "tiff", "tif", "html", "htm",
];

/// How far before its ending a glued file name is looked for, in bytes.
const REACH: usize = 300;

/// True when the text is the name or the address of a file and nothing else.
#[must_use]
pub fn is_file(text: &str) -> bool {
    let text = text.trim();
    is_address(text) || text.rfind('.').is_some_and(|dot| dot > 0 && ending(text, dot) == Some(text.len()))
}

/// True for a web address.
#[must_use]
pub fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// The file names of a cell that holds nothing else: one a line, or several glued together.
/// An address that ends with an empty parameter leads to no file and is left out.
#[must_use]
pub fn list(cell: &str) -> Vec<String> {
    let lines = cell.split(['\n', ';']).map(str::trim).filter(|l| !l.is_empty() && !l.ends_with("?ma=") && *l != "--");
    lines.flat_map(|line| if is_address(line) { vec![line] } else { cut(line, 0) }).map(str::to_owned).collect()
}

/// Splits a component's cell into its name and the file names glued to its end.
///
/// A file name begins where two words are joined without a space, in this order of preference: after a stop or a closing
/// bracket (`…;Mẫu 1.doc`); where a small letter meets a capital, or capitals meet a word (`…mẫuTK 2.docx`, `BXDMẫu.docx`);
/// where a word meets a digit (`…mẫu1.5.docx`); where two syllables meet (`…địnhvăn bản.doc`). Of several places in one
/// word the first is taken. A number or comma joined to a word is the last resort (`số 02Mẫu 2.docx`). Where there is none, the name is left whole and the last word is given as the file.
#[must_use]
pub fn split(cell: &str) -> (&str, Vec<&str>) {
    let Some((from, dot)) = chain(cell) else { return (cell, Vec::new()) };
    let from = reach(cell, from, dot);
    let name = &cell[..dot];
    if !name.contains(char::is_whitespace) {
        return (cell, cut(cell, 0));
    }
    match start(name, from) {
        Some(at) if !cell[..at].trim().is_empty() => (cell[..at].trim_end(), cut(cell, at)),
        _ => {
            let word = name.split_whitespace().next_back().map_or(0, str::len);
            (cell, cut(cell, name.len() - word))
        }
    }
}

/// The part of the cell in which the first of the glued names lies: where it begins at the earliest, and the dot of its ending.
/// None when the cell does not end with a file name.
fn chain(cell: &str) -> Option<(usize, usize)> {
    let mut found: Option<(usize, usize, usize)> = None;
    let mut from = 0;
    for (dot, _) in cell.match_indices('.') {
        let Some(end) = ending(cell, dot) else { continue };
        let detached = cell[..dot].ends_with(|c: char| c.is_whitespace() || c == '(') || dot == 0;
        let followed = cell[end..]
            .starts_with(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ')' | '.' | '"' | '”' | '/'));
        if detached || followed {
            // A mention inside the sentence: names are looked for behind it.
            (found, from) = (None, end);
        } else {
            found = Some(found.map_or((from, dot, end), |(from, dot, _)| (from, dot, end)));
        }
    }
    found.filter(|(_, _, end)| *end == cell.len()).map(|(from, dot, _)| (from, dot))
}

/// Where the ending that starts at a dot ends.
fn ending(text: &str, dot: usize) -> Option<usize> {
    let rest = text.as_bytes().get(dot + 1..)?;
    let known = ENDINGS.iter().find(|e| rest.len() >= e.len() && rest[..e.len()].eq_ignore_ascii_case(e.as_bytes()))?;
    Some(dot + 1 + known.len())
}

/// File names glued together, cut after each ending.
fn cut(text: &str, mut from: usize) -> Vec<&str> {
    let mut names = Vec::new();
    for (dot, _) in text.match_indices('.') {
        if let Some(end) = ending(text, dot).filter(|_| dot > from) {
            names.push(text[from..end].trim());
            from = end;
        }
    }
    names.extend(Some(text[from..].trim()).filter(|rest| !rest.is_empty()));
    names
}

fn reach(cell: &str, from: usize, dot: usize) -> usize {
    let mut at = from.max(dot.saturating_sub(REACH));
    while !cell.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// Where the file name begins that ends with the name; looked for from `from` on.
fn start(name: &str, from: usize) -> Option<usize> {
    let letters: Vec<(usize, char)> = name[from..].char_indices().map(|(i, c)| (from + i, c)).collect();
    let stop = last_outside_brackets(&letters, is_stop_joint);
    let capital = last_word(name, &letters, is_sure_capital_joint);
    match (stop, capital) {
        // Several words between: the stop is a slip of the typist in the component's own name.
        (Some(stop), Some(capital)) if capital > stop && name[stop..capital].split_whitespace().count() > 3 => {
            Some(capital)
        }
        (Some(at), _) | (None, Some(at)) => Some(at),
        (None, None) => [is_capital_joint, is_number_joint, is_digit_joint, is_syllable_joint]
            .into_iter()
            .find_map(|joint| last_word(name, &letters, joint))
            // brackets that are never closed
            .or_else(|| last_word(name, &letters, is_stop_joint)),
    }
}

/// A rule that tells whether a file name can begin at the letter with this index.
type Joint = fn(&[(usize, char)], usize) -> bool;

/// The last joint outside brackets.
fn last_outside_brackets(letters: &[(usize, char)], is_joint: Joint) -> Option<usize> {
    let mut depth = 0i32;
    let mut found = None;
    for i in 1..letters.len() {
        match letters[i - 1].1 {
            '(' => depth += 1,
            ')' => depth = (depth - 1).max(0),
            _ => {}
        }
        if depth == 0 && is_joint(letters, i) {
            found = Some(letters[i].0);
        }
    }
    found
}

/// A stop or closing bracket that ends the component's name, with a letter or digit joined to it.
fn is_stop_joint(letters: &[(usize, char)], i: usize) -> bool {
    let next = letters[i].1;
    let before = &letters[..i];
    let at = |back: usize| before.len().checked_sub(back).map_or(' ', |i| before[i].1);
    if !next.is_alphanumeric() {
        return false;
    }
    match at(1) {
        ';' | ')' | '”' | '"' => true,
        '.' | ':' if at(2).is_ascii_digit() => {
            // "1.5" and "2.Mẫu" are parts of a file name, "…31/12/2025.Mẫu" is not
            let digits = before.iter().rev().skip(1).take_while(|l| l.1.is_ascii_digit()).count();
            !next.is_ascii_digit() && (digits > 2 || at(2 + digits) == '/')
        }
        // "QĐ.37", "TT.14"
        '.' | ':' => !next.is_ascii_digit() || at(2).is_lowercase() || at(2) == ')',
        _ => false,
    }
}

/// A number or a comma that ends the component's name, with a word joined to it: `số 02Mẫu`, `số 02.Mẫu`, `…),Mẫu`.
fn is_number_joint(letters: &[(usize, char)], i: usize) -> bool {
    let before = &letters[..i];
    let last = before.last().map_or(' ', |l| l.1);
    let number = before.strip_suffix(&before[i - usize::from(last == '.')..]).unwrap_or(before);
    let digits = number.iter().rev().take_while(|l| l.1.is_ascii_digit()).count();
    let follows = |n: usize| letters.get(i + n).is_some_and(|l| l.1.is_lowercase());
    match last {
        ',' => letters[i].1.is_alphabetic() && number.len() > 1 && !number[number.len() - 2].1.is_ascii_digit(),
        '.' => {
            digits > 0
                && letters[i].1.is_alphabetic()
                && number.len().checked_sub(digits + 1).is_some_and(|j| number[j].1.is_whitespace())
        }
        _ => digits > 0 && letters[i].1.is_uppercase() && follows(1),
    }
}

/// The first joint in the last word that has one.
fn last_word(
    name: &str,
    letters: &[(usize, char)],
    is_joint: impl Fn(&[(usize, char)], usize) -> bool,
) -> Option<usize> {
    let joints = (1..letters.len()).rev().filter(|i| is_joint(letters, *i)).map(|i| letters[i].0);
    let mut found: Option<usize> = None;
    for at in joints {
        match found {
            Some(later) if name[at..later].contains(char::is_whitespace) => break,
            _ => found = Some(at),
        }
    }
    found
}

/// A joint before which stands no word of a file name, which are written without diacritics (`CofA`, `DonDangky`).
fn is_sure_capital_joint(letters: &[(usize, char)], i: usize) -> bool {
    let word = letters[..i].iter().rev().map(|l| l.1).take_while(|c| c.is_alphabetic());
    is_capital_joint(letters, i) && (letters[i - 1].1.is_uppercase() || word.clone().any(|c| !c.is_ascii()))
}

fn is_capital_joint(letters: &[(usize, char)], i: usize) -> bool {
    let at = |j: usize| letters.get(j).map_or(' ', |l| l.1);
    let before = |back: usize| if i >= back { at(i - back) } else { ' ' };
    let (previous, c) = (before(1), at(i));
    let small_to_capital = previous.is_lowercase() && c.is_uppercase() && before(2).is_lowercase();
    let after_capitals = previous.is_uppercase() && before(2).is_uppercase();
    let small = |n: usize| (i + 1..=i + n).all(|j| at(j).is_lowercase());
    small_to_capital || after_capitals && (c.is_uppercase() && small(1) || c.is_lowercase() && small(2))
}

/// A word joined to a number; to a number alone only where the word shows by its diacritics that it is no file name.
fn is_digit_joint(letters: &[(usize, char)], i: usize) -> bool {
    let word = letters[..i].iter().rev().map(|l| l.1).take_while(|c| c.is_alphabetic());
    let mut after = letters[i..].iter().map(|l| l.1).skip_while(char::is_ascii_digit);
    let is_outline = after.next() == Some('.') && after.next().is_some_and(|c| c.is_ascii_digit() || c == ' ');
    letters[i].1.is_ascii_digit()
        && letters[i - 1].1.is_lowercase()
        && (word.clone().any(|c| !c.is_ascii())
            || is_outline && word.clone().count() > 2 && word.clone().all(char::is_lowercase))
}

/// Whether two syllables with diacritics meet at `i` inside one word, which no Vietnamese word has.
fn is_syllable_joint(letters: &[(usize, char)], i: usize) -> bool {
    const ONSETS: [&str; 27] = [
        "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu",
        "r", "s", "t", "th", "tr", "v", "x",
    ];
    const CODAS: [&str; 9] = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];
    let is_vowel = |c: char| c.is_alphabetic() && !"bcdđfghjklmnpqrstvwxz".contains(c);
    let left = letters[..i].iter().rev().map(|l| l.1).take_while(|c| c.is_lowercase());
    let right = letters[i..].iter().map(|l| l.1).take_while(|c| c.is_lowercase());
    let coda: String = left.clone().take_while(|c| !is_vowel(*c)).collect::<Vec<_>>().into_iter().rev().collect();
    let vowel = left.clone().find(|c| is_vowel(*c));
    let onset: String = right.clone().take_while(|c| !is_vowel(*c)).collect();
    let followed = right.clone().any(is_vowel);
    // The longest onset is taken, as in "đơn | nghị": no joint where the coda's last letter could begin it.
    let longer = coda.chars().next_back().map(|c| format!("{c}{onset}")).is_some_and(|o| ONSETS.contains(&o.as_str()));
    followed
        && vowel.is_some()
        && left.clone().any(|c| !c.is_ascii())
        && CODAS.contains(&coda.as_str())
        && ONSETS.contains(&onset.as_str())
        && !longer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_come_off_the_end() {
        for (cell, text, files) in [
            ("Đơn theo mẫu;Mẫu số 7.docx", "Đơn theo mẫu;", vec!["Mẫu số 7.docx"]),
            (
                "Tờ khai (nếu có).Phụ lục X- tt99.docxPhụ lục XI.DOC",
                "Tờ khai (nếu có).",
                vec!["Phụ lục X- tt99.docx", "Phụ lục XI.DOC"],
            ),
            ("Đơn đề nghị theo mẫuTK 2.000111 (xe).docx", "Đơn đề nghị theo mẫu", vec!["TK 2.000111 (xe).docx"]),
            (
                "Danh sách hành khách theo mẫuMauDanhsachkhach (1).docx",
                "Danh sách hành khách theo mẫu",
                vec!["MauDanhsachkhach (1).docx"],
            ),
            (
                "Đơn ban hành kèm theo Thông tư số 1/2025/TT-BXDMẫu số 3 (1).docx",
                "Đơn ban hành kèm theo Thông tư số 1/2025/TT-BXD",
                vec!["Mẫu số 3 (1).docx"],
            ),
            (
                "Tờ khai kèm Nghị định 5/2021/NĐ-CPphụ lục VI.docx",
                "Tờ khai kèm Nghị định 5/2021/NĐ-CP",
                vec!["phụ lục VI.docx"],
            ),
            ("Đơn theo quy định.1.004999.docx", "Đơn theo quy định.", vec!["1.004999.docx"]),
            ("Đơn của hãng hàng không1.000999.docx", "Đơn của hãng hàng không", vec!["1.000999.docx"]),
            ("Đơn nhận con nuôi.2.Donnhancon (1).doc", "Đơn nhận con nuôi.", vec!["2.Donnhancon (1).doc"]),
            ("Đơn ngày 31/12/2025.PL III.docx", "Đơn ngày 31/12/2025.", vec!["PL III.docx"]),
            ("Đơn (Mẫu số 2).PL2.TT06 (QĐ.11).doc", "Đơn (Mẫu số 2).", vec!["PL2.TT06 (QĐ.11).doc"]),
            ("Đơn đề nghị theo quy địnhvăn bản xin.doc", "Đơn đề nghị theo quy định", vec!["văn bản xin.doc"]),
            ("Nộp tệp .pdf hoặc .docx theo mẫu;Mau 1.xlsx", "Nộp tệp .pdf hoặc .docx theo mẫu;", vec!["Mau 1.xlsx"]),
            ("Bản vẽ định dạng .pdf", "Bản vẽ định dạng .pdf", vec![]),
            ("Đơn đề nghị", "Đơn đề nghị", vec![]),
            ("MauDon.docx", "MauDon.docx", vec!["MauDon.docx"]),
            ("Đơn theo Mẫu TP-02Mẫu TP-02.docx", "Đơn theo Mẫu TP-02", vec!["Mẫu TP-02.docx"]),
            ("Đơn theo Phụ lục số 03.Phụ lục 3.docx", "Đơn theo Phụ lục số 03.", vec!["Phụ lục 3.docx"]),
            ("Tờ khai (đã được sửa đổi),PL 01.docx", "Tờ khai (đã được sửa đổi),", vec!["PL 01.docx"]),
            (
                "Tờ khai (theo Thông tư 5/2025/TT-BXD.Phlc2TT.docx",
                "Tờ khai (theo Thông tư 5/2025/TT-BXD.",
                vec!["Phlc2TT.docx"],
            ),
            ("Giấy phép hàng không chung1.000999.docx", "Giấy phép hàng không chung", vec!["1.000999.docx"]),
            (
                "Tờ khai;24 Form for Issuance Export CofA X.pdf",
                "Tờ khai;",
                vec!["24 Form for Issuance Export CofA X.pdf"],
            ),
            (
                "Văn bản của Tổ chức trong và ngoài nước chungMau so 5.doc",
                "Văn bản của Tổ chức trong và ngoài nước chung",
                vec!["Mau so 5.doc"],
            ),
            // no joint to be seen: nothing is cut off
            ("Tờ khai mẫu 5.docx", "Tờ khai mẫu 5.docx", vec!["5.docx"]),
        ] {
            assert_eq!(split(cell), (text, files), "{cell}");
        }
    }

    #[test]
    fn cells_of_files() {
        assert_eq!(list("Mus01.docx\nMus 02.DOCX"), ["Mus01.docx", "Mus 02.DOCX"]);
        assert_eq!(list("https://a.vn/f.jsp?ma="), Vec::<String>::new());
        assert_eq!(list("https://a.vn/f.jsp?ma=7"), ["https://a.vn/f.jsp?ma=7"]);
        for (text, expected) in [
            ("16. MẪU 38.doc", true),
            ("https://a.vn/x", true),
            ("Đơn", false),
            ("Bản chính: 1", false),
            (".doc", false),
        ] {
            assert_eq!(is_file(text), expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn name_and_files_together_are_the_cell(s in "([A-Za-zđĐảẫợ0-9]{1,3}|[ .;:()/”,-]|\\.docx?|\\.PDF|mẫu|Mẫu số 1|địnhvăn|\\PC){0,14}(\\.docx|\\.xls|)") {
            let cell = s.trim();
            let (text, files) = split(cell);
            let bare = |s: &str| s.split_whitespace().collect::<String>();
            proptest::prop_assert!(cell.starts_with(text));
            if text.len() < cell.len() {
                proptest::prop_assert_eq!(bare(text) + &bare(&files.concat()), bare(cell));
            } else {
                proptest::prop_assert!(bare(cell).ends_with(&bare(&files.concat())));
            }
            proptest::prop_assert!(files.iter().all(|f| !f.is_empty()));
        }
    }
}
