//! Findings and assessments → proposals, one for each action on each thing of a procedure.

use super::Proposal;
use super::competence::{amendments, competence};
use crate::catalog::{Catalog, Procedure};
use crate::detect::{Certainty, Finding, Item, Standing};
use crate::output::sha256;
use crate::reading::Assessment;
use crate::rule::{
    Action, ActionBook, Bilingual, Competence, Effect, LegalWords, Readiness, Register, RuleBook, Verdict,
};
use crate::text::fold;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Longest quotation in a text, in characters.
const QUOTE_LIMIT: usize = 240;

/// What proposals are drafted from.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The catalogue.
    pub catalog: &'a Catalog,
    /// Its assessments.
    pub assessments: &'a [Assessment],
    /// What was found in it.
    pub findings: &'a [Finding],
    /// Databases and grounds.
    pub book: &'a RuleBook,
    /// Actions.
    pub actions: &'a ActionBook,
    /// How documents are numbered.
    pub legal: &'a LegalWords,
    /// State of the databases.
    pub register: &'a Register,
    /// The date that stands for today.
    pub as_of: Date,
}

/// One proposal for each action on each thing, in the order of procedure, rank and id; and the findings that no action answers.
/// Findings about internal procedures, which stay out of every measure, yield none.
#[must_use]
pub fn draft<'a>(inputs: &Inputs<'a>) -> (Vec<Proposal>, Vec<&'a Finding>) {
    let index = Index::of(inputs);
    let mut groups: BTreeMap<(usize, u32, &str, String), Vec<Case>> = BTreeMap::new();
    let mut unanswered = Vec::new();
    let holds = |f: &&Finding| f.suppressed.as_ref().is_some_and(|s| s.standing == Standing::Holds);
    for finding in inputs.findings.iter().filter(|f| !f.action.is_empty() && !holds(f)) {
        let action = inputs.actions.action(&finding.action).map(|a| index.suited(a, finding, inputs.actions));
        let Some(action) = action.filter(|_| index.procedures.contains_key(finding.procedure_id.as_str())) else {
            unanswered.push(finding);
            continue;
        };
        for case in cases(action.effect, finding, &index) {
            if !inputs.catalog.procedures[case.procedure].is_internal {
                let key = (case.procedure, action.rank, action.action.as_str(), fold(index.text(&case)));
                groups.entry(key).or_default().push(case);
            }
        }
    }
    let mut proposals: Vec<Proposal> = groups
        .into_iter()
        .filter_map(|((at, _, word, folded), cases)| {
            Some(propose(inputs, &index, at, inputs.actions.action(word)?, &folded, &cases))
        })
        .collect();
    proposals.sort_by(|a, b| (a.procedure, a.rank, &a.id).cmp(&(b.procedure, b.rank, &b.id)));
    (proposals, unanswered)
}

/// A finding as one procedure has it.
struct Case<'a> {
    finding: &'a Finding,
    procedure: usize,
    item: &'a str,
    /// Of these one has to stay.
    keepers: Vec<&'a str>,
}

/// What goes by a finding. Procedures to merge go one by one into the first of them; of anything else the item goes.
fn cases<'a>(effect: Effect, finding: &'a Finding, index: &Index) -> Vec<Case<'a>> {
    let related = || finding.related.iter().map(String::as_str);
    let at = |id: &str| index.procedures.get(id).copied();
    if effect == Effect::MergeProcedure {
        let others = related().filter(|id| *id != finding.item_id);
        return others
            .filter_map(|item| {
                Some(Case { finding, procedure: at(item)?, item, keepers: vec![finding.item_id.as_str()] })
            })
            .collect();
    }
    let keepers =
        if matches!(effect, Effect::RemoveRequest | Effect::RemoveStep) { related().collect() } else { Vec::new() };
    let case = at(&finding.procedure_id).map(|procedure| Case { finding, procedure, item: &finding.item_id, keepers });
    case.into_iter().collect()
}

/// Where things stand.
struct Index<'a> {
    procedures: BTreeMap<&'a str, usize>,
    texts: BTreeMap<&'a str, &'a str>,
    assessments: BTreeMap<&'a str, Vec<&'a Assessment>>,
    shared_codes: BTreeSet<&'a str>,
}

