//! Hand-worked examples: every number can be followed with a pencil.

use super::*;
use crate::catalog::{Channel, Request, Step};
use crate::rule::{Confidence, RuleFiles, Verdict};
use proptest::prelude::*;
use std::path::Path;

/// A book of round numbers: 60,000 đồng an hour, so that a minute costs 1,000.
const COSTS: &str = r#"
[income]
use = 2025
hours_a_year = 2112
[[income.years]]
year = 2025
gdp_a_head_vnd = 126_720_000
confidence = "high"
source = "test"
[uncertainty]
high = 10
medium = 30
low = 50
[fallback]
percent = 10
confidence = "low"
source = "test"
[words]
certified = ["chứng thực"]
not_certified = ["không cần chứng thực"]
plain = ["bản sao"]
shown = ["xuất trình"]
form = ["tờ khai"]
inspection = ["kiểm tra thực tế"]
[[papers]]
kind = "form"
minutes = 20
confidence = "low"
source = "test"
[[papers]]
kind = "other"
minutes = 40
confidence = "low"
source = "test"
[[papers]]
kind = "birth"
minutes = 60
fee_vnd = 8_000
confidence = "medium"
source = "test"
[[papers]]
kind = "identity_card"
minutes = 5
confidence = "high"
source = "test"
[[copies]]
form = "certified"
minutes = 30
fee_vnd = 4_000
confidence = "medium"
source = "test"
[[copies]]
form = "plain"
minutes = 5
services_vnd = 1_000
confidence = "high"
source = "test"
[[activities]]
part = "submit"
channel = "direct"
minutes = 90
services_vnd = 10_000
confidence = "low"
source = "test"
[[activities]]
part = "submit"
channel = "online"
minutes = 30
confidence = "low"
source = "test"
[[activities]]
part = "submit"
channel = "postal"
minutes = 30
services_vnd = 30_000
confidence = "low"
source = "test"
[[activities]]
part = "pay"
minutes = 10
confidence = "high"
source = "test"
[[activities]]
part = "receive"
channel = "direct"
minutes = 60
confidence = "low"
source = "test"
[[activities]]
part = "receive"
minutes = 5
confidence = "high"
source = "test"
[[activities]]
part = "inspection"
minutes = 240
confidence = "low"
source = "test"
"#;

fn book() -> CostBook {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("costs")).unwrap();
    std::fs::write(folder.path().join("costs/all.toml"), COSTS).unwrap();
    CostBook::load(&RuleFiles::open(folder.path()).unwrap()).unwrap()
}

fn request(case: u32, position: u32, text: &str) -> Request {
    Request {
        id: format!("p/{case}/{position}"),
        case_index: case,
        position,
        text: text.to_owned(),
        ..Request::default()
    }
}

fn procedure(texts: &[(u32, &str)]) -> Procedure {
    let requests = texts.iter().zip(1..).map(|((case, text), position)| request(*case, position, text)).collect();
    Procedure { id: "p".to_owned(), code: "1.000001".to_owned(), requests, ..Procedure::default() }
}

fn channel(name: &str, fee: Option<i64>) -> Channel {
    Channel { channel: name.to_owned(), fee_vnd: fee, ..Channel::default() }
}

fn none() -> Readings {
    Readings::default()
}

/// Time, cost without fees and fees of a run: the figures without their ranges.
fn run(cost: &Cost) -> (i64, i64, i64) {
    (cost.per_run.minutes.best, cost.per_run.without_fees.best, cost.per_run.fees.best)
}

#[test]
fn example_1_an_hour_of_income() {
    // 126,720,000 đồng ÷ 2,112 hours = 60,000 đồng
    assert_eq!(book().income_an_hour, 60_000);
}

#[test]
fn example_2_one_form_handed_in_and_fetched() {
    // form 20 + hand in 90 + fetch 60 = 170 minutes × 1,000 + 10,000 travel = 180,000
    let cost = cost(&book(), &procedure(&[(1, "Tờ khai theo mẫu")]), &none(), None);
    assert_eq!(run(&cost), (170, 180_000, 0));
    // all of low confidence: ±50 % of time and travel
    assert_eq!(cost.per_run.without_fees, Span { low: 90_000, best: 180_000, high: 270_000 });
    assert_eq!((cost.dossiers, cost.per_year), (None, None));
}

