//! The order in which to connect databases.

use super::choose::{Instance, Proof, ranking};
use super::{Drafted, Prices};
use crate::catalog::{Catalog, Procedure, Request};
use crate::reading::Assessment;
use crate::rule::{CostBook, Effect, Register, RuleBook, Verdict, is_word};
use crate::table::Table;
use crate::text::fold;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// One database in the order: a row of the `connections` table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// Place, from 1.
    pub rank: usize,
    /// The database, by its word.
    pub source: String,
    /// Whether it is connected already: these come first.
    pub is_connected: bool,
    /// Share of dossiers in percent that it answers; none when not stated.
    pub coverage: Option<u8>,
    /// Requests that go with it, those before it being connected.
    pub requests_freed: u64,
    /// Papers a year that go: requests times dossiers; none without volumes.
    pub papers_freed: Option<u64>,
    /// Procedures whose dossier then holds nothing but forms.
    pub procedures_freed: u64,
    /// Dossiers a year of these; none without volumes.
    pub dossiers_freed: Option<u64>,
    /// Cost saved a year in đồng, as far as it is known; none where nothing is.
    pub cost_saved: Option<i64>,
    /// Papers a year, or without volumes requests, that go with all up to here.
    pub cumulative: u64,
    /// The most that any set of as many databases frees.
    pub optimum: u64,
    /// How that was proven.
    pub proof: Proof,
}

/// What the order depends on beside the proposals.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// The catalogue.
    pub catalog: &'a Catalog,
    /// Its assessments.
    pub assessments: &'a [Assessment],
    /// Databases.
    pub book: &'a RuleBook,
    /// State of the databases.
    pub register: &'a Register,
    /// The date that stands for today.
    pub as_of: Date,
    /// Prices and volumes.
    pub prices: &'a Prices<'a>,
}

/// Databases in the order in which to connect them: those connected first, then so that after each as much is freed as can be.
/// What is freed is papers a year where volumes are given, else requests. A request goes when all the databases it needs are
/// connected, a dossier when all its papers go.
#[must_use]
pub fn connections(around: &Surroundings, drafted: &[Drafted]) -> Vec<Connection> {
    let counted: Vec<&Drafted> =
        drafted.iter().filter(|d| d.is_counted && d.proposal.effect == Effect::ReplaceRequest).collect();
    let named: BTreeSet<&str> = counted.iter().flat_map(|d| &d.proposal.sources).map(String::as_str).collect();
    let sources: Vec<&str> = named.into_iter().collect();
    let ready: Vec<bool> = sources.iter().map(|s| around.is_connected(s)).collect();
    let goals = Goals::of(around, &counted, &sources);
    let mut order: Vec<(usize, Option<(u64, Proof)>)> = Vec::new();
    for wanted in [true, false] {
        let own: Vec<usize> = (0..sources.len()).filter(|at| ready[*at] == wanted).collect();
        let given: Vec<usize> = order.iter().map(|(at, _)| *at).collect();
        for rank in ranking(&goals.main.restricted(&own, &given)) {
            let optimum = rank.optimum.bound;
            order.push((own[rank.source], Some((optimum, rank.optimum.proof))));
        }
    }
    let mut chosen: Vec<usize> = Vec::new();
    let mut rows = Vec::new();
    for (at, best) in order {
        let before = chosen.clone();
        chosen.push(at);
        let gained = |instance: &Instance| instance.worth(&chosen) - instance.worth(&before);
        let (optimum, proof) = best.unwrap_or((0, Proof::Search));
        rows.push(Connection {
            rank: chosen.len(),
            source: sources[at].to_owned(),
            is_connected: ready[at],
            coverage: around.coverage(sources[at]),
            requests_freed: gained(&goals.requests),
            papers_freed: goals.papers.as_ref().map(gained),
            procedures_freed: gained(&goals.procedures),
            dossiers_freed: goals.dossiers.as_ref().map(gained),
            cost_saved: goals.cost.as_ref().and_then(|c| i64::try_from(gained(c)).ok()),
            cumulative: goals.main.worth(&chosen),
            optimum,
            proof,
        });
    }
    rows
}

impl Surroundings<'_> {
    fn is_connected(&self, source: &str) -> bool {
        let found = self.book.sources.iter().find(|s| s.source == source);
        found.is_some_and(|s| {
            let state = self.register.state(s, self.as_of);
            state.published && state.connected
        })
    }

    fn coverage(&self, source: &str) -> Option<u8> {
        let found = self.book.sources.iter().find(|s| s.source == source)?;
        self.register.state(found, self.as_of).coverage
    }
}

impl Instance {
    /// The instance of some databases only, where others are given; what needs any further one is left out.
    fn restricted(&self, own: &[usize], given: &[usize]) -> Instance {
        let place = |at: &usize| own.iter().position(|o| o == at);
        let bundles = self.bundles.iter().filter_map(|b| {
            let open = b.needs.iter().filter(|n| !given.contains(n));
            let needs = open.map(place).collect::<Option<Vec<usize>>>()?;
            Some(super::choose::Bundle { needs, worth: b.worth })
        });
        Instance { costs: own.iter().map(|at| self.costs[*at]).collect(), bundles: bundles.collect() }
    }
}

/// What databases free, measure by measure.
struct Goals {
    main: Instance,
    requests: Instance,
    procedures: Instance,
    papers: Option<Instance>,
    dossiers: Option<Instance>,
    cost: Option<Instance>,
}