impl<'a> Index<'a> {
    fn of(inputs: &Inputs<'a>) -> Self {
        let catalog = inputs.catalog;
        let mut texts: BTreeMap<&str, &str> = BTreeMap::new();
        texts.extend(catalog.requests().map(|(_, r)| (r.id.as_str(), r.text.as_str())));
        texts.extend(catalog.steps().map(|(_, s)| (s.id.as_str(), s.text.as_str())));
        texts.extend(catalog.procedures.iter().map(|p| (p.id.as_str(), p.name.as_str())));
        let mut assessments: BTreeMap<&str, Vec<&Assessment>> = BTreeMap::new();
        for assessment in inputs.assessments {
            assessments.entry(&assessment.request_id).or_default().push(assessment);
        }
        let mut seen = BTreeSet::new();
        Index {
            procedures: catalog.procedures.iter().enumerate().map(|(at, p)| (p.id.as_str(), at)).collect(),
            texts,
            assessments,
            shared_codes: catalog.procedures.iter().map(|p| p.code.as_str()).filter(|c| !seen.insert(*c)).collect(),
        }
    }

    /// The words a case is about: those of its item, else those its finding quotes.
    fn text<'f>(&self, case: &Case<'f>) -> &'f str
    where
        'a: 'f,
    {
        self.texts.get(case.item).copied().unwrap_or(&case.finding.quote)
    }

    fn of_request(&self, id: &str) -> impl Iterator<Item = &'a Assessment> {
        self.assessments.get(id).into_iter().flatten().copied()
    }

    /// A row goes only when data answers every paper it demands; else part of it is answered, or, where it names no paper of a
    /// database, what another procedure gives is looked up there.
    fn suited<'r>(&self, action: &'r Action, finding: &Finding, actions: &'r ActionBook) -> &'r Action {
        let demanded = || {
            self.of_request(&finding.item_id)
                .filter(|a| matches!(a.verdict, Verdict::Replace | Verdict::Partial | Verdict::Keep))
        };
        let other = if demanded().any(|a| a.verdict != Verdict::Replace) {
            &action.partly
        } else if demanded().next().is_some() {
            return action;
        } else if finding.related.is_empty() {
            &action.partly
        } else {
            &action.otherwise
        };
        actions.action(other).unwrap_or(action)
    }

    /// Stable name of a procedure: its national code where it is the only one of that code.
    fn stable_name<'p>(&self, procedure: &'p Procedure) -> &'p str {
        let is_own = !procedure.code.is_empty() && !self.shared_codes.contains(procedure.code.as_str());
        if is_own { &procedure.code } else { &procedure.id }
    }
}

/// What data says about the items of a proposal.
#[derive(Default)]
struct Data {
    sources: BTreeSet<String>,
    kinds: BTreeSet<String>,
    grounds: BTreeSet<String>,
    readiness: Option<Readiness>,
    competence: Option<Competence>,
    lacks_ground: bool,
}

impl Data {
    fn of(effect: Effect, items: &BTreeMap<&str, BTreeSet<&str>>, index: &Index) -> Data {
        let mut data = Data::default();
        if !matches!(effect, Effect::ReplaceRequest | Effect::Partial) {
            return data;
        }
        for a in items.keys().flat_map(|id| index.of_request(id)).filter(|a| a.verdict.is_positive()) {
            data.kinds.insert(a.kind.clone());
            data.sources.extend(Some(a.source.clone()).filter(|s| !s.is_empty()));
            data.grounds.extend(Some(a.ground.clone()).filter(|g| !g.is_empty()));
            data.lacks_ground |= a.ground.is_empty();
            data.readiness = data.readiness.max(Some(a.readiness));
            data.competence = data.competence.max(a.competence);
        }
        data
    }