#[test]
fn example_3_a_certified_copy_of_a_birth_certificate() {
    // form 20 + get 60 + certify 30 + 150 = 260 minutes: 260,000 + 10,000 travel; fees 8,000 + 4,000
    let procedure = procedure(&[(1, "Tờ khai"), (1, "Bản sao có chứng thực giấy khai sinh")]);
    let readings = Readings::from_rows([("p/1/2", "birth", Verdict::Replace)]);
    let cost = cost(&book(), &procedure, &readings, None);
    assert_eq!(run(&cost), (260, 270_000, 12_000));
    assert_eq!(cost.per_run.with_fees().best, 282_000);
}

#[test]
fn example_4_two_copies_and_a_paper_only_shown() {
    // get 60 + 2 plain copies 10 (2,000) + identity card shown 5 + 150 = 225 minutes: 225,000 + 2,000 + 10,000; fee 8,000
    let mut procedure = procedure(&[(1, "Bản sao giấy khai sinh"), (1, "Xuất trình thẻ căn cước")]);
    procedure.requests[0].copies = Some(2);
    let readings =
        Readings::from_rows([("p/1/1", "birth", Verdict::Replace), ("p/1/2", "identity_card", Verdict::Replace)]);
    assert_eq!(run(&cost(&book(), &procedure, &readings, None)), (225, 237_000, 8_000));
}

#[test]
fn example_5_fees_and_an_inspection() {
    // other paper 40 + 150 + pay 10 + inspection 240 = 440 minutes: 440,000 + 10,000; fee 500,000
    let mut procedure = procedure(&[(1, "Bản vẽ mặt bằng")]);
    procedure.channels = vec![channel("direct", Some(500_000)), channel("online", Some(250_000))];
    procedure.steps =
        vec![Step { text: "Cơ quan tiến hành kiểm tra thực tế.".to_owned(), ..Step::default() }];
    let cost = cost(&book(), &procedure, &none(), None);
    assert_eq!(run(&cost), (440, 450_000, 500_000));
    // the fee is a statement, not an estimate: no range
    assert_eq!(cost.per_run.fees, Span::exact(500_000));
    assert!(cost.is_fee_known);
    // not stated is not free
    procedure.channels = vec![channel("direct", None)];
    assert!(!super::cost(&book(), &procedure, &none(), None).is_fee_known);
}

#[test]
fn example_6_a_year_by_channel() {
    // 100 dossiers, 75 direct, 25 online; the form 20,000 × 100 = 2,000,000
    // hand in: 75 × (90,000 + 10,000) + 25 × 30,000 = 8,250,000; fetch: 75 × 60,000 + 25 × 5,000 = 4,625,000
    let volume = Yearly {
        year: 2025,
        total: 100,
        by_channel: BTreeMap::from([(Some(Submission::Direct), 75), (Some(Submission::Online), 25)]),
    };
    let cost = cost(&book(), &procedure(&[(1, "Tờ khai")]), &none(), Some(&volume));
    let year = cost.per_year.unwrap();
    assert_eq!(year.without_fees.best, 2_000_000 + 8_250_000 + 4_625_000);
    assert_eq!(year.minutes.best, 2_000 + 7_500 + 4_625);
    // an average run: 20,000 + 82,500 + 46,250
    assert_eq!(cost.per_run.without_fees.best, 148_750);
    // a year without dossiers costs nothing; that is a statement
    let zero = super::cost(&book(), &procedure(&[(1, "Tờ khai")]), &none(), Some(&Yearly::of_total(2025, 0)));
    assert_eq!(zero.per_year.unwrap().with_fees().best, 0);
}

#[test]
fn example_7_cases_are_alternatives() {
    // case 1: form 20; case 2: form 20 + other 40: the dearest stands for all: 60 + 150 = 210 minutes
    let procedure = procedure(&[(1, "Tờ khai"), (2, "Tờ khai"), (2, "Hợp đồng thuê")]);
    let mut book = book();
    let dearest = cost(&book, &procedure, &none(), None);
    assert_eq!((run(&dearest).0, dearest.cases), (210, vec![(2, Share::ALWAYS)]));
    // three of four take case 1: 20 × ¾ + 60 × ¼ = 30; + 150 = 180 minutes
    let own = "[[procedures]]\ncode = \"1.000001\"\ncase_weights = [3, 1]\n";
    book.override_with(Path::new("own.toml"), own).unwrap();
    assert_eq!(run(&cost(&book, &procedure, &none(), None)).0, 180);
}

