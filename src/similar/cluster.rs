//! Pairs into groups, the same whatever the order of the pairs.

use super::Pair;

/// Texts that belong together, by position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// The text that stands for all: the most frequent, then the shortest, then the first in alphabetical order.
    pub representative: u32,
    /// All texts, the representative among them, in ascending order.
    pub members: Vec<u32>,
}

/// Rank of each text by frequency, length in characters and alphabet; 0 is best.
fn ranks(texts: &[&str], counts: &[u32]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..texts.len() as u32).collect();
    let lengths: Vec<usize> = texts.iter().map(|t| t.chars().count()).collect();
    order.sort_by_key(|&i| {
        let i = i as usize;
        (std::cmp::Reverse(counts[i]), lengths[i], texts[i], i)
    });
    let mut ranks = vec![0; texts.len()];
    for (rank, text) in (0..).zip(order) {
        ranks[text as usize] = rank;
    }
    ranks
}

/// Connected components: texts joined by a chain of pairs. A chain can join ends that are not alike; see [`stars`].
///
/// Clusters have two texts or more and are sorted by representative.
#[must_use]
pub fn components(texts: &[&str], counts: &[u32], pairs: impl IntoIterator<Item = Pair>) -> Vec<Cluster> {
    let mut parent: Vec<u32> = (0..texts.len() as u32).collect();
    for pair in pairs {
        let (a, b) = (root(&mut parent, pair.a), root(&mut parent, pair.b));
        parent[a.max(b) as usize] = a.min(b);
    }
    let ranks = ranks(texts, counts);
    let centre: Vec<u32> = (0..texts.len() as u32).map(|text| root(&mut parent, text)).collect();
    collect(&centre, &ranks)
}

/// Stars: the best text that is still free takes all free texts paired with it, and so on. Every member is then paired
/// with its representative, so no chain forms; two members of a star need not be paired, nor two stars far apart.
///
/// "Best" is the order of [`Cluster::representative`] among texts. Sorted as [`components`].
#[must_use]
pub fn stars(texts: &[&str], counts: &[u32], pairs: impl IntoIterator<Item = Pair>) -> Vec<Cluster> {
    let ranks = ranks(texts, counts);
    let mut partners: Vec<Vec<u32>> = vec![Vec::new(); texts.len()];
    for pair in pairs {
        partners[pair.a as usize].push(pair.b);
        partners[pair.b as usize].push(pair.a);
    }
    let mut order: Vec<u32> = (0..texts.len() as u32).collect();
    order.sort_by_key(|&text| ranks[text as usize]);
    let mut centre: Vec<Option<u32>> = vec![None; texts.len()];
    for text in order {
        if centre[text as usize].is_none() {
            centre[text as usize] = Some(text);
            for &partner in &partners[text as usize] {
                centre[partner as usize].get_or_insert(text);
            }
        }
    }
    let centre: Vec<u32> = centre.into_iter().flatten().collect();
    collect(&centre, &ranks)
}

fn root(parent: &mut [u32], mut at: u32) -> u32 {
    while parent[at as usize] != at {
        parent[at as usize] = parent[parent[at as usize] as usize];
        at = parent[at as usize];
    }
    at
}

/// Groups texts by the centre given for each, leaving out those alone.
fn collect(centre: &[u32], ranks: &[u32]) -> Vec<Cluster> {
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); centre.len()];
    for (text, &centre) in (0..).zip(centre) {
        members[centre as usize].push(text);
    }
    let mut clusters: Vec<Cluster> = members
        .into_iter()
        .filter(|members| members.len() > 1)
        .filter_map(|members| {
            let representative = members.iter().copied().min_by_key(|&text| ranks[text as usize])?;
            Some(Cluster { representative, members })
        })
        .collect();
    clusters.sort_unstable_by_key(|cluster| cluster.representative);
    clusters
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pair(a: u32, b: u32) -> Pair {
        Pair { a, b, score: 1.0, numbers_differ: false }
    }

    #[test]
    fn a_chain_is_one_component_and_two_stars() {
        let texts = ["aa", "bb", "cc", "dd", "alone"];
        let chain = [pair(0, 1), pair(1, 2), pair(2, 3)];
        let all = components(&texts, &[1, 1, 1, 1, 9], chain);
        assert_eq!(all, [Cluster { representative: 0, members: vec![0, 1, 2, 3] }]);
        let stars = stars(&texts, &[1, 1, 3, 1, 9], chain);
        assert_eq!(stars, [Cluster { representative: 2, members: vec![1, 2, 3] }]);
    }

    #[test]
    fn the_most_frequent_then_shortest_then_first_stands_for_all() {
        for (texts, counts, best) in [
            (["đơn xin", "đơn", "đơn đề nghị"], [1, 1, 2], 2),
            (["đơn xin", "đơn", "đơn đề nghị"], [1, 1, 1], 1),
            (["đơn b", "đơn a", "đơn c"], [2, 2, 1], 1),
        ] {
            assert_eq!(components(&texts, &counts, [pair(0, 1), pair(1, 2)])[0].representative, best);
        }
    }

    proptest! {
        #[test]
        fn clusters_do_not_depend_on_the_order_of_input(
            raw in proptest::collection::vec((0u32..12, 0u32..12), 0..16),
            counts in proptest::collection::vec(1u32..4, 12),
            shift in 0u32..12,
        ) {
            let names: Vec<String> = (0..12).map(|i| format!("{:x}{}", i, "x".repeat(i % 3))).collect();
            let texts: Vec<&str> = names.iter().map(String::as_str).collect();
            let pairs: Vec<Pair> = raw.iter().filter(|(a, b)| a != b).map(|&(a, b)| pair(a.min(b), a.max(b))).collect();
            // The same texts at other positions, and the pairs backwards.
            let place = |text: u32| (text * 5 + shift) % 12;
            let mut moved = texts.clone();
            let mut moved_counts = counts.clone();
            for text in 0..12u32 {
                moved[place(text) as usize] = texts[text as usize];
                moved_counts[place(text) as usize] = counts[text as usize];
            }
            let moved_pairs = pairs.iter().rev().map(|p| {
                let (a, b) = (place(p.a), place(p.b));
                pair(a.min(b), a.max(b))
            });
            let by_name = |clusters: Vec<Cluster>, texts: &[&str]| {
                let mut named: Vec<(String, Vec<String>)> = clusters.iter().map(|c| {
                    let mut members: Vec<String> = c.members.iter().map(|&m| texts[m as usize].to_owned()).collect();
                    members.sort();
                    (texts[c.representative as usize].to_owned(), members)
                }).collect();
                named.sort();
                named
            };
            for cluster in [components, stars] as [fn(&[&str], &[u32], Vec<Pair>) -> Vec<Cluster>; 2] {
                let here = by_name(cluster(&texts, &counts, pairs.clone()), &texts);
                let there = by_name(cluster(&moved, &moved_counts, moved_pairs.clone().collect()), &moved);
                prop_assert_eq!(here, there);
            }
        }
    }
}
