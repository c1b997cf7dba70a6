//! Who may decide, and which documents have to be amended, as far as the catalogue names them.

use crate::catalog::{Level, Procedure};
use crate::normalise::find_numbers;
use crate::rule::{Competence, CompetenceBy, DocumentWords, LegalWords};
use crate::text::fold_with_offsets;

/// A document to amend.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amendment {
    /// Who may amend it.
    pub competence: Competence,
    /// Number and symbol.
    pub document_no: String,
    /// As it is cited, with the provision where the row quotes one: `khoản 2 Điều 5 Nghị định số 23/2015/NĐ-CP`.
    pub cited: String,
    /// The provision quoted; empty when none is.
    pub provision: String,
}

/// The documents of a procedure that its dossier or steps may rest on, and provisions that the words quote, sorted by who may amend
/// them. Documents that are themselves grounds for using data are no documents to amend.
#[must_use]
pub fn amendments(
    procedure: &Procedure,
    quoted: &str,
    grounds: &[&str],
    words: &DocumentWords,
    legal: &LegalWords,
) -> Vec<Amendment> {
    let provisions = provisions(quoted, words, legal);
    let bases = procedure.legal_bases.iter().filter(|l| words.may_lay_down(&l.document_no, &l.title));
    let mut numbers: Vec<&str> = bases.map(|l| l.document_no.as_str()).collect();
    numbers.extend(provisions.iter().map(|(number, _)| number.as_str()));
    numbers.retain(|n| !n.is_empty() && !grounds.contains(n));
    numbers.sort_unstable();
    numbers.dedup();
    let mut found: Vec<Amendment> = numbers
        .into_iter()
        .map(|number| {
            let provision = provisions.iter().find(|(n, _)| n == number).map_or("", |(_, p)| p);
            let cited = format!("{provision} {}", words.cite(number)).trim().to_owned();
            let competence = words.issuer(number);
            Amendment { competence, document_no: number.to_owned(), cited, provision: provision.to_owned() }
        })
        .collect();
    found.sort();
    found
}

/// Provisions quoted right before the number of a document: number and provision as written.
fn provisions(text: &str, words: &DocumentWords, legal: &LegalWords) -> Vec<(String, String)> {
    find_numbers(text, legal)
        .into_iter()
        .filter_map(|found| Some((found.number, provision(&text[..found.start], words)?)))
        .collect()
}

/// The provision that ends a text: parts such as `điểm a`, `khoản 2`, `Điều 5`, then words that lead to a number.
fn provision(before: &str, words: &DocumentWords) -> Option<String> {
    let tokens: Vec<&str> = before.split_whitespace().collect();
    let folded: Vec<String> = tokens.iter().map(|t| fold_with_offsets(t).text).collect();
    let mut end = tokens.len();
    while let Some(len) = words.provision.before_number.iter().find_map(|w| ends_with(&folded[..end], w)) {
        end -= len;
    }
    let mut start = end;
    while let Some(word) = start.checked_sub(2).map(|at| folded[at].trim_matches(',')) {
        let is_name = folded[start - 1].trim_matches(',').chars().count() <= 3;
        if !is_name || !words.provision.parts.iter().any(|p| p == word) {
            break;
        }
        start -= 2;
    }
    (start < end).then(|| tokens[start..end].join(" ").trim_matches(',').to_owned())
}

/// How many tokens a phrase takes at the end.
fn ends_with(tokens: &[String], phrase: &str) -> Option<usize> {
    let parts: Vec<&str> = phrase.split(' ').collect();
    let tail = tokens.len().checked_sub(parts.len()).map(|at| &tokens[at..])?;
    tail.iter().zip(&parts).all(|(t, p)| t == p).then_some(parts.len())
}

