//! A run for other systems: the newest catalogue in CPSV-AP 3.2 with the evidence types of CCCEV 2 (JSON-LD), the tables as a
//! Frictionless data package, and the run as an RO-Crate with its provenance. Vocabularies are named in the file itself, so
//! that it can be read without a network.

use super::run_folder::RunFolder;
use crate::error::{Error, Result};
use crate::output::MANIFEST;
use crate::rule::{RuleBook, RuleFiles};
use crate::table::Table;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Vietnam in the Publications Office's list of administrative units, the place where the bodies are competent.
const PLACE: &str = "http://publications.europa.eu/resource/authority/country/VNM";

fn print(value: &Value, name: &str) -> Result<String> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|e| Error::Table { path: PathBuf::from(name), message: e.to_string() })?;
    Ok(text + "\n")
}

fn vietnamese(text: &str) -> Value {
    json!({ "@value": text, "@language": "vi" })
}

fn node(id: &str) -> Value {
    json!({ "@id": id })
}

/// An identifier from the words of the catalogue; characters that a URN does not hold are percent-encoded.
fn urn(kind: &str, id: &str) -> String {
    let encoded: String = id
        .bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(b).to_string(),
            b => format!("%{b:02X}"),
        })
        .collect();
    format!("urn:tthc:{kind}:{encoded}")
}

/// The newest catalogue: public services, bodies, evidence (each dossier row) and its types (kinds of papers), channels,
/// outputs and legal resources.
///
/// # Errors
/// When a table of the run is missing or broken, or a rule file is wrong.
pub fn cpsv(run: &RunFolder, rules: &RuleFiles) -> Result<String> {
    let mut graph = Vec::new();
    let book = RuleBook::load(rules)?;
    let kinds = kinds_by_request(run)?;
    for kind in &book.kinds {
        let label = json!([vietnamese(&kind.title.vi), { "@value": kind.title.en, "@language": "en" }]);
        let class = urn("evidence-class", &kind.kind);
        graph.push(json!({
            "@id": urn("evidence-type", &kind.kind), "@type": "cv:EvidenceType", "dct:identifier": kind.kind,
            "skos:prefLabel": label, "cv:evidenceTypeClassification": node(&class),
        }));
        graph.push(json!({ "@id": class, "@type": "skos:Concept", "skos:prefLabel": label }));
    }
    let mut parts: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    evidence(run, &kinds, &mut graph, &mut parts)?;
    channels(run, &mut graph, &mut parts)?;
    outputs(run, &mut graph, &mut parts)?;
    legal(run, &mut graph, &mut parts)?;
    services(run, &mut graph, &mut parts)?;
    let context = json!({
        "cpsv": "http://purl.org/vocab/cpsv#", "cv": "http://data.europa.eu/m8g/", "dct": "http://purl.org/dc/terms/",
        "eli": "http://data.europa.eu/eli/ontology#", "skos": "http://www.w3.org/2004/02/skos/core#",
    });
    print(&json!({ "@context": context, "@graph": graph }), "catalog.cpsv.jsonld")
}

/// Adds a reference from a service to one of its parts.
fn link(parts: &mut BTreeMap<String, Map<String, Value>>, procedure: &str, property: &str, id: &str) {
    let own = parts.entry(procedure.to_owned()).or_default().entry(property).or_insert_with(|| json!([]));
    let reference = node(id);
    if let Some(list) = own.as_array_mut()
        && !list.contains(&reference)
    {
        list.push(reference);
    }
}

fn kinds_by_request(run: &RunFolder) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let table = run.analysis("assessments")?;
    let mut kinds: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (request, kind) in table.texts("request_id")?.into_iter().zip(table.texts("kind")?) {
        if !kind.is_empty() {
            kinds.entry(request).or_default().insert(kind);
        }
    }
    Ok(kinds)
}

type Parts = BTreeMap<String, Map<String, Value>>;

