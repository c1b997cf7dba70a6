//! Which procedure gives the paper that another asks for, and what a citizen has to walk before filing.

use super::copies::beginning;
use super::{About, Detector, Evidence, Finding};
use crate::catalog::{Procedure, Request};
use crate::rule::{DetectorRule, DetectorRules, Verdict};
use crate::table::Table;
use crate::text::fold;
use std::collections::{BTreeMap, BTreeSet};

/// How a request was recognised as a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// The code of the result stands in the row.
    Code,
    /// The row names the result.
    Name,
}

impl By {
    /// The word in the `matched_by` column.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            By::Code => "code",
            By::Name => "name",
        }
    }
}

/// A request that is the result of another procedure. Positions are those of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// The procedure that asks.
    pub procedure: usize,
    /// Its request.
    pub request: usize,
    /// The procedure that gives.
    pub supplier: usize,
    /// The result, as the supplier names it.
    pub result: String,
    /// How it was recognised.
    pub by: By,
    /// Whether both have the same agency, so that it asks for a paper it has itself issued; none where one tells no body.
    pub same_agency: Option<bool>,
    /// The supplier a citizen would go to; the others give the same paper (again, renewed, at another level).
    pub is_main: bool,
}

/// Requests and the procedures that give what they ask for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestGraph {
    /// Every edge, in the order of the catalogue; of one request the main supplier first.
    pub edges: Vec<Edge>,
    /// For each procedure the longest way of procedures to be walked before it, nearest first. Procedures that need each
    /// other's results in a circle count once each and end the way.
    pub chains: Vec<Vec<usize>>,
}

/// Results by the name of the paper: procedure and title as written.
type Results<'a> = BTreeMap<String, Vec<(usize, &'a str)>>;

impl RequestGraph {
    /// Finds the suppliers of every request by code of the result, else by its name.
    ///
    /// A name counts when the row begins with it, its copy form and numbering taken off, and goes on with nothing or with one
    /// of the words of list `after`. Names of list `general`, and those shorter than `syllables`, tell no paper.
    #[must_use]
    pub fn of(evidence: &Evidence, rule: &DetectorRule) -> Self {
        let procedures = &evidence.catalog.procedures;
        let names = results_by_name(evidence, rule);
        let mut codes: Results = BTreeMap::new();
        for (at, p) in procedures.iter().enumerate() {
            for r in p.results.iter().filter(|r| !r.code.is_empty()) {
                codes.entry(r.code.clone()).or_default().push((at, &r.title));
            }
        }
        let mut edges = Vec::new();
        for (at, procedure) in procedures.iter().enumerate() {
            for (place, request) in procedure.requests.iter().enumerate().filter(|(_, r)| !r.is_note) {
                let by_code = codes.get(&request.component_code).map(|found| (found, By::Code));
                let found = by_code.or_else(|| named(evidence, rule, &names, request).map(|found| (found, By::Name)));
                if let Some((found, by)) = found {
                    edges.extend(edges_of(evidence, rule, (at, place), found, by));
                }
            }
        }
        let chains = chains(procedures.len(), &edges);
        RequestGraph { edges, chains }
    }
}

fn results_by_name<'a>(evidence: &Evidence<'a>, rule: &DetectorRule) -> Results<'a> {
    let mut names: Results = BTreeMap::new();
    for (at, procedure) in evidence.catalog.procedures.iter().enumerate() {
        for result in &procedure.results {
            let core = crate::relation::Paper::read(evidence.relation, &result.title, &[]).core;
            let is_general =
                rule.words("general").is_some_and(|w| w.find(&core).any(|h| h.end - h.start == core.len()));
            let syllables = u32::try_from(core.split(' ').count()).unwrap_or(u32::MAX);
            if is_general || syllables < rule.limit("syllables") || rule.has("no-paper", &core) {
                continue;
            }
            names.entry(core).or_default().push((at, &result.title));
        }
    }
    names
}

