//! The join on real names, against every pair computed by the textbook formula.

use super::work::shared;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tinhgon::rule::{ColumnNames, RuleFiles, Words};
use tinhgon::similar::{Idf, Measure, Options, near_duplicates};
use tinhgon::text::fold;
use tinhgon::{ingest, normalise};

const NAMES: usize = 5000;

/// Names of papers and of procedures of the catalogues at hand, folded, each once.
fn names() -> Vec<String> {
    let folders = ["catalogs/portal-2026", "catalogs/defence-2025/extracted"].into_iter().filter_map(shared);
    let files: Vec<_> = folders
        .flat_map(|folder| walkdir::WalkDir::new(folder).sort_by_file_name())
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .collect();
    let rules = RuleFiles::embedded();
    let (columns, words) = (ColumnNames::load(&rules).unwrap(), Words::load(&rules).unwrap());
    let raw = ingest::ingest(&files, &columns, &|_| ()).unwrap();
    let (catalog, _) = normalise::normalise(&raw.records, &words);
    let papers = catalog.procedures.iter().flat_map(|p| &p.requests).map(|r| fold(&r.text));
    let names: BTreeSet<String> = papers.chain(catalog.procedures.iter().map(|p| fold(&p.name))).collect();
    names.into_iter().filter(|name| !name.is_empty()).take(NAMES).collect()
}

/// The cosine of every pair that shares a run of three characters, weighted by occurrences and smoothed idf.
fn every_cosine(names: &[String]) -> BTreeMap<(u32, u32), f64> {
    let grams = |name: &String| -> HashMap<Vec<char>, f64> {
        let chars: Vec<char> = name.chars().collect();
        let mut counts = HashMap::new();
        chars.windows(chars.len().min(3)).for_each(|gram| *counts.entry(gram.to_vec()).or_insert(0.0) += 1.0);
        counts
    };
    let vectors: Vec<HashMap<Vec<char>, f64>> = names.iter().map(grams).collect();
    let mut holders: HashMap<&Vec<char>, Vec<(u32, f64)>> = HashMap::new();
    for (name, vector) in (0..).zip(&vectors) {
        for (gram, &count) in vector {
            holders.entry(gram).or_default().push((name, count));
        }
    }
    let n = names.len() as f64;
    let idf = |gram| ((1.0 + n) / (1.0 + holders[gram].len() as f64)).ln() + 1.0;
    let norms: Vec<f64> =
        vectors.iter().map(|v| v.iter().map(|(gram, count)| (count * idf(gram)).powi(2)).sum::<f64>().sqrt()).collect();
    let mut cosines = BTreeMap::new();
    let mut sums = vec![0.0; names.len()];
    for (a, vector) in (0u32..).zip(&vectors) {
        for (gram, count) in vector {
            let weight = count * idf(gram).powi(2);
            holders[gram].iter().for_each(|&(b, other)| sums[b as usize] += weight * other);
        }
        for (b, sum) in (0u32..).zip(&mut sums) {
            let dot = std::mem::take(sum);
            let cosine = dot / (norms[a as usize] * norms[b as usize]);
            if a < b && cosine >= 0.4 {
                cosines.insert((a, b), cosine);
            }
        }
    }
    cosines
}

#[test]
fn five_thousand_real_names_at_three_thresholds() {
    if shared("catalogs/portal-2026").is_none() {
        return;
    }
    let names = names();
    assert_eq!(names.len(), NAMES);
    let cosines = every_cosine(&names);
    let texts: Vec<&str> = names.iter().map(String::as_str).collect();
    for threshold in [0.5, 0.7, 0.85] {
        let options = Options { measure: Measure::GramCosine(Idf::Smooth), threshold };
        let found = near_duplicates(&texts, options, &|_, _| ()).pairs;
        let found: BTreeMap<(u32, u32), f64> = found.iter().map(|p| ((p.a, p.b), p.score)).collect();
        // The formula is summed in floating point: a pair this near to the threshold may be on either side.
        let slack = 1e-6;
        assert!(found.len() > 100, "{threshold}: {}", found.len());
        for (pair, score) in &found {
            assert!((cosines[pair] - score).abs() < slack, "{threshold} {pair:?}: {score}");
        }
        for (pair, cosine) in cosines.iter().filter(|(_, cosine)| **cosine >= threshold + slack) {
            assert!(
                found.contains_key(pair),
                "{threshold}: {cosine} {} | {}",
                names[pair.0 as usize],
                names[pair.1 as usize]
            );
        }
    }
}