fn evidence(
    run: &RunFolder,
    kinds: &BTreeMap<String, BTreeSet<String>>,
    graph: &mut Vec<Value>,
    parts: &mut Parts,
) -> Result<()> {
    let table = run.catalog("requests")?;
    let (ids, procedures) = (table.texts("request_id")?, table.texts("procedure_id")?);
    let (texts, notes) = (table.texts("text")?, table.flags("is_note")?);
    for row in (0..ids.len()).filter(|row| !notes[*row]) {
        let id = urn("evidence", &ids[row]);
        let types: Vec<String> = kinds.get(&ids[row]).into_iter().flatten().map(|k| urn("evidence-type", k)).collect();
        for kind in &types {
            link(parts, &procedures[row], "cv:hasInputType", kind);
        }
        link(parts, &procedures[row], "cpsv:hasInput", &id);
        graph.push(json!({
            "@id": id, "@type": "cv:Evidence", "dct:identifier": ids[row], "dct:title": vietnamese(&texts[row]),
            "dct:conformsTo": types.iter().map(|t| node(t)).collect::<Vec<_>>(),
        }));
    }
    Ok(())
}

fn channels(run: &RunFolder, graph: &mut Vec<Value>, parts: &mut Parts) -> Result<()> {
    let table = run.catalog("channels")?;
    let (procedures, channels, texts) = (table.texts("procedure_id")?, table.texts("channel")?, table.texts("text")?);
    for row in 0..procedures.len() {
        let identifier = format!("{}/{}/{}", procedures[row], channels[row], row + 1);
        let id = urn("channel", &identifier);
        link(parts, &procedures[row], "cv:hasChannel", &id);
        graph.push(json!({
            "@id": id, "@type": "cv:Channel", "dct:identifier": identifier,
            "dct:type": node(&urn("channel-type", &channels[row])), "dct:description": vietnamese(&texts[row]),
        }));
    }
    Ok(())
}

fn outputs(run: &RunFolder, graph: &mut Vec<Value>, parts: &mut Parts) -> Result<()> {
    let table = run.catalog("results")?;
    let (procedures, codes, titles) =
        (table.texts("procedure_id")?, table.texts("result_code")?, table.texts("title")?);
    let mut told = BTreeSet::new();
    for row in 0..procedures.len() {
        let identifier =
            format!("{}/{}", procedures[row], if codes[row].is_empty() { &titles[row] } else { &codes[row] });
        let id = urn("output", &identifier);
        link(parts, &procedures[row], "cpsv:produces", &id);
        if !told.insert(id.clone()) {
            continue;
        }
        graph.push(json!({
            "@id": id, "@type": "cv:Output", "dct:identifier": identifier, "dct:title": vietnamese(&titles[row]),
        }));
    }
    Ok(())
}

fn legal(run: &RunFolder, graph: &mut Vec<Value>, parts: &mut Parts) -> Result<()> {
    let table = run.catalog("legal_bases")?;
    let (procedures, numbers, titles) =
        (table.texts("procedure_id")?, table.texts("document_no")?, table.texts("title")?);
    let mut told = BTreeSet::new();
    for row in 0..procedures.len() {
        let number = if numbers[row].is_empty() { &titles[row] } else { &numbers[row] };
        let id = urn("legal", number);
        link(parts, &procedures[row], "cv:hasLegalResource", &id);
        if told.insert(id.clone()) {
            graph.push(json!({
                "@id": id, "@type": "eli:LegalResource", "dct:identifier": number, "dct:title": vietnamese(&titles[row]),
            }));
        }
    }
    Ok(())
}

fn services(run: &RunFolder, graph: &mut Vec<Value>, parts: &mut Parts) -> Result<()> {
    let table = run.catalog("procedures")?;
    let (ids, codes, names) = (table.texts("procedure_id")?, table.texts("code")?, table.texts("name")?);
    let (fields, agencies) = (table.texts("field")?, table.texts("agency")?);
    let bodies: BTreeSet<&String> = agencies.iter().filter(|a| !a.is_empty()).collect();
    graph.extend(bodies.into_iter().map(|body| {
        json!({
            "@id": urn("body", body), "@type": "cv:PublicOrganisation", "dct:identifier": body,
            "skos:prefLabel": vietnamese(body), "dct:spatial": node(PLACE),
        })
    }));
    for row in 0..ids.len() {
        let mut service = json!({
            "@id": urn("service", &ids[row]), "@type": "cpsv:PublicService",
            "dct:identifier": if codes[row].is_empty() { &ids[row] } else { &codes[row] },
            "dct:title": vietnamese(&names[row]),
            "dct:description": vietnamese(&format!("{} ({})", names[row], fields[row])),
        });
        if let Some(own) = service.as_object_mut() {
            if !agencies[row].is_empty() {
                own.insert("cv:hasCompetentAuthority".into(), json!([node(&urn("body", &agencies[row]))]));
            }
            own.extend(parts.remove(&ids[row]).unwrap_or_default());
        }
        graph.push(service);
    }
    Ok(())
}

