use super::*;
use crate::burden::Readings;
use crate::catalog::{Channel, Request, Step};
use crate::propose::Opinion;
use crate::rule::{Bilingual, Competence, CostBook, Readiness, RuleFiles};
use crate::volumes::Volumes;
use proptest::prelude::*;
use std::sync::LazyLock;

fn procedure(at: usize, requests: &[(u32, &str, u32)], steps: usize) -> Procedure {
    let id = format!("1.00000{at}");
    Procedure {
        id: id.clone(),
        code: id.clone(),
        name: format!("Thủ tục {at}"),
        requests: requests
            .iter()
            .enumerate()
            .map(|(n, (case, text, copies))| Request {
                id: format!("{id}/{case}/{}", n + 1),
                case_index: *case,
                position: u32::try_from(n).unwrap() + 1,
                text: (*text).to_owned(),
                originals: Some(0),
                copies: Some(*copies),
                ..Request::default()
            })
            .collect(),
        steps: (1..=steps).map(|n| Step { id: format!("{id}/s{n}"), ..Step::default() }).collect(),
        channels: vec![Channel { channel: "direct".to_owned(), fee_vnd: Some(50_000), ..Channel::default() }],
        ..Procedure::default()
    }
}

fn proposal(id: &str, at: usize, effect: Effect, rank: u32, items: &[(&str, &[&str])]) -> Proposal {
    Proposal {
        id: id.to_owned(),
        action: String::new(),
        title: Bilingual::default(),
        effect,
        rank,
        certainty: Certainty::Safe,
        procedure: at,
        code: String::new(),
        agency: String::new(),
        items: items.iter().map(|i| i.0.to_owned()).collect(),
        text: String::new(),
        keepers: items.iter().map(|i| i.1.iter().map(ToString::to_string).collect()).collect(),
        findings: Vec::new(),
        sources: Vec::new(),
        kinds: Vec::new(),
        grounds: Vec::new(),
        readiness: Readiness::NotApplicable,
        coverage: Some(80),
        competence: Competence::City,
        amendments: Vec::new(),
        content: Bilingual::default(),
        reason: Bilingual::default(),
        execution: Bilingual::default(),
    }
}

fn decided(decision: Decision) -> Outcome {
    Outcome { opinion: Some(Opinion { decision: Some(decision), ..Opinion::default() }) }
}

fn counted(catalog: &Catalog, proposals: Vec<Proposal>, outcomes: &[(&str, Decision)]) -> Counted {
    static BOOK: LazyLock<CostBook> = LazyLock::new(|| CostBook::load(&RuleFiles::embedded()).unwrap());
    let mut volumes = Volumes::default();
    catalog.procedures.iter().for_each(|p| volumes.add(&p.code, 2026, (None, None), 100));
    let prices = Prices { book: &BOOK, readings: Readings::default(), volumes: Some(&volumes) };
    let outcomes = outcomes.iter().map(|(id, d)| ((*id).to_owned(), decided(*d))).collect();
    count(catalog, proposals, &outcomes, &prices)
}

fn saved(counted: &Counted, id: &str) -> (u64, u64, bool, String) {
    let d = counted.drafted.iter().find(|d| d.proposal.id == id).unwrap();
    (d.saved.procedures, d.saved.requests, d.is_counted, d.covered_by.clone())
}

#[test]
fn what_one_proposal_took_no_other_takes_again() {
    let catalog = Catalog {
        procedures: vec![
            procedure(1, &[(1, "Căn cước", 1), (1, "Căn cước (bản sao)", 2), (1, "Đơn", 1)], 2),
            procedure(2, &[(1, "Đơn", 1)], 0),
        ],
    };
    let (a, b) = ("1.000001/1/1", "1.000001/1/2");
    let duplicate = proposal("dup", 0, Effect::RemoveRequest, 30, &[(b, &[a])]);
    let other_way = proposal("dup2", 0, Effect::RemoveRequest, 30, &[(a, &[b])]);
    let replace = proposal("rep", 0, Effect::ReplaceRequest, 40, &[(a, &[]), (b, &[])]);
    let abolish = proposal("abolish", 0, Effect::RemoveProcedure, 10, &[("1.000001", &[])]);
    let merge = proposal("merge", 0, Effect::MergeProcedure, 20, &[("1.000001", &["1.000002"])]);
    let merged_back = proposal("merge2", 1, Effect::MergeProcedure, 20, &[("1.000002", &["1.000001"])]);
    let all = vec![duplicate, other_way, replace, abolish, merge, merged_back];

    let none_rejected = counted(&catalog, all.clone(), &[]);
    assert_eq!(saved(&none_rejected, "abolish"), (1, 3, true, String::new()));
    for id in ["dup", "dup2", "rep", "merge"] {
        assert_eq!(saved(&none_rejected, id), (0, 0, false, "abolish".to_owned()), "{id}");
    }
    assert_eq!(saved(&none_rejected, "merge2"), (0, 0, false, "abolish".to_owned()), "nothing left to merge into");

    let rejected = counted(&catalog, all, &[("abolish", Decision::Reject)]);
    assert_eq!(saved(&rejected, "abolish"), (0, 0, false, String::new()));
    assert_eq!(saved(&rejected, "dup"), (0, 1, true, String::new()));
    assert_eq!(saved(&rejected, "dup2"), (0, 0, false, "dup".to_owned()), "one copy stays");
    assert_eq!(saved(&rejected, "rep"), (0, 1, true, String::new()), "only the copy that stays");
    assert_eq!(saved(&rejected, "merge"), (1, 0, true, String::new()), "a merger cuts no paper");
    assert_eq!(saved(&rejected, "merge2"), (0, 0, false, "merge".to_owned()), "not each into the other");
}