/// The longest name of a result with which a row begins.
fn named<'n, 'a>(
    evidence: &Evidence,
    rule: &DetectorRule,
    names: &'n Results<'a>,
    request: &Request,
) -> Option<&'n Vec<(usize, &'a str)>> {
    let paper = evidence.paper_of(request)?;
    // What is asked for only where data fails is demanded of nobody else.
    let is_settled = evidence.assessments_of(request).iter().any(|a| a.verdict == Verdict::Already);
    if is_settled || rule.has("unless", &fold(&request.text)) {
        return None;
    }
    let core = paper.core.as_str();
    let ends = core.match_indices(' ').map(|(at, _)| at).chain([core.len()]);
    let ends: Vec<usize> = ends.collect();
    ends.into_iter().rev().find_map(|end| {
        let found = names.get(core[..end].trim_end_matches([',', ';', ':']))?;
        let rest = core[end..].trim_start();
        let goes_on = rest.is_empty()
            || !rest.starts_with(char::is_alphanumeric)
            || core[..end].ends_with([',', ';', ':'])
            || rule.words("after").is_some_and(|w| w.find(rest).next().is_some_and(|h| h.start == 0));
        goes_on.then_some(found)
    })
}

/// The edges of one request, the main supplier first; none where the procedure itself gives the paper and takes it back.
fn edges_of(
    evidence: &Evidence,
    rule: &DetectorRule,
    (at, place): (usize, usize),
    found: &[(usize, &str)],
    by: By,
) -> Vec<Edge> {
    let procedures = &evidence.catalog.procedures;
    let own_name = fold(&procedures[at].name);
    let is_own = |&(supplier, title): &(usize, &str)| supplier == at || own_name.contains(&fold(title));
    let request = &procedures[at].requests[place];
    let takes_back = || rule.has("again", &own_name) && rule.has("original", &fold(&request.text));
    if found.iter().any(is_own) || takes_back() {
        return Vec::new();
    }
    let asked = fold(&format!("{own_name} {} {}", request.case_title, request.text));
    let fits = |s: &usize| !is_apart(rule, &asked, &fold(&procedures[*s].name));
    let suppliers: BTreeMap<usize, &str> =
        found.iter().map(|(s, title)| (*s, *title)).filter(|(s, _)| fits(s)).collect();
    // Nobody has to get a paper again before filing.
    if suppliers.keys().all(|s| only_gives_again(rule, &fold(&procedures[*s].name))) {
        return Vec::new();
    }
    let same = |s: usize| same_agency(&procedures[at], &procedures[s]);
    let again = |s: usize| rule.has("again", &fold(&procedures[s].name));
    let main = suppliers
        .keys()
        .copied()
        .min_by_key(|s| (again(*s), same(*s) != Some(true), procedures[*s].name.chars().count(), *s));
    let mut edges: Vec<Edge> = suppliers
        .iter()
        .map(|(s, title)| Edge {
            procedure: at,
            request: place,
            supplier: *s,
            result: (*title).to_owned(),
            by,
            same_agency: same(*s),
            is_main: Some(*s) == main,
        })
        .collect();
    edges.sort_by_key(|e| (!e.is_main, e.supplier));
    edges
}

/// Whether the name of a procedure begins with a word of list `reissue`: it gives a paper to those who have had it.
fn only_gives_again(rule: &DetectorRule, name: &str) -> bool {
    rule.words("reissue").is_some_and(|words| words.find(name).next().is_some_and(|hit| hit.start == 0))
}

/// Whether one of two texts holds words of list `apart` and the other does not: a border area, foreign ships, pleasure craft.
fn is_apart(rule: &DetectorRule, asked: &str, supplier: &str) -> bool {
    let Some(words) = rule.words("apart") else { return false };
    let of = |text: &str| words.find(text).map(|hit| hit.phrase).collect::<BTreeSet<_>>();
    of(asked) != of(supplier)
}