impl Goals {
    fn of(around: &Surroundings, counted: &[&Drafted], sources: &[&str]) -> Goals {
        let needs = |d: &Drafted| -> Vec<usize> {
            d.proposal.sources.iter().filter_map(|s| sources.iter().position(|k| k == s)).collect()
        };
        let volume =
            |d: &Drafted| around.prices.volume(&around.catalog.procedures[d.proposal.procedure]).map(|v| v.total);
        let instance = |worth: &dyn Fn(&Drafted) -> Option<u64>| {
            let bundles = counted.iter().filter(|d| !d.proposal.sources.is_empty());
            let bundles = bundles.filter_map(|d| Some(super::choose::Bundle { needs: needs(d), worth: worth(d)? }));
            Instance { costs: vec![1; sources.len()], bundles: bundles.collect() }
        };
        let has_volumes = around.prices.volumes.is_some();
        let requests = instance(&|d| Some(d.saved.requests));
        let papers = has_volumes.then(|| instance(&|d| Some(d.saved.requests.saturating_mul(volume(d)?))));
        let cost = instance(&|d| u64::try_from(d.saved.year?.vnd).ok());
        let whole = whole_dossiers(around, counted, sources);
        let dossiers = |worth: &dyn Fn(&Procedure) -> Option<u64>| {
            let bundles = whole.iter().filter_map(|(at, needs)| {
                Some(super::choose::Bundle { needs: needs.clone(), worth: worth(&around.catalog.procedures[*at])? })
            });
            Instance { costs: vec![1; sources.len()], bundles: bundles.collect() }
        };
        Goals {
            main: papers.clone().unwrap_or_else(|| requests.clone()),
            requests,
            procedures: dossiers(&|_| Some(1)),
            papers,
            dossiers: has_volumes.then(|| dossiers(&|p| around.prices.volume(p).map(|v| v.total))),
            cost: Some(cost).filter(|c| !c.bundles.is_empty()),
        }
    }
}

/// Procedures of whose dossier nothing but forms is left once some databases are connected, with these. Rows that the catalogue
/// itself no longer asks for where data answers count as gone.
fn whole_dossiers(around: &Surroundings, counted: &[&Drafted], sources: &[&str]) -> Vec<(usize, Vec<usize>)> {
    let mut needed: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut procedures: BTreeSet<usize> = BTreeSet::new();
    for d in counted.iter().filter(|d| !d.proposal.sources.is_empty()) {
        procedures.insert(d.proposal.procedure);
        for item in &d.proposal.items {
            let places = d.proposal.sources.iter().filter_map(|s| sources.iter().position(|k| k == s));
            needed.insert(item, places.collect());
        }
    }
    let mut waived: BTreeMap<&str, bool> = BTreeMap::new();
    for a in around.assessments.iter().filter(|a| a.verdict != Verdict::Mention) {
        let is_waived = a.verdict == Verdict::Already;
        waived.entry(&a.request_id).and_modify(|w| *w &= is_waived).or_insert(is_waived);
    }
    let goes = |request: &Request| -> Option<Vec<usize>> {
        let is_free = request.is_note
            || waived.get(request.id.as_str()).copied().unwrap_or_default()
            || is_form(request, around.prices.book);
        needed.get(request.id.as_str()).cloned().or_else(|| is_free.then(Vec::new))
    };
    let whole = |at: usize| {
        let rows = around.catalog.procedures[at].requests.iter().map(goes).collect::<Option<Vec<_>>>()?;
        let needs: BTreeSet<usize> = rows.into_iter().flatten().collect();
        (!needs.is_empty()).then(|| (at, needs.into_iter().collect()))
    };
    procedures.into_iter().filter_map(whole).collect()
}

/// Characters within which a row says that it is a form.
const BEGINNING: usize = 25;

fn is_form(request: &Request, book: &CostBook) -> bool {
    let head: String = fold(&request.text).chars().take(BEGINNING).collect();
    let has = |word: &String| head.match_indices(word.as_str()).any(|(at, w)| is_word(&head, at, at + w.len()));
    !request.form_file.is_empty() || book.words.form.iter().any(has)
}

/// The table `connections`.
#[must_use]
pub fn connection_table(rows: &[Connection]) -> Table {
    let whole = |n: u64| i64::try_from(n).ok();
    Table::new("connections")
        .int("rank", rows.iter().map(|r| i64::try_from(r.rank).ok()))
        .text("source", rows.iter().map(|r| &r.source))
        .flag("is_connected", rows.iter().map(|r| r.is_connected))
        .int("coverage_percent", rows.iter().map(|r| r.coverage))
        .int("requests_freed", rows.iter().map(|r| whole(r.requests_freed)))
        .int("papers_freed", rows.iter().map(|r| r.papers_freed.and_then(whole)))
        .int("procedures_freed", rows.iter().map(|r| whole(r.procedures_freed)))
        .int("dossiers_freed", rows.iter().map(|r| r.dossiers_freed.and_then(whole)))
        .int("cost_saved_vnd", rows.iter().map(|r| r.cost_saved))
        .int("cumulative", rows.iter().map(|r| whole(r.cumulative)))
        .int("optimum", rows.iter().map(|r| whole(r.optimum)))
        .int("gap", rows.iter().map(|r| whole(r.optimum.saturating_sub(r.cumulative))))
        .text("proof", rows.iter().map(|r| r.proof.as_str()))
}

impl Proof {
    /// The word in the `proof` column.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Proof::Milp => "milp",
            Proof::Search => "search",
            Proof::Unfinished => "unfinished",
        }
    }
}
