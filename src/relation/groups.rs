//! Requests that ask for the same paper, over all procedures.

use super::compare::{Kind, compare};
use super::name::{tidy, whole};
use super::paper::Paper;
use crate::output::sha256;
use crate::rule::RelationBook;
use crate::similar::{self, Cluster, Idf, Measure, Options, Pair, Progress, near_duplicates, stars};
use crate::text::fold;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A request as it is grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item<'a> {
    /// Its id.
    pub id: &'a str,
    /// The procedure it belongs to.
    pub procedure: &'a str,
    /// The agency of the procedure; empty when unknown.
    pub agency: &'a str,
    /// What is asked for, as written.
    pub text: &'a str,
    /// Names of form files, joined by `;`.
    pub form_file: &'a str,
}

/// One item of a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Member {
    /// Position among the items given.
    pub item: usize,
    /// Score against the representative, 0 to 1.
    pub score: f64,
}

/// One way the paper of a group is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    /// The name without its attributes, folded.
    pub name: String,
    /// How many items of the group write it so.
    pub items: usize,
}

/// Requests of which each is the same as the representative.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// `G-` and a hash of the representative's name: the same next year when the name is.
    pub id: String,
    /// `F-` and a hash: the family, that is the groups that ask for variants of one paper.
    pub family: String,
    /// What it is called: of the wordings of its most frequent name, folded and whole, the most frequent; of several the
    /// shortest, then the first in the alphabet.
    pub representative: String,
    /// Position of the first item that writes it so.
    pub example: usize,
    /// All items, in their order.
    pub members: Vec<Member>,
    /// How many procedures ask for it.
    pub procedures: usize,
    /// How many agencies those procedures have.
    pub agencies: usize,
    /// The spellings, most frequent first.
    pub spellings: Vec<Spelling>,
}

/// Requests written alike: compared once for all.
struct Entry {
    paper: Paper,
    items: Vec<usize>,
}

/// Groups of two items or more that ask for the same paper, largest first, then by id.
///
/// Candidates are all pairs of names whose cosine over runs of three characters, with diacritics at a quarter, reaches
/// [`candidate`](crate::rule::RelationLimits::candidate); none is lost. Each is judged by [`compare`]; the most frequent name that is
/// still free takes every free name that is the same, so that no chain forms. Papers of which neither name nor form
/// number says which they are ("đơn theo mẫu", "tài liệu liên quan") are in no group.
#[must_use]
pub fn groups(book: &RelationBook, items: &[Item], progress: Progress) -> Vec<Group> {
    let entries = entries(book, items);
    let judged = judged(book, &entries, progress);
    let names: Vec<&str> = entries.iter().map(|e| e.paper.core.as_str()).collect();
    let counts: Vec<u32> = entries.iter().map(|e| u32::try_from(e.items.len()).unwrap_or(u32::MAX)).collect();
    let pairs = |least: Kind| {
        let kept = judged.iter().filter(move |(_, kind)| *kind <= least);
        kept.map(|(pair, _)| *pair)
    };
    let mut family_of = vec![None; entries.len()];
    for family in stars(&names, &counts, pairs(Kind::Variant)) {
        for &member in &family.members {
            family_of[member as usize] = Some(family.representative as usize);
        }
    }
    let mut clusters = stars(&names, &counts, pairs(Kind::Same));
    let clustered: BTreeSet<u32> = clusters.iter().flat_map(|c| c.members.iter().copied()).collect();
    let alone = (0..).take(entries.len()).filter(|at| !clustered.contains(at));
    clusters.extend(alone.map(|at| Cluster { representative: at, members: vec![at] }));
    let mut groups: Vec<Group> = clusters
        .iter()
        .filter(|c| c.members.iter().map(|&m| entries[m as usize].items.len()).sum::<usize>() > 1)
        .map(|cluster| group(book, items, &entries, cluster, &family_of))
        .collect();
    groups.sort_by(|a, b| b.members.len().cmp(&a.members.len()).then_with(|| a.id.cmp(&b.id)));
    groups
}

