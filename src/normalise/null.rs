//! Cells that say they are empty.

use crate::rule::{EmptyWords, Field};

/// The trimmed text of a cell, or nothing where the text only says that there is nothing.
#[must_use]
pub fn value<'a>(field: Field, text: &'a str, words: &EmptyWords) -> &'a str {
    let text = text.trim();
    if words.contains(field, text) { "" } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::{RuleFiles, Words};

    #[test]
    fn empty_words_depend_on_the_field() {
        let words = Words::load(&RuleFiles::embedded()).unwrap().empty;
        for (field, text, expected) in [
            (Field::Conditions, " Không. ", ""),
            (Field::Conditions, "Không quá 60 tuổi", "Không quá 60 tuổi"),
            (Field::Conditions, "--", ""),
            (Field::IsInternal, "Không", "Không"),
            (Field::Authority, "KHÔNG CÓ THÔNG TIN", ""),
            (Field::Fee, "N/A", ""),
            (Field::Name, "Không", "Không"),
            (Field::Name, "...", ""),
        ] {
            assert_eq!(value(field, text, &words), expected, "{field:?} {text}");
        }
    }
}
