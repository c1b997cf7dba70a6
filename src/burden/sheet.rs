//! The rows of the sheet of one procedure: what has to be done, how long it takes, what it costs, how often.

use super::Removal;
use super::amount::{Amount, Share, Span, rounded};
use crate::catalog::{Procedure, Request};
use crate::reading::Assessment;
use crate::rule::{Confidence, CopyForm, CostBook, Part, UnitCost, Verdict, is_word};
use crate::text::fold;
use crate::volumes::{Submission, Yearly};
use std::collections::{BTreeMap, BTreeSet};

/// One activity: a row of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Row group.
    pub part: Part,
    /// Id of the dossier row; empty for other parts than preparing.
    pub request_id: String,
    /// What: kinds of paper joined by `;`, `form`, `other`; for copies `certified` or `plain`; else empty.
    pub what: String,
    /// Channel; none where there is none.
    pub channel: Option<Submission>,
    /// Minutes, once.
    pub minutes: Span,
    /// Hired services in đồng, once.
    pub services: Span,
    /// Fees and charges in đồng, once.
    pub fees: Span,
    /// Share of runs that need it.
    pub share: Share,
    /// Confidence of the unit.
    pub confidence: Confidence,
    /// Origin of the unit.
    pub source: String,
}

impl Activity {
    /// `minutes × income + services` and fees, of doing it once. Time is priced to the đồng, rounded half up.
    #[must_use]
    pub fn once(&self, book: &CostBook) -> Amount {
        let price = |minutes: i64| rounded(i128::from(minutes) * i128::from(book.income_an_hour), 60);
        let time =
            Span { low: price(self.minutes.low), best: price(self.minutes.best), high: price(self.minutes.high) };
        Amount { minutes: self.minutes, without_fees: time + self.services, fees: self.fees }
    }

    /// Its part in an average run.
    #[must_use]
    pub fn per_run(&self, book: &CostBook) -> Amount {
        self.once(book).times(self.share.numerator(), self.share.denominator())
    }

    /// Its part in a year of so many dossiers.
    #[must_use]
    pub fn per_year(&self, book: &CostBook, dossiers: u64) -> Amount {
        let times = self.share.and(Share::of(dossiers, 1));
        self.once(book).times(times.numerator(), times.denominator())
    }
}

/// Statutory time of one channel, as the catalogue states it: the agency's, no compliance cost.
#[derive(Debug, Clone, PartialEq)]
pub struct AgencyTime {
    /// Channel; none where the catalogue does not say.
    pub channel: Option<Submission>,
    /// Number; none when stated only in words.
    pub value: Option<f64>,
    /// Unit; units are never converted.
    pub unit: String,
}

pub(super) fn agency_time(procedure: &Procedure) -> Vec<AgencyTime> {
    let time = |c: &crate::catalog::Channel| AgencyTime {
        channel: Submission::from_name(&c.channel),
        value: c.duration_value,
        unit: c.duration_unit.clone(),
    };
    procedure.channels.iter().map(time).collect()
}

/// Kinds and verdicts by dossier row.
#[derive(Debug, Clone, Default)]
pub struct Readings {
    rows: BTreeMap<String, Vec<(String, Verdict)>>,
}

impl Readings {
    /// Sorts assessments by the row that they read; those without a kind tell nothing of the cost.
    #[must_use]
    pub fn of(assessments: &[Assessment]) -> Self {
        let named = assessments.iter().filter(|a| !a.kind.is_empty());
        Self::from_rows(named.map(|a| (a.request_id.as_str(), a.kind.as_str(), a.verdict)))
    }