/// Who may decide a proposal.
///
/// By the documents it is the lowest body above the city whose document is among the legal bases, because a circular is changed
/// before a decree; the city alone only where no central regulation below a law is named and one of the city's is.
#[must_use]
pub(super) fn competence(
    by: CompetenceBy,
    ground: Option<Competence>,
    procedure: &Procedure,
    amendments: &[Amendment],
) -> Competence {
    match (by, ground) {
        (CompetenceBy::Ground, Some(competence)) => competence,
        (CompetenceBy::Organisation, _) if is_city(procedure) => Competence::City,
        _ => by_documents(amendments),
    }
}

/// Whether bodies of the city carry the procedure out.
fn is_city(procedure: &Procedure) -> bool {
    procedure.levels.iter().any(|l| matches!(l, Level::Province | Level::District | Level::Commune))
}

fn by_documents(amendments: &[Amendment]) -> Competence {
    let has = |c: Competence| amendments.iter().any(|a| a.competence == c);
    let order = [Competence::Ministry, Competence::Government, Competence::City, Competence::NationalAssembly];
    order.into_iter().find(|c| has(*c)).unwrap_or(Competence::Ministry)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::LegalBasis;
    use crate::rule::{ActionBook, RuleFiles, Words};

    fn words() -> (DocumentWords, LegalWords) {
        let files = RuleFiles::embedded();
        (ActionBook::load(&files).unwrap().documents, Words::load(&files).unwrap().legal)
    }

    #[test]
    fn provisions_are_read_before_the_number_of_their_document() {
        let (words, legal) = words();
        for (text, expected) in [
            ("theo điểm a khoản 2 Điều 5 Nghị định số 23/2015/NĐ-CP", "điểm a khoản 2 Điều 5"),
            ("quy định tại khoản 2, Điều 5 của Nghị định số 23/2015/NĐ-CP của Chính phủ", "khoản 2, Điều 5"),
            ("theo mẫu tại Thông tư số 04/2020/TT-BTP", ""),
            ("Điều 12 Thông tư 04/2020/TT-BTP", "Điều 12"),
            ("điều kiện kinh doanh theo Nghị định số 23/2015/NĐ-CP", ""),
        ] {
            let found = provisions(text, &words, &legal);
            assert_eq!(found.first().map_or("", |(_, p)| p), expected, "{text}");
        }
    }

    #[test]
    fn who_may_decide_is_told_by_documents_and_level() {
        let (words, legal) = words();
        for (documents, levels, by, expected) in [
            (
                vec!["60/2014/QH13", "23/2015/NĐ-CP", "04/2020/TT-BTP"],
                vec![],
                CompetenceBy::Dossier,
                Competence::Ministry,
            ),
            (vec!["60/2014/QH13", "23/2015/NĐ-CP"], vec![], CompetenceBy::Dossier, Competence::Government),
            (vec!["60/2014/QH13"], vec![], CompetenceBy::Dossier, Competence::NationalAssembly),
            (vec!["60/2014/QH13", "09/2022/NQ-HĐND"], vec![], CompetenceBy::Dossier, Competence::City),
            (vec!["23/2015/NĐ-CP", "09/2022/NQ-HĐND"], vec![], CompetenceBy::Dossier, Competence::Government),
            (vec![], vec![], CompetenceBy::Dossier, Competence::Ministry),
            (vec!["23/2015/NĐ-CP"], vec![Level::Commune], CompetenceBy::Organisation, Competence::City),
            (vec!["23/2015/NĐ-CP"], vec![Level::Ministry], CompetenceBy::Organisation, Competence::Government),
        ] {
            let legal_bases = documents
                .iter()
                .map(|d| LegalBasis { document_no: (*d).to_owned(), ..LegalBasis::default() })
                .collect();
            let procedure = Procedure { levels, legal_bases, ..Procedure::default() };
            let found = amendments(&procedure, "", &["66.7/2025/NQ-CP"], &words, &legal);
            assert_eq!(found.len(), documents.len());
            assert_eq!(competence(by, None, &procedure, &found), expected, "{documents:?}");
        }
    }
}