/// The agencies that carry out decide, of which one must be the same; where one of the two procedures tells none, the body
/// that publishes. None where one of them tells neither.
fn same_agency(a: &Procedure, b: &Procedure) -> Option<bool> {
    let named = |list: &str| list.split([',', ';']).map(fold).filter(|name| !name.is_empty()).collect::<BTreeSet<_>>();
    let same = |x: &str, y: &str| (!x.is_empty() && !y.is_empty()).then(|| !named(x).is_disjoint(&named(y)));
    if a.agency.is_empty() || b.agency.is_empty() {
        same(&a.publisher, &b.publisher)
    } else {
        same(&a.agency, &b.agency)
    }
}

/// The longest chain before each procedure, over main suppliers. A circle is one stop: it is entered once and not left.
fn chains(count: usize, edges: &[Edge]) -> Vec<Vec<usize>> {
    let mut next: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); count];
    for edge in edges.iter().filter(|e| e.is_main) {
        next[edge.procedure].insert(edge.supplier);
    }
    let in_circle: Vec<bool> = (0..count).map(|at| reaches(&next, at, at)).collect();
    let mut known: Vec<Option<Vec<usize>>> = vec![None; count];
    for at in 0..count {
        longest(at, &next, &in_circle, &mut known);
    }
    known.into_iter().map(Option::unwrap_or_default).collect()
}

fn reaches(next: &[BTreeSet<usize>], from: usize, to: usize) -> bool {
    let mut seen = BTreeSet::new();
    let mut open: Vec<usize> = next[from].iter().copied().collect();
    while let Some(at) = open.pop() {
        if at == to {
            return true;
        }
        if seen.insert(at) {
            open.extend(&next[at]);
        }
    }
    false
}

/// Outside circles the graph has none, so that this ends; a procedure in a circle has only itself to offer.
fn longest(at: usize, next: &[BTreeSet<usize>], in_circle: &[bool], known: &mut Vec<Option<Vec<usize>>>) -> Vec<usize> {
    if let Some(chain) = &known[at] {
        return chain.clone();
    }
    let mut best: Vec<usize> = Vec::new();
    for &supplier in &next[at] {
        let rest = if in_circle[supplier] { Vec::new() } else { longest(supplier, next, in_circle, known) };
        if rest.len() + 1 > best.len() {
            best = std::iter::once(supplier).chain(rest).collect();
        }
    }
    known[at] = Some(best.clone());
    best
}

/// A request that is the result of another procedure.
#[derive(Debug)]
pub struct ResultOfAnother;

impl Detector for ResultOfAnother {
    fn rule(&self) -> &'static str {
        "TL-D-RESULT"
    }

    fn needs(&self) -> &'static [&'static str] {
        &["general", "no-paper", "after", "again", "original", "unless", "syllables"]
    }

    fn detect(&self, evidence: &Evidence, rule: &DetectorRule) -> Vec<Finding> {
        let graph = RequestGraph::of(evidence, rule);
        let procedures = &evidence.catalog.procedures;
        let mut findings = Vec::new();
        for edge in graph.edges.iter().filter(|e| e.is_main) {
            let (procedure, supplier) = (&procedures[edge.procedure], &procedures[edge.supplier]);
            let Some(request) = procedure.requests.get(edge.request) else { continue };
            let agency = rule.label(match edge.same_agency {
                Some(true) => "same-agency",
                Some(false) => "other-agency",
                None => "unknown-agency",
            });
            let chain = &graph.chains[edge.procedure];
            let others = graph.edges.iter().filter(|e| (e.procedure, e.request) == (edge.procedure, edge.request));
            let finding = Finding::new(evidence, rule, procedure, About::Request(request), &request.text)
                .with("paper", &beginning(evidence.paper_of(request).map_or(&request.text, |p| &p.core)))
                .with("result", &edge.result)
                .with("supplier", &supplier.name)
                .with("supplier_code", if supplier.code.is_empty() { &supplier.id } else { &supplier.code })
                .with("depth", &chain.len().to_string())
                .with_both("agency", &agency.vi, &agency.en)
                .with_related(others.map(|e| procedures[e.supplier].id.clone()));
            findings.push(finding);
        }
        findings
    }
}

