//! A note of a dossier speaks for the rows around it.
//!
//! "Where the data can be retrieved, the card need not be handed in" often stands in a row of its own, with no copies.
//! Such a row frees the other rows of its case from the kind it names; read each by itself, they would still demand it.

use super::{Assessment, Reason};
use crate::catalog::Procedure;
use crate::rule::{Readiness, Verdict};
use std::collections::HashMap;

/// Turns what a note of the same case makes unnecessary into [`Verdict::Already`]. `assessments` are those of the
/// rows of `procedure`. A note about the papers of one person frees only rows that name the same person or none.
pub(super) fn heed_notes(procedure: &Procedure, assessments: &mut [Assessment]) {
    if !procedure.requests.iter().any(|r| r.is_note) {
        return;
    }
    let rows: HashMap<&str, (u32, bool)> =
        procedure.requests.iter().map(|r| (r.id.as_str(), (r.case_index, r.is_note))).collect();
    let place = |a: &Assessment| rows.get(a.request_id.as_str()).copied().unwrap_or_default();
    let freeing: Vec<(u32, Assessment)> =
        assessments.iter().filter(|a| place(a).1 && frees(a)).map(|a| (place(a).0, a.clone())).collect();
    for a in assessments.iter_mut().filter(|a| a.verdict.is_positive()) {
        let case = place(a).0;
        let reaches = |note: &Assessment| {
            note.kind == a.kind
                && note.request_id != a.request_id
                && (note.whose.is_none() || a.whose.is_none() || note.whose == a.whose)
        };
        if freeing.iter().any(|(of, note)| *of == case && reaches(note)) {
            a.verdict = Verdict::Already;
            a.reason = Reason::ByNote;
            a.ground.clear();
            a.ground_code.clear();
            a.readiness = Readiness::NotApplicable;
            a.competence = None;
        }
    }
}

/// A reading that holds for all who apply; an exemption of some does not free the others.
fn frees(a: &Assessment) -> bool {
    a.verdict == Verdict::Already && matches!(a.reason, Reason::NotToSubmit | Reason::OnlyIfNoData | Reason::LookedUp)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails has done its work")]

    use crate::catalog::{Catalog, Procedure, Request};
    use crate::reading::{Context, Reason, read};
    use crate::rule::{Register, RuleBook, RuleFiles, Verdict};

    fn row(case: u32, position: u32, text: &str, is_note: bool) -> Request {
        let id = format!("p/{case}/{position}");
        Request { id, case_index: case, position, text: text.to_owned(), is_note, ..Request::default() }
    }

    /// Kind, verdict and reason of every row of one procedure.
    fn verdicts(rows: Vec<Request>) -> Vec<(String, Verdict, Reason)> {
        let book = RuleBook::load(&RuleFiles::embedded()).unwrap();
        let context = Context { as_of: "2026-11-24".parse().unwrap(), register: Register::default() };
        let procedures = vec![Procedure { id: "p".to_owned(), requests: rows, ..Procedure::default() }];
        let catalog = Catalog { procedures };
        read(&book, &catalog, &context).into_iter().map(|a| (a.kind, a.verdict, a.reason)).collect()
    }

    const NOTE: &str = "Lưu ý: chỉ nộp thẻ căn cước khi cơ quan giải quyết không khai thác được dữ liệu.";

    #[test]
    fn a_note_frees_the_rows_of_its_case_alone() {
        let found = verdicts(vec![
            row(1, 1, "Bản sao thẻ căn cước", false),
            row(1, 2, NOTE, true),
            row(1, 3, "Bản sao giấy khai sinh", false),
            row(2, 1, "Bản sao thẻ căn cước", false),
        ]);
        let kinds: Vec<_> = found.iter().map(|(k, v, r)| (k.as_str(), *v, *r)).collect();
        assert_eq!(
            kinds,
            [
                ("identity_card", Verdict::Already, Reason::ByNote),
                ("identity_card", Verdict::Already, Reason::OnlyIfNoData),
                ("birth", Verdict::Replace, Reason::Demanded),
                ("identity_card", Verdict::Replace, Reason::Demanded),
            ]
        );
    }

    #[test]
    fn a_row_that_is_handed_in_frees_no_other() {
        let found = verdicts(vec![row(1, 1, "Bản sao thẻ căn cước", false), row(1, 2, NOTE, false)]);
        assert_eq!(found[0].1, Verdict::Replace);
    }
}