    /// The same from ids of rows, kinds and verdicts, such as a table holds.
    #[must_use]
    pub fn from_rows<'a>(rows: impl IntoIterator<Item = (&'a str, &'a str, Verdict)>) -> Self {
        let mut readings = Readings::default();
        for (id, kind, verdict) in rows.into_iter().filter(|r| !r.1.is_empty()) {
            readings.rows.entry(id.to_owned()).or_default().push((kind.to_owned(), verdict));
        }
        readings
    }

    fn kinds(&self, id: &str, verdicts: &[Verdict]) -> Vec<&str> {
        let rows = self.rows.get(id).map(Vec::as_slice).unwrap_or_default();
        let kinds: BTreeSet<&str> =
            rows.iter().filter(|(_, v)| verdicts.contains(v)).map(|(kind, _)| kind.as_str()).collect();
        kinds.into_iter().collect()
    }
}

/// The cases priced and their shares: by the officer's weights, else the dearest alone, the first among equals.
pub(super) fn cases(book: &CostBook, procedure: &Procedure, readings: &Readings) -> Vec<(u32, Share)> {
    let all: BTreeSet<u32> = procedure.requests.iter().map(|r| r.case_index).collect();
    let weights = book.own(&procedure.code).map(|own| own.case_weights.as_slice()).unwrap_or_default();
    let weight = |case: &u32| weights.get((*case as usize).wrapping_sub(1)).copied().unwrap_or_default();
    let total: u64 = all.iter().map(weight).sum();
    if total > 0 {
        let weighted = all.into_iter().map(|case| (case, Share::of(weight(&case), total)));
        return weighted.filter(|(_, share)| *share != Share::NEVER).collect();
    }
    let mut dearest: Option<(i64, u32)> = None;
    for case in all {
        let rows = preparing(book, procedure, readings, &[(case, Share::ALWAYS)], &Removal::default());
        let cost = rows.iter().map(|a| a.per_run(book).with_fees().best).sum();
        if dearest.is_none_or(|d| cost > d.0) {
            dearest = Some((cost, case));
        }
    }
    dearest.map(|(_, case)| (case, Share::ALWAYS)).into_iter().collect()
}

/// Every row of the sheet, in the order of its groups.
pub(super) fn activities(
    book: &CostBook,
    procedure: &Procedure,
    readings: &Readings,
    volume: Option<&Yearly>,
    cases: &[(u32, Share)],
    removal: &Removal,
) -> Vec<Activity> {
    let mut all = preparing(book, procedure, readings, cases, removal);
    let mut once = Vec::new();
    for (channel, share) in mix(procedure, volume, removal.moves_online) {
        once.push(line(book, Part::Submit, Some(channel), share));
        once.push(paying(book, procedure, channel, share));
        once.push(line(book, Part::Receive, Some(channel), share));
    }
    if procedure.steps.iter().any(|step| has_word(&fold(&step.text), &book.words.inspection)) {
        once.push(line(book, Part::Inspection, None, Share::ALWAYS));
    }
    let mut once: Vec<Activity> = once.into_iter().flatten().collect();
    own_once(book, procedure, &mut once);
    let goes =
        |a: &Activity| removal.visits.iter().any(|(part, via)| *part == a.part && (via.is_none() || *via == a.channel));
    once.retain(|a| !goes(a));
    once.sort_by_key(|a| (a.part, a.channel));
    all.extend(once);
    all
}

/// How dossiers come in: as counted; else directly where that is possible, else through the first channel of the catalogue.
fn mix(procedure: &Procedure, volume: Option<&Yearly>, moves_online: bool) -> Vec<(Submission, Share)> {
    if moves_online {
        return vec![(Submission::Online, Share::ALWAYS)];
    }
    let offered: Vec<Submission> =
        procedure.channels.iter().filter_map(|c| Submission::from_name(&c.channel)).collect();
    let usual = if offered.contains(&Submission::Direct) {
        Submission::Direct
    } else {
        *offered.first().unwrap_or(&Submission::Direct)
    };
    let Some(volume) = volume.filter(|v| v.total > 0) else { return vec![(usual, Share::ALWAYS)] };
    let mut counts: BTreeMap<Submission, u64> = BTreeMap::new();
    for (channel, dossiers) in &volume.by_channel {
        *counts.entry(channel.unwrap_or(usual)).or_default() += dossiers;
    }
    let counted = counts.into_iter().filter(|(_, n)| *n > 0);
    counted.map(|(channel, n)| (channel, Share::of(n, volume.total))).collect()
}