/// The request graph of a catalogue; none when its rule is not in the rule set.
#[must_use]
pub fn request_graph(evidence: &Evidence, rules: &DetectorRules) -> RequestGraph {
    rules.get(ResultOfAnother.rule()).map(|rule| RequestGraph::of(evidence, rule)).unwrap_or_default()
}

/// The table `request_graph`: one row an edge.
#[must_use]
pub fn request_graph_table(evidence: &Evidence, graph: &RequestGraph) -> Table {
    let procedures = &evidence.catalog.procedures;
    let column = |get: fn(&Procedure, &Procedure) -> String| {
        graph.edges.iter().map(move |e| get(&procedures[e.procedure], &procedures[e.supplier]))
    };
    let request = |e: &Edge| procedures[e.procedure].requests.get(e.request);
    let chain = |e: &Edge| -> String {
        graph.chains[e.procedure].iter().map(|p| procedures[*p].id.as_str()).collect::<Vec<_>>().join(" > ")
    };
    Table::new("request_graph")
        .text("procedure_id", column(|p, _| p.id.clone()))
        .text("code", column(|p, _| p.code.clone()))
        .text("request_id", graph.edges.iter().map(|e| request(e).map(|r| r.id.clone()).unwrap_or_default()))
        .text("supplier_id", column(|_, s| s.id.clone()))
        .text("supplier_code", column(|_, s| s.code.clone()))
        .text("result", graph.edges.iter().map(|e| e.result.as_str()))
        .text("matched_by", graph.edges.iter().map(|e| e.by.as_str()))
        .flag("same_agency", graph.edges.iter().map(|e| e.same_agency == Some(true)))
        .flag("is_main", graph.edges.iter().map(|e| e.is_main))
        .int("depth", graph.edges.iter().map(|e| i64::try_from(graph.chains[e.procedure].len()).ok()))
        .text("chain", graph.edges.iter().map(chain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(procedure: usize, supplier: usize) -> Edge {
        let (result, by) = (String::new(), By::Name);
        Edge { procedure, request: 0, supplier, result, by, same_agency: None, is_main: true }
    }

    #[test]
    fn a_chain_is_the_longest_way_and_a_circle_ends_it() {
        for (edges, expected) in [
            (vec![(0, 1), (1, 2), (0, 2)], vec![vec![1, 2], vec![2], vec![], vec![]]),
            (vec![(0, 1), (1, 2), (2, 1)], vec![vec![1], vec![2], vec![1], vec![]]),
            (vec![(0, 0)], vec![vec![0], vec![], vec![], vec![]]),
        ] {
            let edges: Vec<Edge> = edges.into_iter().map(|(p, s)| edge(p, s)).collect();
            assert_eq!(chains(4, &edges), expected);
        }
    }

    #[test]
    fn one_agency_of_a_list_is_enough_and_the_publisher_stands_in_where_none_is_told() {
        let procedure = |agency: &str, publisher: &str| {
            let (publisher, agency) = (publisher.to_owned(), agency.to_owned());
            Procedure { publisher, agency, ..Procedure::default() }
        };
        for (a, b, expected) in [
            (("Sở A", "Bộ X"), ("sở a", "Bộ Y"), Some(true)),
            (("Bộ X, Sở A", ""), ("Sở A; Sở B", ""), Some(true)),
            (("Sở A", "Bộ X"), ("Sở B", "Bộ X"), Some(false)),
            (("", "Bộ X"), ("Sở B", "Bộ X"), Some(true)),
            (("", ""), ("", ""), None),
            (("", ""), ("Sở B", "Bộ X"), None),
        ] {
            assert_eq!(same_agency(&procedure(a.0, a.1), &procedure(b.0, b.1)), expected, "{a:?} {b:?}");
        }
    }
}