#[test]
fn example_8_a_register_answers_four_times_in_five() {
    // birth certificate 60 minutes and 8,000 each; 1,000 dossiers; fall-back share 1 − 80 % = 1/5
    let procedure = procedure(&[(1, "Tờ khai"), (1, "Giấy khai sinh")]);
    let readings = Readings::from_rows([("p/1/2", "birth", Verdict::Replace)]);
    let removal =
        Removal { requests: BTreeMap::from([("p/1/2".to_owned(), Share::of(20, 100))]), ..Removal::default() };
    let compared = compare(&book(), &procedure, &readings, Some(&Yearly::of_total(2025, 1000)), &removal);
    let saved = compared.saved_per_year().unwrap();
    // 1,000 × 4/5 × 60,000 = 48,000,000 and × 8,000 = 6,400,000 of fees
    assert_eq!((saved.without_fees.best, saved.fees.best, saved.minutes.best), (48_000_000, 6_400_000, 48_000));
    // before: (20 + 60 + 150) × 1,000 + 10,000 = 240,000 + 8,000 of fees; saved a run: 54,400
    assert_eq!(compared.rate(), (54_400, 248_000));
    // medium confidence: 48 m × (1 ∓ 30 %)
    assert_eq!(saved.without_fees, Span { low: 33_600_000, best: 48_000_000, high: 62_400_000 });
}

#[test]
fn example_9_what_is_asked_only_where_data_fails_is_saved_already() {
    // 60 minutes × 10 % = 6; + 150 = 156 minutes; fee 8,000 × 10 % = 800
    let readings = Readings::from_rows([("p/1/1", "birth", Verdict::Already)]);
    let cost = cost(&book(), &procedure(&[(1, "Giấy khai sinh nếu không khai thác được")]), &readings, None);
    assert_eq!(run(&cost), (156, 166_000, 800));
}

#[test]
fn example_10_certification_copies_visits_and_moving_online() {
    let mut procedure = procedure(&[(1, "Bản sao chứng thực quyết định")]);
    procedure.requests[0].copies = Some(3);
    procedure.channels = vec![channel("direct", Some(100_000)), channel("online", Some(50_000))];
    let id = "p/1/1".to_owned();
    let saved = |removal: &Removal| {
        let saved = compare(&book(), &procedure, &none(), None, removal).saved_per_run();
        (saved.minutes.best, saved.without_fees.best, saved.fees.best)
    };
    // 3 × (30 − 5) = 75 minutes; 75,000 − 3 × 1,000 of copying; fees 3 × 4,000
    let plain = Removal { certifications: BTreeSet::from([id.clone()]), ..Removal::default() };
    assert_eq!(saved(&plain), (75, 72_000, 12_000));
    // two copies fewer: 60 minutes and 8,000 of fees
    let fewer = Removal { copies: BTreeMap::from([(id.clone(), 2)]), ..Removal::default() };
    assert_eq!(saved(&fewer), (60, 60_000, 8_000));
    // no visit to fetch the result
    let sent = Removal { visits: BTreeSet::from([(Part::Receive, None)]), ..Removal::default() };
    assert_eq!(saved(&sent), (60, 60_000, 0));
    // online: hand in 90 → 30 and no travel, fetch 60 → 5; the fee halves, which is a transfer and stands apart
    let online = Removal { moves_online: true, ..Removal::default() };
    assert_eq!(saved(&online), (115, 125_000, 50_000));
}

