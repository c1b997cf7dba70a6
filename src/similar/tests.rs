//! The join against a comparison of every pair with every other.

use super::kernel::{Cosine, Jaccard, Kernel};
use super::rows::Rows;
use super::weights::Vocabulary;
use super::*;
use proptest::prelude::*;

fn quiet(_: u64, _: u64) {}

const MEASURES: [Measure; 5] = [
    Measure::GramCosine(Idf::Smooth),
    Measure::GramCosine(Idf::Plain),
    Measure::GramCosineFolded(Idf::Smooth),
    Measure::WordJaccard(Idf::Smooth),
    Measure::WordJaccard(Idf::Plain),
];

/// Every pair by its definition: no index, no bound.
fn brute_force(fitted: &[&str], texts: &[&str], options: Options) -> Vec<Pair> {
    match options.measure {
        Measure::WordJaccard(_) => brute_force_with::<Jaccard>(fitted, texts, options),
        _ => brute_force_with::<Cosine>(fitted, texts, options),
    }
}

fn brute_force_with<K: Kernel>(fitted: &[&str], texts: &[&str], options: Options) -> Vec<Pair> {
    let mut vocabulary = Vocabulary::fit(options.measure, fitted);
    vocabulary.grow(texts);
    let rows = Rows::of::<K>(&vocabulary, texts, 0);
    let mut pairs = Vec::new();
    for i in 0..rows.len() {
        let (tokens, counts) = rows.get(i);
        let mut of_i = vec![0u8; vocabulary.weights().len()];
        tokens.iter().zip(counts).for_each(|(&t, &n)| of_i[t as usize] = n);
        for j in 0..i {
            let (tokens, counts) = rows.get(j);
            let overlap = |(&t, &n): (&u32, &u8)| {
                K::overlap(of_i[t as usize].into(), n.into(), vocabulary.weights()[t as usize].into())
            };
            let score = K::score(tokens.iter().zip(counts).map(overlap).sum(), rows.masses[i], rows.masses[j]);
            if score >= options.threshold {
                let (a, b) = (rows.texts[i].min(rows.texts[j]), rows.texts[i].max(rows.texts[j]));
                let numbers_differ = numbers_differ(texts[a as usize], texts[b as usize]);
                pairs.push(Pair { a, b, score, numbers_differ });
            }
        }
    }
    pairs.sort_unstable_by_key(|p| (p.a, p.b));
    pairs
}

fn options() -> impl Strategy<Value = Options> {
    let threshold = prop_oneof![0.3..=1.0, Just(1.0), Just(0.5), Just(0.75), Just(0.85), Just(0.05)];
    (0..MEASURES.len(), threshold).prop_map(|(m, threshold)| Options { measure: MEASURES[m], threshold })
}

/// Few letters, so that much is shared; repeats of one letter, so that counts are high; words and numbers.
fn texts(most: usize) -> impl Strategy<Value = Vec<String>> {
    let text = prop_oneof![
        "[ab ]{0,12}",
        "[abcá]{0,6}( [abđd]{1,4}){0,4}",
        "(a{1,40}|b{1,9}| ){0,4}",
        "(đơn |xin |cấp |thẻ |sổ |01 |02 |mẫu ){0,9}",
    ];
    proptest::collection::vec(text, 0..most)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn the_join_is_every_pair(texts in texts(40), options in options()) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found = near_duplicates(&texts, options, &quiet);
        let expected = brute_force(&found.distinct.texts, &found.distinct.texts, options);
        prop_assert_eq!(found.pairs, expected);
    }

    #[test]
    fn an_extended_index_is_one_join(old in texts(20), new in texts(20), newest in texts(8), options in options()) {
        let old: Vec<&str> = old.iter().map(String::as_str).collect();
        let new: Vec<&str> = new.iter().map(String::as_str).collect();
        let newest: Vec<&str> = newest.iter().map(String::as_str).collect();
        let (mut index, mut pairs) = Index::build(&old, options, &quiet);
        let asked = index.join(&new, &quiet);
        let added = index.extend(&new, &quiet);
        prop_assert_eq!(&asked, &added);
        pairs.extend(added);
        pairs.extend(index.extend(&newest, &quiet));
        pairs.sort_unstable_by_key(|p| (p.a, p.b));
        let all = [old.clone(), new, newest].concat();
        prop_assert_eq!(index.len(), all.len());
        prop_assert_eq!(pairs, brute_force(&old, &all, options));
    }
}