fn preparing(
    book: &CostBook,
    procedure: &Procedure,
    readings: &Readings,
    cases: &[(u32, Share)],
    removal: &Removal,
) -> Vec<Activity> {
    let mut rows = Vec::new();
    for (case, share) in cases {
        for request in procedure.requests.iter().filter(|r| r.case_index == *case && !r.is_note) {
            let kept = removal.requests.get(&request.id).copied().unwrap_or(Share::ALWAYS);
            let mut own = component(book, procedure, readings, request, removal);
            for a in &mut own {
                a.share = a.share.and(*share).and(kept);
            }
            rows.extend(own.into_iter().filter(|a| a.share != Share::NEVER));
        }
    }
    rows
}

/// Getting one paper and copying it; an officer's own figures stand for both.
fn component(
    book: &CostBook,
    procedure: &Procedure,
    readings: &Readings,
    request: &Request,
    removal: &Removal,
) -> Vec<Activity> {
    let place = format!("{}/{}", request.case_index, request.position);
    let own = book.own(&procedure.code).into_iter().flat_map(|own| &own.units);
    let own: Vec<_> = own.filter(|u| u.part == Part::Prepare && u.component == place).collect();
    if !own.is_empty() {
        return own
            .into_iter()
            .map(|u| Activity {
                request_id: request.id.clone(),
                share: Share::of(u.share.0, u.share.1),
                ..of_unit(book, Part::Prepare, &u.unit, 1)
            })
            .collect();
    }
    let demanded = readings.kinds(&request.id, &[Verdict::Replace, Verdict::Partial, Verdict::Keep]);
    let fallback = readings.kinds(&request.id, &[Verdict::Already]);
    let share =
        if demanded.is_empty() && !fallback.is_empty() { Share::of(book.fallback_percent, 100) } else { Share::ALWAYS };
    let folded = fold(&request.text);
    let kinds = if demanded.is_empty() { fallback } else { demanded };
    let alternatives = !readings.kinds(&request.id, &[Verdict::Partial]).is_empty();
    let papers = papers(book, request, &folded, kinds, alternatives);
    let copies = copies(book, request, &folded, removal);
    let of = |unit: &UnitCost, times: i64, what: &str| Activity {
        request_id: request.id.clone(),
        what: what.to_owned(),
        share,
        ..of_unit(book, Part::Prepare, unit, times)
    };
    let papers = papers.into_iter().filter_map(|kind| Some(of(book.paper(kind)?, 1, kind)));
    let copies = copies.and_then(|(form, what, times)| Some(of(book.copy(form)?, times, what)));
    papers.chain(copies).collect()
}

/// The papers of a row: every kind it names, of alternatives the cheapest; a form, or some other paper.
fn papers<'a>(
    book: &CostBook,
    request: &Request,
    folded: &str,
    kinds: Vec<&'a str>,
    alternatives: bool,
) -> Vec<&'a str> {
    if kinds.is_empty() {
        let head: String = folded.chars().take(LENGTH_OF_NAME).collect();
        let is_form = !request.form_file.is_empty() || has_word(&head, &book.words.form);
        return vec![if is_form { "form" } else { "other" }];
    }
    let price = |kind: &&&str| book.paper(kind).map(|u| of_unit(book, Part::Prepare, u, 1).once(book).with_fees().best);
    if alternatives { kinds.iter().min_by_key(price).copied().into_iter().collect() } else { kinds }
}

/// A row names its paper at its beginning: within so many characters a word such as `đơn` tells that it is a form.
const LENGTH_OF_NAME: usize = 25;