    /// Share of dossiers that all databases together surely answer: what each leaves open is added up.
    fn coverage(&self, inputs: &Inputs) -> Option<u8> {
        let mut open = 0u32;
        for word in &self.sources {
            let source = inputs.book.sources.iter().find(|s| s.source == *word)?;
            open += 100 - u32::from(inputs.register.state(source, inputs.as_of).coverage?.min(100));
        }
        u8::try_from(100 - open.min(100)).ok().filter(|_| !self.sources.is_empty())
    }
}

fn propose(inputs: &Inputs, index: &Index, at: usize, action: &Action, folded: &str, cases: &[Case]) -> Proposal {
    let procedure = &inputs.catalog.procedures[at];
    let mut items: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for case in cases {
        items.entry(case.item).or_default().extend(&case.keepers);
    }
    let findings: Vec<&Finding> = cases.iter().map(|c| c.finding).collect();
    let text = cases.first().map_or("", |c| index.text(c));
    let data = Data::of(action.effect, &items, index);
    let grounds: Vec<&str> = inputs.book.grounds.iter().map(|g| g.document.as_str()).collect();
    let quoted = if findings.iter().any(|f| f.item != Item::Procedure) { text } else { "" };
    let amendments = amendments(procedure, quoted, &grounds, &inputs.actions.documents, inputs.legal);
    let id = format!(
        "P-{}",
        &sha256(format!("{}\n{}\n{folded}", action.action, index.stable_name(procedure)).as_bytes())[..12]
    );
    let mut proposal = Proposal {
        id,
        action: action.action.clone(),
        title: action.title.clone(),
        effect: action.effect,
        rank: action.rank,
        certainty: findings.iter().map(|f| f.certainty).min().unwrap_or(Certainty::Review),
        procedure: at,
        code: procedure.code.clone(),
        agency: agency(procedure),
        items: items.keys().map(ToString::to_string).collect(),
        text: text.to_owned(),
        keepers: items.values().map(|k| k.iter().map(ToString::to_string).collect()).collect(),
        findings: findings.iter().map(|f| f.id.clone()).collect::<BTreeSet<_>>().into_iter().collect(),
        coverage: data.coverage(inputs),
        readiness: data.readiness.unwrap_or(Readiness::NotApplicable),
        competence: competence(action.competence, data.competence, procedure, &amendments),
        amendments,
        content: Bilingual::default(),
        reason: Bilingual::default(),
        execution: Bilingual::default(),
        kinds: data.kinds.iter().cloned().collect(),
        grounds: data.grounds.iter().cloned().collect(),
        sources: data.sources.iter().cloned().collect(),
    };
    let words = Words::of(inputs, index, procedure, &proposal, cases);
    proposal.content = words.fill(&action.content);
    proposal.reason = words.reason(action, &data, proposal.readiness);
    proposal.execution = words.fill(&action.execution);
    proposal
}

/// The agency a proposal is put to: the first that carries the procedure out, else the one that publishes it.
fn agency(procedure: &Procedure) -> String {
    let first = procedure.agency.split(';').map(str::trim).find(|a| !a.is_empty());
    first.unwrap_or(procedure.publisher.trim()).to_owned()
}