#[test]
fn example_11_an_officers_own_figures_win() {
    let mut book = book();
    let own = r#"
[[procedures]]
code = "1.000001"
[[procedures.activities]]
part = "prepare"
component = "1/1"
minutes = 600
services_vnd = 2_000_000
share = [1, 2]
confidence = "high"
source = "Khảo sát"
[[procedures.activities]]
part = "other"
minutes = 30
confidence = "high"
source = "Khảo sát"
"#;
    book.override_with(Path::new("own.toml"), own).unwrap();
    // (600,000 + 2,000,000) ÷ 2 + 30,000 + 150,000 + 10,000
    let cost = cost(&book, &procedure(&[(1, "Báo cáo đánh giá")]), &none(), None);
    assert_eq!(run(&cost), (300 + 30 + 150, 1_490_000, 0));
    let wrong = book.override_with(Path::new("own.toml"), &own.replace("component = \"1/1\"\n", "")).unwrap_err();
    assert!(wrong.to_string().contains("own.toml") && wrong.to_string().contains("component"), "{wrong}");
}

#[test]
fn example_12_notes_and_statutory_time_cost_nothing() {
    let mut procedure = procedure(&[(1, "Tờ khai"), (1, "Ghi chú")]);
    procedure.requests[1].is_note = true;
    procedure.channels =
        vec![Channel { duration_value: Some(15.0), duration_unit: "working_day".into(), ..channel("direct", Some(0)) }];
    let cost = cost(&book(), &procedure, &none(), None);
    assert_eq!((run(&cost), cost.is_fee_known), ((170, 180_000, 0), true));
    assert_eq!((cost.agency_time[0].value, cost.agency_time[0].unit.as_str()), (Some(15.0), "working_day"));
    // a dossier that the catalogue does not list is not free
    assert!(!super::cost(&book(), &Procedure::default(), &none(), None).is_dossier_known);
}

proptest! {
    #[test]
    fn savings_never_exceed_the_baseline_and_a_year_is_its_dossiers(
        rows in prop::collection::vec((1u32..4, 0usize..5, 0u32..4), 1..8),
        gone in prop::collection::vec((0usize..8, 0u64..5), 0..6),
        direct in 0u64..5000, online in 0u64..5000, fee in prop::option::of(0i64..1_000_000),
    ) {
        let texts = ["Tờ khai", "Bản sao giấy khai sinh", "Bản sao chứng thực bằng", "Xuất trình thẻ", "Hợp đồng"];
        let mut procedure = procedure(&rows.iter().map(|(case, text, _)| (*case, texts[*text])).collect::<Vec<_>>());
        procedure.requests.iter_mut().zip(&rows).for_each(|(r, row)| r.copies = Some(row.2));
        procedure.channels = vec![channel("direct", fee)];
        let book = book();
        let mut removal = Removal::default();
        for (at, share) in gone {
            if let Some(request) = procedure.requests.get(at) {
                removal.requests.insert(request.id.clone(), Share::of(share, 4.max(share)));
                removal.certifications.insert(request.id.clone());
            }
        }
        let volume = Yearly {
            year: 2025,
            total: direct + online,
            by_channel: BTreeMap::from([(Some(Submission::Direct), direct), (Some(Submission::Online), online)]),
        };
        let compared = compare(&book, &procedure, &none(), Some(&volume), &removal);
        let (before, saved) = (compared.before.per_year.unwrap(), compared.saved_per_year().unwrap());
        for (saved, before) in [(saved.minutes, before.minutes), (saved.without_fees, before.without_fees), (saved.fees, before.fees)] {
            prop_assert!(0 <= saved.best && saved.best <= before.best);
            prop_assert!(before.low <= before.best && before.best <= before.high);
        }
        // the sheet adds up to the year and to the run
        let rows: Amount = compared.before.activities.iter().map(|a| a.per_year(&book, volume.total)).sum();
        prop_assert_eq!(rows, before);
        // a year is its dossiers times a run, but for the rounding of each row to the đồng
        let run = compared.before.per_run.with_fees().best * i64::try_from(volume.total).unwrap();
        let slack = i64::try_from(volume.total).unwrap() * i64::try_from(compared.before.activities.len()).unwrap();
        prop_assert!(volume.total == 0 || (run - before.with_fees().best).abs() <= slack);
        prop_assert_eq!(compared.before.cases, compared.after.cases);
    }
}

#[test]
fn confidence_widens_the_range() {
    let book = book();
    for (confidence, low, high) in
        [(Confidence::High, 90, 110), (Confidence::Medium, 70, 130), (Confidence::Low, 50, 150)]
    {
        assert_eq!(Span::of(100, confidence, &book), Span { low, best: 100, high });
    }
}