/// One entry for the items that are read alike, in order of their first item.
fn entries(book: &RelationBook, items: &[Item]) -> Vec<Entry> {
    let papers: Vec<Paper> = items
        .par_iter()
        .map(|item| {
            let files: Vec<&str> = item.form_file.split(';').filter(|f| !f.is_empty()).collect();
            Paper::read(book, item.text, &files)
        })
        .collect();
    let mut entries: Vec<Entry> = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (at, paper) in papers.into_iter().enumerate() {
        if paper.core.is_empty() || (paper.is_bare() && paper.forms.is_empty()) {
            continue;
        }
        let entry = *seen.entry(paper.key(book)).or_insert_with(|| {
            entries.push(Entry { paper, items: Vec::new() });
            entries.len() - 1
        });
        entries[entry].items.push(at);
    }
    entries
}

/// Candidate pairs of entries with their relation, sorted by position.
fn judged(book: &RelationBook, entries: &[Entry], progress: Progress) -> Vec<(Pair, Kind)> {
    let cores: Vec<&str> = entries.iter().map(|e| e.paper.core.as_str()).collect();
    let options = Options { measure: Measure::GramCosineFolded(Idf::Smooth), threshold: book.limits.candidate };
    let found = near_duplicates(&cores, options, progress);
    let mut entries_of: Vec<Vec<u32>> = vec![Vec::new(); found.distinct.texts.len()];
    for (entry, &text) in (0..).zip(&found.distinct.of_row) {
        entries_of[text as usize].push(entry);
    }
    let across = found.pairs.par_iter().flat_map_iter(|pair| {
        let (left, right) = (&entries_of[pair.a as usize], &entries_of[pair.b as usize]);
        left.iter().flat_map(move |&a| right.iter().map(move |&b| (a.min(b), a.max(b), *pair)))
    });
    let within = entries_of.par_iter().flat_map_iter(|entries| {
        let pair = Pair { a: 0, b: 0, score: 1.0, numbers_differ: false };
        entries.iter().enumerate().flat_map(move |(i, &a)| entries[i + 1..].iter().map(move |&b| (a, b, pair)))
    });
    let judge = |(a, b, pair): (u32, u32, Pair)| {
        let relation = compare(book, &entries[a as usize].paper, &entries[b as usize].paper);
        (relation.kind != Kind::Different).then_some((similar::Pair { a, b, ..pair }, relation.kind))
    };
    let mut judged: Vec<(Pair, Kind)> = across.chain(within).filter_map(judge).collect();
    judged.par_sort_unstable_by_key(|(pair, _)| (pair.a, pair.b));
    judged
}

fn group(
    book: &RelationBook,
    items: &[Item],
    entries: &[Entry],
    cluster: &Cluster,
    families: &[Option<usize>],
) -> Group {
    let best = &entries[cluster.representative as usize];
    let mut members = Vec::new();
    let mut spellings: BTreeMap<String, usize> = BTreeMap::new();
    for entry in cluster.members.iter().map(|&m| &entries[m as usize]) {
        let score = compare(book, &best.paper, &entry.paper).score;
        members.extend(entry.items.iter().map(|&item| Member { item, score }));
        *spellings.entry(tidy(&entry.paper.core)).or_default() += entry.items.len();
    }
    members.sort_by_key(|m| m.item);
    let mut spellings: Vec<Spelling> = spellings.into_iter().map(|(name, items)| Spelling { name, items }).collect();
    spellings.sort_by(|a, b| b.items.cmp(&a.items).then_with(|| a.name.cmp(&b.name)));
    let distinct = |of: fn(&Item) -> String| {
        let all: BTreeSet<String> = members.iter().map(|m| of(&items[m.item])).filter(|v| !v.is_empty()).collect();
        all.len()
    };
    let family = families[cluster.representative as usize].map_or(best, |at| &entries[at]);
    Group {
        id: id('G', &best.paper.key(book)),
        family: id('F', &family.paper.key(book)),
        representative: wording(items, best),
        example: best.items[0],
        procedures: distinct(|item| item.procedure.to_owned()),
        agencies: distinct(|item| item.agency.to_owned()),
        members,
        spellings,
    }
}