/// The Parquet tables of a run with their columns and hashes, as a Frictionless data package.
///
/// # Errors
/// When a table of the run is missing or broken.
pub fn data_package(run: &RunFolder) -> Result<String> {
    let mut resources = Vec::new();
    for output in &run.manifest.outputs {
        let path = run.path().join(&output.path);
        let (Some(place), Some(name)) = (path.parent(), path.file_stem().and_then(|n| n.to_str())) else { continue };
        let is_table = path.extension().is_some_and(|e| e == "parquet");
        if !is_table || !place.join(MANIFEST).is_file() {
            continue;
        }
        let view = Table::read(place, name)?;
        let fields: Vec<Value> =
            view.kinds().into_iter().map(|(name, kind)| json!({ "name": name, "type": kind })).collect();
        let title: String = output.path.trim_end_matches(".parquet").replace('/', ".");
        resources.push(json!({
            "name": title, "path": output.path, "format": "parquet", "mediatype": "application/vnd.apache.parquet",
            "hash": format!("sha256:{}", output.sha256), "schema": { "fields": fields },
        }));
    }
    let package = json!({
        "name": "tinhgon-run", "title": run.manifest.tool, "version": run.manifest.as_of, "resources": resources,
    });
    print(&package, "datapackage.json")
}

/// The run as an RO-Crate: what was read, by which program with which rules, and what was written.
///
/// # Errors
/// Never for a run that was opened.
pub fn ro_crate(run: &RunFolder) -> Result<String> {
    let manifest = &run.manifest;
    let input = |path: &str| format!("#input/{path}");
    let mut graph = vec![
        json!({
            "@id": "ro-crate-metadata.json", "@type": "CreativeWork",
            "conformsTo": node("https://w3id.org/ro/crate/1.1"), "about": node("./"),
        }),
        json!({
            "@id": "./", "@type": "Dataset", "name": manifest.tool, "datePublished": manifest.as_of,
            "description": format!("{}; rule set {}; as of {}", manifest.tool, manifest.rules, manifest.as_of),
            "hasPart": manifest.outputs.iter().map(|o| node(&o.path)).collect::<Vec<_>>(),
            "mentions": node("#run"),
        }),
        json!({
            "@id": "#tinhgon", "@type": "SoftwareApplication", "name": "tinhgon",
            "softwareVersion": manifest.tool.trim_start_matches("tinhgon ").trim(),
        }),
        json!({ "@id": "#rules", "@type": "CreativeWork", "name": "rules", "identifier": format!("sha256:{}", manifest.rules) }),
        json!({
            "@id": "#run", "@type": "CreateAction", "instrument": [node("#tinhgon"), node("#rules")],
            "object": manifest.inputs.iter().map(|i| node(&input(&i.path))).collect::<Vec<_>>(),
            "result": node("./"), "endTime": manifest.as_of,
        }),
    ];
    graph.extend(manifest.inputs.iter().map(|i| {
        json!({
            "@id": input(&i.path), "@type": "CreativeWork", "name": i.path, "contentSize": i.bytes.to_string(),
            "encodingFormat": i.format, "identifier": format!("sha256:{}", i.sha256),
        })
    }));
    graph.extend(
        manifest
            .outputs
            .iter()
            .map(|o| json!({ "@id": o.path, "@type": "File", "identifier": format!("sha256:{}", o.sha256) })),
    );
    print(&json!({ "@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph }), "ro-crate-metadata.json")
}
