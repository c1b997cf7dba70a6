//! A catalogue out of templates: as many procedures as wanted, with the repetitions a real one has.

use super::rng::Rng;
use crate::catalog::{Catalog, Channel, LegalBasis, Level, Procedure, Request, Step};
use crate::problem::Source;
use crate::rule::Templates;

/// A catalogue of `count` procedures; the same for the same seed.
#[must_use]
pub fn synthetic(count: u32, seed: u64, templates: &Templates) -> Catalog {
    let mut rng = Rng::new(seed);
    let mut procedures: Vec<Procedure> = (0..count).map(|at| procedure(at, &mut rng, templates)).collect();
    procedures.sort_by(|a, b| a.id.cmp(&b.id));
    Catalog { procedures }
}

/// One procedure; its number gives its code, `d.dddddd`.
pub(super) fn procedure(number: u32, rng: &mut Rng, templates: &Templates) -> Procedure {
    let words = Words {
        act: rng.pick(&templates.acts).to_owned(),
        object: rng.pick(&templates.objects).to_owned(),
        subject: rng.pick(&templates.subjects).to_owned(),
        place: rng.pick(&templates.places).to_owned(),
        agency: rng.pick(&templates.agencies).to_owned(),
    };
    let code = format!("{}.{:06}", 1 + number / 1_000_000, number % 1_000_000);
    let source = Source { file: format!("{code}.json"), row: Some(1), id: None };
    let mut rows: Vec<&String> = templates.requests.iter().collect();
    rng.shuffle(&mut rows);
    let requests = rows.into_iter().take(2 + rng.below(7)).zip(1..);
    let number_of_steps = 3 + rng.below(templates.steps.len().saturating_sub(2));
    let levels = [vec![Level::Province], vec![Level::Commune], vec![Level::Province, Level::Commune]];
    let days = [3, 5, 7, 10, 15, 20, 30][rng.below(7)];
    let fee = [0, 0, 0, 50_000, 100_000, 200_000, 1_000_000][rng.below(7)];
    Procedure {
        name: words.fill("{act} {object} {subject} {place}"),
        field: rng.pick(&templates.fields).to_owned(),
        agency: words.agency.clone(),
        publisher: words.agency.clone(),
        levels: rng.pick(&levels).clone(),
        sources: vec![source.file.clone()],
        requests: requests
            .map(|(text, position)| {
                request(position, words.fill(text), text.starts_with(&templates.copy_head), &source)
            })
            .collect(),
        steps: templates
            .steps
            .iter()
            .take(number_of_steps)
            .zip(1..)
            .map(|(text, position)| step(position, words.fill(text), &source))
            .collect(),
        channels: ["direct", "online", "postal"]
            .iter()
            .take(1 + rng.below(3))
            .map(|name| channel(name, days, fee, &source))
            .collect(),
        legal_bases: vec![LegalBasis {
            document_no: format!("{}/20{}/NĐ-CP", 1 + rng.below(180), 15 + rng.below(10)),
            title: String::new(),
            source: source.clone(),
        }],
        id: code.clone(),
        code_as_written: code.clone(),
        code,
        source,
        ..Procedure::default()
    }
}

fn request(position: u32, text: String, is_copy: bool, source: &Source) -> Request {
    Request {
        case_index: 1,
        position,
        text,
        originals: Some(u32::from(!is_copy)),
        copies: Some(u32::from(is_copy)),
        source: Source { row: Some(position), ..source.clone() },
        ..Request::default()
    }
}

fn step(position: u32, text: String, source: &Source) -> Step {
    Step { position, text, label: format!("Bước {position}"), source: source.clone(), ..Step::default() }
}

fn channel(name: &str, days: u32, fee: i64, source: &Source) -> Channel {
    Channel {
        channel: name.to_owned(),
        duration_value: Some(f64::from(days)),
        duration_unit: "working_day".to_owned(),
        fee_vnd: Some(fee),
        text: String::new(),
        source: source.clone(),
    }
}

struct Words {
    act: String,
    object: String,
    subject: String,
    place: String,
    agency: String,
}

impl Words {
    fn fill(&self, template: &str) -> String {
        let lower = |text: &str| text.to_lowercase();
        let act = if template.starts_with("{act}") { self.act.clone() } else { lower(&self.act) };
        template
            .replace("{act}", &act)
            .replace("{object}", &self.object)
            .replace("{subject}", &self.subject)
            .replace("{place}", &self.place)
            .replace("{agency}", &self.agency)
    }
}