/// How many copies a row asks for, and of what form; none when the paper itself, or only a look at it, is wanted.
fn copies(
    book: &CostBook,
    request: &Request,
    folded: &str,
    removal: &Removal,
) -> Option<(CopyForm, &'static str, i64)> {
    let words = &book.words;
    let certified = has_word(folded, &words.certified) && !has_word(folded, &words.not_certified);
    let named = certified || has_word(folded, &words.plain);
    // The number of "originals" of a row that asks for a copy is that of the copies handed in.
    let counted = if named { request.copies.max(request.originals) } else { request.copies };
    let shown = !named && has_word(folded, &words.shown);
    let wanted = counted.unwrap_or_default().max(u32::from(named)) * u32::from(!shown);
    let wanted = wanted.saturating_sub(removal.copies.get(&request.id).copied().unwrap_or_default());
    let is_certified = certified && !removal.certifications.contains(&request.id);
    let (form, what) = if is_certified { (CopyForm::Certified, "certified") } else { (CopyForm::Plain, "plain") };
    (wanted > 0).then_some((form, what, i64::from(wanted)))
}

fn of_unit(book: &CostBook, part: Part, unit: &UnitCost, times: i64) -> Activity {
    let span = |value: i64| Span::of(value.saturating_mul(times), unit.confidence, book);
    Activity {
        part,
        request_id: String::new(),
        what: String::new(),
        channel: None,
        minutes: span(unit.minutes),
        services: span(unit.services_vnd),
        fees: span(unit.fee_vnd),
        share: Share::ALWAYS,
        confidence: unit.confidence,
        source: unit.source.clone(),
    }
}

fn line(book: &CostBook, part: Part, channel: Option<Submission>, share: Share) -> Option<Activity> {
    let unit = book.activity(part, channel.map_or("", Submission::as_str))?;
    Some(Activity { channel, share, ..of_unit(book, part, unit, 1) })
}

/// Paying the fee that the catalogue states for the channel, or for any where it states none for this one; several
/// stated fees are a range around the middle one. Nothing is paid where the fee is nought or not stated.
fn paying(book: &CostBook, procedure: &Procedure, channel: Submission, share: Share) -> Option<Activity> {
    let stated = |own: bool| {
        let rows = procedure.channels.iter().filter(move |c| !own || c.channel == channel.as_str());
        let mut fees: Vec<i64> = rows.filter_map(|c| c.fee_vnd).collect();
        fees.sort_unstable();
        fees
    };
    let fees = Some(stated(true)).filter(|fees| !fees.is_empty()).unwrap_or_else(|| stated(false));
    let (low, high) = (*fees.first()?, *fees.last()?);
    let fee = Span { low, best: fees[(fees.len() - 1) / 2], high };
    let row = line(book, Part::Pay, Some(channel), share)?;
    (high > 0).then(|| Activity { fees: row.fees + fee, ..row })
}

/// Puts an officer's own figures in the place of the estimates of their part and channel, or adds them.
fn own_once(book: &CostBook, procedure: &Procedure, rows: &mut Vec<Activity>) {
    let Some(own) = book.own(&procedure.code) else { return };
    for own in own.units.iter().filter(|u| u.part != Part::Prepare) {
        let channel = Submission::from_name(&own.channel);
        let share = Share::of(own.share.0, own.share.1);
        let fresh = of_unit(book, own.part, &own.unit, 1);
        let mut met = false;
        for row in rows.iter_mut().filter(|r| r.part == own.part && (channel.is_none() || r.channel == channel)) {
            met = true;
            *row = Activity { channel: row.channel, share: row.share.and(share), ..fresh.clone() };
        }
        // A channel that nobody uses is not added; work that the estimate does not know is.
        if !met && channel.is_none() {
            rows.push(Activity { share, ..fresh });
        }
    }
}

fn has_word(folded: &str, words: &[String]) -> bool {
    words.iter().any(|word| folded.match_indices(word.as_str()).any(|(at, w)| is_word(folded, at, at + w.len())))
}