/// The most frequent whole wording of a name; of several the shortest, then the first in the alphabet.
fn wording(items: &[Item], entry: &Entry) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for &item in &entry.items {
        *counts.entry(whole(&entry.paper.core, &fold(items[item].text))).or_default() += 1;
    }
    let best = counts.into_iter().max_by(|(a, n), (b, m)| n.cmp(m).then(b.len().cmp(&a.len())).then(b.cmp(a)));
    best.map(|(name, _)| name).unwrap_or_default()
}

fn id(letter: char, key: &str) -> String {
    format!("{letter}-{}", &sha256(key.as_bytes())[..12])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleFiles;

    fn items<'a>(texts: &[(&'a str, &'a str)]) -> Vec<Item<'a>> {
        let item =
            |&(procedure, text): &(&'a str, &'a str)| Item { id: text, procedure, agency: "", text, form_file: "" };
        texts.iter().map(item).collect()
    }

    fn named<'a>(groups: &[Group], items: &[Item<'a>]) -> Vec<(String, Vec<&'a str>)> {
        let members = |g: &Group| {
            let mut texts: Vec<&str> = g.members.iter().map(|m| items[m.item].text).collect();
            texts.sort_unstable();
            texts
        };
        groups.iter().map(|g| (g.id.clone(), members(g))).collect()
    }

    #[test]
    fn groups_hold_the_same_and_families_variants() {
        let book = RelationBook::load(&RuleFiles::embedded()).unwrap();
        let items = items(&[
            ("1", "Bản sao thẻ hội viên câu lạc bộ"),
            ("2", "- Thẻ hội viên câu lạc bộ (bản sao có chứng thực)"),
            ("2", "Đơn theo mẫu"),
            ("3", "Đơn theo mẫu"),
            ("3", "Đơn đề nghị cấp thẻ hội viên"),
            ("4", "a) Đơn đề nghị cấp thẻ hội viên;"),
            ("5", "Đơn đề nghị cấp lại thẻ hội viên"),
            ("6", "Đơn đề nghị cấp lại thẻ hội viên theo Mẫu số 02"),
            // a remark that tells an activity, and a row that leads into a list: not the form itself
            ("7", "Đơn đề nghị (bổ sung) cấp thẻ hội viên"),
            ("8", "Đơn đề nghị cấp thẻ hội viên, gồm:"),
        ]);
        let groups = groups(&book, &items, &|_, _| {});
        let sizes: Vec<usize> = groups.iter().map(|g| g.members.len()).collect();
        assert_eq!(sizes, [2, 2, 2], "{groups:#?}");
        assert!(groups.iter().all(|g| g.procedures == 2));
        let families: BTreeSet<&str> = groups.iter().map(|g| g.family.as_str()).collect();
        assert_eq!(families.len(), 2, "{groups:#?}");
    }

    #[test]
    fn the_order_of_the_items_does_not_matter() {
        let book = RelationBook::load(&RuleFiles::embedded()).unwrap();
        let texts = [
            ("1", "Giấy phép khai thác bến"),
            ("2", "Bản sao giấy phép khai thác bến"),
            ("3", "Giấy phép khai thác bến đã cấp"),
            ("4", "Ảnh 3x4"),
            ("5", "02 ảnh 3 x 4 cm"),
            ("6", "02 ảnh 4x6"),
        ];
        let forward = items(&texts);
        let backward: Vec<Item> = forward.iter().rev().copied().collect();
        let one = groups(&book, &forward, &|_, _| {});
        let other = groups(&book, &backward, &|_, _| {});
        assert!(!one.is_empty());
        assert_eq!(named(&one, &forward), named(&other, &backward));
    }
}
