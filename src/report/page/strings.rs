//! Every text of the page once; the tables of the page hold numbers of texts.

use std::collections::HashMap;

/// Texts in the order in which they were first met; number 0 is the empty text.
#[derive(Debug)]
pub struct Strings {
    list: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Strings {
    /// Only the empty text.
    pub fn new() -> Strings {
        Strings { list: vec![String::new()], numbers: HashMap::from([(String::new(), 0)]) }
    }

    /// The number of a text.
    pub fn number(&mut self, text: &str) -> usize {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.list.len();
        self.list.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        number
    }

    /// The numbers of a column.
    pub fn column(&mut self, texts: &[String]) -> Vec<usize> {
        texts.iter().map(|t| self.number(t)).collect()
    }

    /// The texts.
    pub fn into_list(self) -> Vec<String> {
        self.list
    }
}
