use super::*;
use crate::catalog::{LegalBasis, Request};
use crate::problem::{Severity, Source};
use crate::reading;
use crate::rule::{RuleFiles, Words as RuleWords};

struct Fixture {
    catalog: Catalog,
    assessments: Vec<Assessment>,
    findings: Vec<Finding>,
    book: RuleBook,
    actions: ActionBook,
    words: RuleWords,
}

impl Fixture {
    fn new(texts: &[&str]) -> Fixture {
        let files = RuleFiles::embedded();
        let book = RuleBook::load(&files).unwrap();
        let requests = texts.iter().zip(1..).map(|(text, n)| Request {
            id: format!("1.000001/1/{n}"),
            case_index: 1,
            position: n,
            text: (*text).to_owned(),
            copies: Some(1),
            ..Request::default()
        });
        let base = |n: &str, title: &str| LegalBasis {
            document_no: n.to_owned(),
            title: title.to_owned(),
            ..LegalBasis::default()
        };
        let catalog = Catalog {
            procedures: vec![Procedure {
                id: "1.000001".to_owned(),
                code: "1.000001".to_owned(),
                name: "Cấp giấy phép thử".to_owned(),
                agency: "Sở Tư pháp; Ủy ban nhân dân cấp xã".to_owned(),
                requests: requests.collect(),
                legal_bases: vec![
                    base("23/2015/NĐ-CP", "Nghị định về chứng thực"),
                    base("61/2018/NĐ-CP", "Nghị định về cơ chế một cửa"),
                    base("226/2016/TT-BTC", "Thông tư quy định mức thu, chế độ thu, nộp phí"),
                ],
                ..Procedure::default()
            }],
        };
        let context = reading::Context { as_of: "2026-11-24".parse().unwrap(), register: Register::default() };
        let assessments = reading::read(&book, &catalog, &context);
        Fixture {
            catalog,
            assessments,
            findings: Vec::new(),
            book,
            actions: ActionBook::load(&files).unwrap(),
            words: RuleWords::load(&files).unwrap(),
        }
    }

    fn find(mut self, action: &str, item: u32, related: &[u32]) -> Fixture {
        let id = |n: &u32| format!("1.000001/1/{n}");
        self.findings.push(Finding {
            id: format!("F{}", self.findings.len()),
            rule: "TL-X".to_owned(),
            pattern: String::new(),
            severity: Severity::Note,
            certainty: Certainty::Safe,
            code: "1.000001".to_owned(),
            procedure_id: "1.000001".to_owned(),
            item: Item::Request,
            item_id: id(&item),
            related: related.iter().map(id).collect(),
            source: Source::default(),
            quote: String::new(),
            message: Bilingual { vi: "Vì {item} trùng.".to_owned(), en: "Because.".to_owned() },
            ground: String::new(),
            action: action.to_owned(),
            suppressed: None,
        });
        self
    }

    fn draft(&self) -> (Vec<Proposal>, usize) {
        let register = Register::default();
        let inputs = Inputs {
            catalog: &self.catalog,
            assessments: &self.assessments,
            findings: &self.findings,
            book: &self.book,
            actions: &self.actions,
            legal: &self.words.legal,
            register: &register,
            as_of: "2026-11-24".parse().unwrap(),
        };
        let (proposals, unanswered) = draft(&inputs);
        (proposals, unanswered.len())
    }
}

#[test]
fn the_same_words_in_two_cases_are_one_proposal() {
    let fixture = Fixture::new(&["Bản sao giấy khai sinh", "Bản sao  Giấy Khai sinh", "Đơn đề nghị"]);
    let (proposals, _) = fixture.find("replace", 1, &[]).find("replace", 2, &[]).draft();
    assert_eq!(proposals.len(), 1);
    assert_eq!(proposals[0].items, ["1.000001/1/1", "1.000001/1/2"]);
    assert_eq!(proposals[0].findings, ["F0", "F1"]);
    assert_eq!(proposals[0].sources, ["civil-status"]);
    assert_eq!(proposals[0].effect, Effect::ReplaceRequest);
    assert_eq!(proposals[0].agency, "Sở Tư pháp");
    assert_eq!(proposals[0].coverage, None, "nobody stated it");
}

#[test]
fn a_row_with_a_paper_to_keep_is_only_answered_in_part() {
    let fixture = Fixture::new(&[
        "Bản sao giấy khai sinh; hộ chiếu nước ngoài do cơ quan có thẩm quyền của nước ngoài cấp",
        "Bản sao giấy khai sinh hoặc giấy chứng sinh",
        "Hợp đồng thuê nhà",
    ]);
    let (proposals, _) = fixture.find("replace", 1, &[]).find("replace", 2, &[]).find("replace", 3, &[]).draft();
    assert!(proposals.iter().all(|p| p.effect == Effect::Partial), "{proposals:#?}");
}

#[test]
fn texts_name_what_changes_and_braces_of_values_stay() {
    let fixture = Fixture::new(&["Bản sao {ground} căn cước", "Bản sao căn cước"]);
    let (proposals, unanswered) = fixture.find("drop-duplicate", 1, &[2]).find("no-such-action", 2, &[]).draft();
    assert_eq!(unanswered, 1);
    let p = &proposals[0];
    assert!(p.content.vi.contains("“Bản sao {ground} căn cước”"), "{}", p.content.vi);
    assert!(p.reason.vi.contains("Vì {item} trùng. Đã có trong hồ sơ: “Bản sao căn cước”"), "{}", p.reason.vi);
    assert_eq!(p.keepers, [["1.000001/1/2"]]);
    assert_eq!(p.execution.vi, "Sửa đổi, bổ sung quy định về thành phần hồ sơ tại Nghị định số 23/2015/NĐ-CP.");
    assert_eq!(p.competence, Competence::Government);
}

#[test]
fn ids_do_not_depend_on_positions() {
    let of = |texts: &[&str], item: u32| Fixture::new(texts).find("replace", item, &[]).draft().0[0].id.clone();
    let here = of(&["Bản sao giấy khai sinh", "Đơn"], 1);
    assert_eq!(here, of(&["Đơn", "Tờ khai", "Bản sao giấy khai sinh"], 3));
    assert_ne!(here, of(&["Bản sao giấy chứng tử"], 1));
}