#[test]
fn accepted_proposals_are_counted_first_and_unsure_ones_last() {
    let catalog = Catalog { procedures: vec![procedure(1, &[(1, "Căn cước", 1)], 0)] };
    let item = "1.000001/1/1";
    let mut first = proposal("a", 0, Effect::RemoveRequest, 30, &[(item, &[])]);
    let second = proposal("b", 0, Effect::ReplaceRequest, 40, &[(item, &[])]);
    let of = |outcomes: &[(&str, Decision)], first: &Proposal| {
        let counted = counted(&catalog, vec![first.clone(), second.clone()], outcomes);
        counted.drafted.iter().find(|d| d.is_counted).unwrap().proposal.id.clone()
    };
    assert_eq!(of(&[], &first), "a");
    assert_eq!(of(&[("b", Decision::Accept)], &first), "b");
    assert_eq!(of(&[("b", Decision::Discuss)], &first), "a", "a decision to discuss decides nothing");
    first.certainty = Certainty::Review;
    assert_eq!(of(&[], &first), "b");
}

#[test]
fn a_missing_share_or_volume_is_missing_and_not_zero() {
    let catalog = Catalog { procedures: vec![procedure(1, &[(1, "Căn cước", 1), (1, "Đơn", 1)], 0)] };
    let mut replace = proposal("a", 0, Effect::ReplaceRequest, 40, &[("1.000001/1/1", &[])]);
    let known = counted(&catalog, vec![replace.clone()], &[]);
    let run = known.drafted[0].saved.run.unwrap();
    let year = known.drafted[0].saved.year.unwrap();
    assert!(run.vnd > 0);
    assert!((year.vnd - run.vnd * 100).abs() <= 100, "a year is a hundred runs, rounded once");
    replace.coverage = None;
    let unknown = counted(&catalog, vec![replace.clone()], &[]);
    assert_eq!((unknown.drafted[0].saved.run, unknown.drafted[0].saved.year), (None, None));
    assert_eq!(unknown.drafted[0].saved.requests, 1, "the request is counted all the same");
    let twice = Catalog { procedures: vec![catalog.procedures[0].clone(), catalog.procedures[0].clone()] };
    let shared = counted(&twice, vec![replace], &[]);
    assert_eq!(shared.baseline.unpriced, 2, "dossiers of a code that two procedures share belong to neither");
}