/// Values of the placeholders, in both languages.
struct Words(Vec<(&'static str, Bilingual)>);

impl Words {
    fn of(inputs: &Inputs, index: &Index, procedure: &Procedure, proposal: &Proposal, cases: &[Case]) -> Words {
        let same = |text: String| Bilingual { vi: text.clone(), en: text };
        let kept = |c: &Case| -> Vec<String> {
            if c.keepers.is_empty() {
                c.finding.related.clone()
            } else {
                c.keepers.iter().map(ToString::to_string).collect()
            }
        };
        let related: Vec<String> = cases.iter().flat_map(kept).collect();
        let related: BTreeSet<&str> = related.iter().filter_map(|id| index.texts.get(id.as_str()).copied()).collect();
        let related: Vec<String> = related.into_iter().map(|t| format!("“{}”", shortened(t))).collect();
        let source = |get: fn(&Bilingual) -> &str| {
            let titles = inputs.book.sources.iter().filter(|s| proposal.sources.contains(&s.source));
            titles.map(|s| get(&s.title).to_owned()).collect::<Vec<_>>().join(", ")
        };
        let mut messages: Vec<&Bilingual> = Vec::new();
        for case in cases.iter().filter(|c| !c.finding.message.vi.is_empty()) {
            if !messages.contains(&&case.finding.message) {
                messages.push(&case.finding.message);
            }
        }
        let message = |get: fn(&Bilingual) -> &str| messages.iter().map(|m| get(m)).collect::<Vec<_>>().join(" ");
        let cited: Vec<&str> = proposal.amendments.iter().map(|a| a.cited.as_str()).collect();
        let documents =
            if cited.is_empty() { inputs.actions.documents.unnamed.clone() } else { same(cited.join("; ")) };
        Words(vec![
            ("{item}", same(shortened(&proposal.text))),
            ("{procedure}", same(procedure.name.clone())),
            ("{related}", same(related.join("; "))),
            ("{source}", Bilingual { vi: source(|b| &b.vi), en: source(|b| &b.en) }),
            ("{ground}", cite_grounds(&proposal.grounds, inputs)),
            ("{finding}", Bilingual { vi: message(|b| &b.vi), en: message(|b| &b.en) }),
            ("{documents}", documents),
        ])
    }

    fn fill(&self, template: &Bilingual) -> Bilingual {
        let fill = |text: &str, get: fn(&Bilingual) -> &str| fill(text, &self.0, get).trim().to_owned();
        Bilingual { vi: fill(&template.vi, |b| &b.vi), en: fill(&template.en, |b| &b.en) }
    }

    fn reason(&self, action: &Action, data: &Data, readiness: Readiness) -> Bilingual {
        let is_groundless = data.lacks_ground && !action.groundless.vi.is_empty();
        let mut reason = self.fill(if is_groundless { &action.groundless } else { &action.reason });
        if readiness == Readiness::ReplaceWhenConnected && !action.pending.vi.is_empty() {
            let pending = self.fill(&action.pending);
            reason =
                Bilingual { vi: format!("{} {}", reason.vi, pending.vi), en: format!("{} {}", reason.en, pending.en) };
        }
        reason
    }
}

/// Grounds as officials cite them, with their last day where they have one: `khoản 10 Điều 4 Nghị quyết số 66.7/2025/NQ-CP (…)`
/// for `66.7/2025/NQ-CP khoản 10 Điều 4`.
fn cite_grounds(grounds: &[String], inputs: &Inputs) -> Bilingual {
    let documents = &inputs.actions.documents;
    let cite = |ground: &String, get: fn(&Bilingual) -> &str, format: &str| {
        let (number, article) = ground.split_once(' ').unwrap_or((ground, ""));
        let end = inputs.book.grounds.iter().find(|g| g.document == number).and_then(|g| g.valid_to);
        let until = |day: Date| get(&documents.until).replace("{date}", &day.strftime(format).to_string());
        let parts = [article.to_owned(), documents.cite(number), end.map_or_else(String::new, until)];
        parts.iter().filter(|p| !p.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
    };
    let all = |get: fn(&Bilingual) -> &str, format: &str| {
        grounds.iter().map(|g| cite(g, get, format)).collect::<Vec<_>>().join("; ")
    };
    Bilingual { vi: all(|b| &b.vi, "%d/%m/%Y"), en: all(|b| &b.en, "%Y-%m-%d") }
}

/// Fills placeholders in one pass, so that braces inside a value stay what they are.
fn fill(template: &str, words: &[(&'static str, Bilingual)], get: fn(&Bilingual) -> &str) -> String {
    let mut filled = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        filled.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((name, value)) = words.iter().find(|(name, _)| rest.starts_with(name)) {
            filled.push_str(get(value));
            rest = &rest[name.len()..];
        } else {
            filled.push('{');
            rest = &rest[1..];
        }
    }
    filled + rest
}

/// A quotation that is not longer than a line or three, cut between words.
fn shortened(text: &str) -> String {
    if text.chars().count() <= QUOTE_LIMIT {
        return text.to_owned();
    }
    let cut: String = text.chars().take(QUOTE_LIMIT).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end())
}

#[cfg(test)]
mod tests;