/// A small catalogue and proposals about it, of every effect and about the same things.
fn any_case() -> impl Strategy<Value = (Catalog, Vec<Proposal>, Vec<(usize, u8)>)> {
    const TEXTS: [&str; 5] = [
        "Bản sao có chứng thực giấy khai sinh",
        "Bản sao căn cước công dân",
        "Tờ khai theo mẫu",
        "Phiếu lý lịch tư pháp",
        "Hợp đồng thuê nhà",
    ];
    let rows = prop::collection::vec((1u32..3, 0usize..TEXTS.len(), 0u32..4), 1..6);
    let procedures = prop::collection::vec((rows, 0usize..4), 1..4);
    let wish = (0usize..3, 0usize..10, 0usize..6, prop::option::of(0u8..=100), any::<bool>(), 0usize..6);
    (procedures, prop::collection::vec(wish, 0..25), prop::collection::vec((0usize..25, 0u8..3), 0..8)).prop_map(
        |(procedures, wishes, decisions)| {
            let catalog = Catalog {
                procedures: procedures
                    .into_iter()
                    .enumerate()
                    .map(|(at, (rows, steps))| {
                        let rows: Vec<(u32, &str, u32)> = rows.into_iter().map(|(c, t, n)| (c, TEXTS[t], n)).collect();
                        procedure(at, &rows, steps)
                    })
                    .collect(),
            };
            let proposals = wishes
                .into_iter()
                .enumerate()
                .filter_map(|(n, (at, effect, item, coverage, is_safe, keeper))| {
                    let at = at % catalog.procedures.len();
                    let p = &catalog.procedures[at];
                    let effect = EFFECTS[effect];
                    let pick = |n: usize| match effect {
                        Effect::RemoveStep => p.steps.get(n % p.steps.len().max(1)).map(|s| s.id.clone()),
                        Effect::RemoveProcedure | Effect::MergeProcedure | Effect::Online => Some(p.id.clone()),
                        _ => Some(p.requests[n % p.requests.len()].id.clone()),
                    };
                    let (item, keeper) = (pick(item)?, pick(keeper)?);
                    let keepers: Vec<&str> = if keeper == item { Vec::new() } else { vec![&keeper] };
                    let mut made =
                        proposal(&format!("P{n:02}"), at, effect, u32::try_from(n % 5).ok()?, &[(&item, &keepers)]);
                    made.coverage = coverage;
                    made.certainty = if is_safe { Certainty::Safe } else { Certainty::Review };
                    Some(made)
                })
                .collect();
            (catalog, proposals, decisions)
        },
    )
}

const EFFECTS: [Effect; 10] = [
    Effect::RemoveProcedure,
    Effect::MergeProcedure,
    Effect::RemoveRequest,
    Effect::ReplaceRequest,
    Effect::Partial,
    Effect::Uncertify,
    Effect::OneCopy,
    Effect::RemoveStep,
    Effect::Online,
    Effect::None,
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Savings add up to the whole before less the whole after, and never exceed the whole before, in every measure.
    #[test]
    fn savings_add_up_and_never_exceed_the_baseline((catalog, proposals, decisions) in any_case()) {
        let ids: Vec<String> = proposals.iter().map(|p| p.id.clone()).collect();
        let words = [Decision::Accept, Decision::Reject, Decision::Discuss];
        let outcomes: Vec<(&str, Decision)> = decisions
            .iter()
            .filter_map(|(at, word)| Some((ids.get(*at)?.as_str(), words[usize::from(*word)])))
            .collect();
        let counted = counted(&catalog, proposals, &outcomes);
        prop_assert_eq!(counted.drafted.len(), ids.len());
        let mut sum = Totals::default();
        counted.drafted.iter().for_each(|d| sum.add(&d.saved));
        let (sum, base) = (sum.amounts, counted.baseline.amounts);
        prop_assert!(sum.procedures <= base.procedures && sum.requests <= base.requests);
        prop_assert!(sum.copies <= base.copies && sum.steps <= base.steps);
        let year = base.year.unwrap();
        let year_saved = sum.year.unwrap_or_default();
        prop_assert!(year_saved.vnd <= year.vnd && year_saved.minutes <= year.minutes);
        for d in &counted.drafted {
            prop_assert!(d.saved.year.is_none_or(|p| p.vnd >= 0 && p.minutes >= 0), "{:?}", d);
            prop_assert!(d.is_counted || d.saved == Amounts::default());
        }
        // what is left of each procedure after its last proposal, put together, is the whole after
        let mut left = counted.procedures.clone();
        let mut order: Vec<&Drafted> = counted.drafted.iter().filter(|d| d.is_counted).collect();
        order.sort_by(|a, b| super::order(&a.proposal, &a.outcome).cmp(&super::order(&b.proposal, &b.outcome)));
        for d in order {
            prop_assert_eq!(d.before.requests, left[d.proposal.procedure].requests, "each begins where the last ended");
            left[d.proposal.procedure] = d.after;
        }
        let total = |get: fn(&Amounts) -> u64| left.iter().map(get).sum::<u64>();
        prop_assert_eq!(base.procedures - sum.procedures, total(|a| a.procedures));
        prop_assert_eq!(base.requests - sum.requests, total(|a| a.requests));
        prop_assert_eq!(base.copies - sum.copies, total(|a| a.copies));
        prop_assert_eq!(base.steps - sum.steps, total(|a| a.steps));
        if let Some(after) = left.iter().map(|a| a.year.map(|p| p.vnd)).sum::<Option<i64>>() {
            prop_assert_eq!(year.vnd - year_saved.vnd, after);
        }
    }
}
