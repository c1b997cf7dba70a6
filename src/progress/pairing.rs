//! The work behind [`match_catalogs`](super::match_catalogs): who is still free, who resembles whom.

use super::matching::{Fate, Match, MatchedBy, Matching};
use super::profile::{Likeness, Profile, Profiles, likeness};
use super::words::Bag;
use crate::catalog::{Catalog, Level};
use crate::rule::ProgressRules;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// A side of the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Before,
    After,
}

/// Matches in the making.
pub(super) struct Pairing<'a> {
    before: &'a Catalog,
    after: &'a Catalog,
    profiles: &'a Profiles,
    rules: &'a ProgressRules,
    matches: Vec<Match>,
    /// The match of each procedure before and after.
    of_before: Vec<Option<usize>>,
    of_after: Vec<Option<usize>>,
    index: Index,
}

impl<'a> Pairing<'a> {
    pub(super) fn new(
        before: &'a Catalog,
        after: &'a Catalog,
        profiles: &'a Profiles,
        rules: &'a ProgressRules,
    ) -> Self {
        Pairing {
            before,
            after,
            profiles,
            rules,
            matches: Vec::new(),
            of_before: vec![None; before.procedures.len()],
            of_after: vec![None; after.procedures.len()],
            index: Index::default(),
        }
    }

    fn like(&self, b: usize, a: usize) -> Likeness {
        likeness(&self.profiles.before[b], &self.profiles.after[a], &self.profiles.words, self.rules)
    }

    fn add(&mut self, b: usize, a: usize, by: MatchedBy, likeness: Likeness) {
        self.of_before[b] = Some(self.matches.len());
        self.of_after[a] = Some(self.matches.len());
        self.matches.push(Match { before: vec![b], after: vec![a], fate: Fate::Kept, by, likeness });
    }

    /// Pairs two procedures of one code, unless nothing but the code is the same.
    pub(super) fn pair_by_code(&mut self, b: usize, a: usize, by: MatchedBy) {
        let likeness = self.like(b, a);
        let is_reused = likeness.requests.is_some()
            && likeness.legal.is_none_or(|l| l == 0)
            && likeness.score < self.rules.matching.scores.code_reused;
        if !is_reused {
            self.add(b, a, by, likeness);
        }
    }

    /// One more procedure before that went into a procedure after.
    pub(super) fn join_before(&mut self, b: usize, a: usize, fate: Fate) {
        if let Some(at) = self.of_after[a] {
            self.of_before[b] = Some(at);
            self.matches[at].before.push(b);
            let is_plain = self.matches[at].fate == Fate::Kept;
            self.matches[at].fate = if is_plain || self.matches[at].fate == fate { fate } else { Fate::Merged };
        }
    }

    /// One more procedure after that came out of a procedure before.
    pub(super) fn join_after(&mut self, b: usize, a: usize) {
        if let Some(at) = self.of_before[b] {
            self.of_after[a] = Some(at);
            self.matches[at].after.push(a);
            self.matches[at].fate = Fate::Split;
        }
    }

    fn free(&self, side: Side) -> Vec<usize> {
        let taken = if side == Side::Before { &self.of_before } else { &self.of_after };
        (0..taken.len()).filter(|at| taken[*at].is_none()).collect()
    }

    /// Pairs those without a partner of the same code whose likeness is near the best that either has, over all procedures:
    /// a new procedure that resembles another one clearly more than a vanished one is no successor of the latter.
    pub(super) fn by_content(&mut self) {
        let (free_before, free_after) = (self.free(Side::Before), self.free(Side::After));
        if free_before.is_empty() && free_after.is_empty() {
            return;
        }
        self.index = Index::of(self.profiles, self.rules);
        let best_before = self.nearest(&free_before, Side::Before);
        let best_after = self.nearest(&free_after, Side::After);
        let scores = self.rules.matching.scores;
        let mut pairs: Vec<(Likeness, usize, usize)> = Vec::new();
        let top_after = tops(&free_after, &best_after);
        let top_before = tops(&free_before, &self.open_to(&best_before));
        for (b, found) in free_before.iter().zip(&best_before) {
            let other = top_before.get(b).copied().unwrap_or_default();
            for (a, likeness) in found.iter().filter(|(a, l)| self.of_after[*a].is_none() && l.score >= scores.recoded)
            {
                let rival = top_after.get(a).copied().unwrap_or_default();
                if likeness.score + scores.rival_margin >= rival.max(other) {
                    pairs.push((*likeness, *b, *a));
                }
            }
        }
        pairs.sort_by(|x, y| {
            let by_score = (y.0.score, y.0.name).cmp(&(x.0.score, x.0.name));
            by_score.then_with(|| (x.1, x.2).cmp(&(y.1, y.2)))
        });
        for (likeness, b, a) in pairs {
            if self.of_before[b].is_none() && self.of_after[a].is_none() {
                let by = if likeness.name == 100 { MatchedBy::Name } else { MatchedBy::Content };
                self.add(b, a, by, likeness);
            }
        }
    }

    /// Without those procedures after that their own partner resembles at least as much: they need no other ancestor,
    /// unless they bear the very name.
    fn open_to(&self, found: &[Vec<(usize, Likeness)>]) -> Vec<Vec<(usize, Likeness)>> {
        let is_open = |(a, l): &&(usize, Likeness)| {
            l.name == 100 || self.of_after[*a].is_none_or(|at| self.matches[at].likeness.score < l.score)
        };
        found.iter().map(|found| found.iter().filter(is_open).copied().collect()).collect()
    }

    /// For each procedure of one side those of the other that share rare keys with it, with their likeness.
    fn nearest(&self, free: &[usize], side: Side) -> Vec<Vec<(usize, Likeness)>> {
        free.par_iter()
            .map(|at| {
                let (own, others) = match side {
                    Side::Before => (&self.profiles.before[*at], &self.index.after),
                    Side::After => (&self.profiles.after[*at], &self.index.before),
                };
                let candidates = self.index.candidates(own, others, self.rules.matching.limits.candidates);
                let like = |other: usize| match side {
                    Side::Before => self.like(*at, other),
                    Side::After => self.like(other, *at),
                };
                candidates.into_iter().map(|other| (other, like(other))).collect()
            })
            .collect()
    }

    /// New procedures put together from several that are gone: no one of these resembles them enough, all together do.
    pub(super) fn assemble(&mut self) {
        let free = self.free(Side::After);
        let found = self.nearest(&free, Side::After);
        for (a, mut candidates) in free.into_iter().zip(found) {
            // What is nearly the same as one that lives on came out of that one.
            if candidates
                .iter()
                .any(|(b, l)| self.of_before[*b].is_some() && l.score >= self.rules.matching.scores.twin)
            {
                continue;
            }
            candidates.retain(|(b, _)| self.of_before[*b].is_none());
            candidates.sort_by_key(|(b, l)| (Reverse(l.score), *b));
            let whole = &self.profiles.after[a];
            let part = |b: usize| &self.profiles.before[b];
            let is_completed = |stem: usize| {
                let others = candidates.iter().filter(|(b, _)| *b != stem);
                others.map(|(b, _)| Gained::between(part(stem), whole, part(*b), self)).any(|g| g.speaks(self.part()))
            };
            let stem = candidates.iter().find(|(b, _)| self.is_within(part(*b), whole) && is_completed(*b)).copied();
            if let Some((b, likeness)) = stem {
                self.add(b, a, MatchedBy::Content, likeness);
            }
        }
    }

    fn part(&self) -> u32 {
        self.rules.matching.scores.part
    }

    /// Whether a procedure stands in a larger one: its name, or most of its rows.
    fn is_within(&self, small: &Profile, large: &Profile) -> bool {
        let name = self.profiles.words.contained(&small.name_bag, &large.name_bag);
        name >= self.part() || self.profiles.words.contained(&small.requests, &large.requests) >= self.part()
    }

    /// Procedures that are gone and whose content lives on in another one; each has to add something of its own.
    pub(super) fn merges(&mut self) {
        let free = self.free(Side::Before);
        let found = self.nearest(&free, Side::Before);
        let mut ways: Vec<(u32, u32, usize, usize)> = Vec::new();
        for (b, candidates) in free.into_iter().zip(found) {
            for (a, likeness) in candidates.into_iter().filter(|(a, _)| self.of_after[*a].is_some()) {
                ways.extend(self.merge_fate(b, a).map(|(share, _)| (share, likeness.score, b, a)));
            }
        }
        ways.sort_by_key(|(share, score, b, a)| (Reverse(*share), Reverse(*score), *b, *a));
        for (_, _, b, a) in ways {
            if self.of_before[b].is_none()
                && let Some((_, fate)) = self.merge_fate(b, a)
            {
                self.join_before(b, a, fate);
            }
        }
    }

    /// Procedures that are new and whose content came out of another one.
    pub(super) fn splits(&mut self) {
        let free = self.free(Side::After);
        let found = self.nearest(&free, Side::After);
        for (a, candidates) in free.into_iter().zip(found) {
            let best = candidates
                .into_iter()
                .filter(|(b, _)| self.of_before[*b].is_some())
                .filter_map(|(b, l)| self.split_share(b, a).map(|share| (share, l.score, b)))
                .max_by(|x, y| (x.0, x.1).cmp(&(y.0, y.1)).then_with(|| y.2.cmp(&x.2)));
            if let Some((_, _, b)) = best {
                self.join_after(b, a);
            }
        }
    }

    /// Whether the vanished `b` went into `a`: it was the twin of what `a` was before, or `a` gained what only `b` had.
    fn merge_fate(&self, b: usize, a: usize) -> Option<(u32, Fate)> {
        let at = self.of_after[a]?;
        let stem = *self.matches[at].before.first()?;
        let (gone, new) = (&self.profiles.before[b], &self.profiles.after[a]);
        let old = &self.profiles.before[stem];
        let words = &self.profiles.words;
        let scores = self.rules.matching.scores;
        let is_twin = gone.name == old.name && likeness(gone, old, words, self.rules).score >= scores.twin;
        if is_twin && self.is_taken_over(b, a) {
            let suffix = |at: usize| self.before.procedures[at].code_suffix.as_str();
            let is_elsewhere = suffix(b) != suffix(stem) && !suffix(b).is_empty() && !suffix(stem).is_empty();
            return Some((100, if is_elsewhere { Fate::Territorial } else { Fate::Merged }));
        }
        let joined = self.matches[at].before.iter().map(|p| &self.profiles.before[*p]);
        let gained = Gained::between(&Profile::sum(joined), new, gone, self);
        gained.speaks(scores.part).then_some((gained.share(), Fate::Merged))
    }

    /// Whether `a` is carried out where the vanished `b` was: at one of its levels, or its levels are no more.
    fn is_taken_over(&self, b: usize, a: usize) -> bool {
        let (from, to) = (&self.before.procedures[b].levels, &self.after.procedures[a].levels);
        from.is_empty() || to.is_empty() || from.contains(&Level::District) || from.iter().any(|l| to.contains(l))
    }

    /// Whether the new `a` came out of `b`: what `b` lost is in it.
    fn split_share(&self, b: usize, a: usize) -> Option<u32> {
        let at = self.of_before[b]?;
        let heir = *self.matches[at].after.first()?;
        let (new, old, rest) = (&self.profiles.after[a], &self.profiles.before[b], &self.profiles.after[heir]);
        let lost = Gained::between(rest, old, new, self);
        (lost.speaks(self.part()) || self.is_cut_by_audience(old, rest, new)).then_some(lost.share())
    }

    /// The name was narrowed in two ways while the whole dossier stayed in both: one procedure for each of two audiences.
    fn is_cut_by_audience(&self, old: &Profile, rest: &Profile, new: &Profile) -> bool {
        let words = &self.profiles.words;
        let twin = self.rules.matching.scores.twin;
        let is_narrowed = |p: &Profile| p.name != old.name && words.contained(&old.name_bag, &p.name_bag) >= 95;
        let is_same_dossier = |p: &Profile| words.similarity(&old.requests, &p.requests) >= twin;
        is_narrowed(rest) && is_narrowed(new) && rest.name != new.name && is_same_dossier(rest) && is_same_dossier(new)
    }

    pub(super) fn finish(mut self) -> Matching {
        for b in self.free(Side::Before) {
            let likeness = Likeness::default();
            self.matches.push(Match {
                before: vec![b],
                after: vec![],
                fate: Fate::Gone,
                by: MatchedBy::Nothing,
                likeness,
            });
        }
        for a in self.free(Side::After) {
            let likeness = Likeness::default();
            self.matches.push(Match {
                before: vec![],
                after: vec![a],
                fate: Fate::New,
                by: MatchedBy::Nothing,
                likeness,
            });
        }
        let place = |m: &Match| (m.before.is_empty(), m.before.first().copied(), m.after.first().copied());
        self.matches.sort_by_key(place);
        debug_assert_eq!(self.after.procedures.len(), self.matches.iter().map(|m| m.after.len()).sum::<usize>());
        Matching { matches: self.matches }
    }
}

/// For each free procedure the best score it has with any of the other side.
fn tops(free: &[usize], found: &[Vec<(usize, Likeness)>]) -> HashMap<usize, u32> {
    let best = |found: &Vec<(usize, Likeness)>| found.iter().map(|(_, l)| l.score).max();
    free.iter().zip(found).filter_map(|(at, found)| best(found).map(|score| (*at, score))).collect()
}

/// What a procedure has more than its smaller version, and how much of it is in a third one.
struct Gained {
    /// Rows that only the larger version has and that stand in the third.
    rows_found: usize,
    /// Rows of the third, and how many of them stand in the larger version.
    own_rows: usize,
    own_found: usize,
    /// Share of the words that the larger name has more which stand in the third name; none when there are none.
    name: Option<u32>,
    /// Share of the third name in the larger one.
    name_within: u32,
}

impl Gained {
    fn between(small: &Profile, large: &Profile, third: &Profile, pairing: &Pairing) -> Gained {
        let words = &pairing.profiles.words;
        let threshold = pairing.rules.matching.scores.part;
        let has = |rows: &[Bag], row: &Bag| rows.iter().any(|r| words.similarity(r, row) >= threshold);
        // a row that only grew longer ("… only where data fails") is still there
        let whole = pairing.rules.matching.scores.contained;
        let stands_in = |row: &Bag| row.len() > 1 && small.rows.iter().any(|r| words.contained(row, r) >= whole);
        let gained: Vec<&Bag> = large.rows.iter().filter(|r| !has(&small.rows, r) && !stands_in(r)).collect();
        let more = large.name_bag.without(&small.name_bag);
        Gained {
            rows_found: gained.iter().filter(|r| has(&third.rows, r)).count(),
            own_rows: third.rows.len(),
            own_found: third.rows.iter().filter(|r| has(&large.rows, r)).count(),
            name: (!more.is_empty()).then(|| words.contained(&more, &third.name_bag)),
            name_within: words.contained(&third.name_bag, &large.name_bag),
        }
    }

    fn share(&self) -> u32 {
        super::words::percent(self.own_found as u64, self.own_rows.max(1) as u64)
    }

    /// Rows that moved over, or a name that did.
    fn speaks(&self, threshold: u32) -> bool {
        let rows_moved = self.rows_found > 0 && self.share() >= threshold;
        let names_gain = self.name.is_some_and(|n| n >= threshold);
        let half_found = self.own_rows == 0 || self.share() * 2 >= threshold;
        // A name that is nearly whole in the new one speaks alone; a likeness of names only with rows.
        if names_gain && self.name_within >= u32::midpoint(threshold, 100) + 5 {
            return true;
        }
        let name_moved = names_gain && self.name_within >= threshold;
        rows_moved || half_found && (name_moved || names_gain && self.rows_found > 0)
    }
}

/// Which procedures have a key; keys that many have are left out.
#[derive(Debug, Default)]
struct Index {
    before: HashMap<u64, Vec<u32>>,
    after: HashMap<u64, Vec<u32>>,
    common: usize,
}

impl Index {
    fn of(profiles: &Profiles, rules: &ProgressRules) -> Index {
        let common = rules.matching.limits.common_key;
        let posts = |profiles: &[Profile]| {
            let mut posts: HashMap<u64, Vec<u32>> = HashMap::new();
            for (at, profile) in profiles.iter().enumerate() {
                let at = u32::try_from(at).unwrap_or(u32::MAX);
                for key in &profile.keys {
                    let post = posts.entry(*key).or_default();
                    if post.len() <= common {
                        post.push(at);
                    }
                }
            }
            posts
        };
        let (before, after) = rayon::join(|| posts(&profiles.before), || posts(&profiles.after));
        Index { before, after, common }
    }

    /// Those that share the rarest keys: each shared key adds `1000 / number of those that have it`.
    fn candidates(&self, own: &Profile, others: &HashMap<u64, Vec<u32>>, most: usize) -> Vec<usize> {
        let mut votes: BTreeMap<u32, u64> = BTreeMap::new();
        for key in &own.keys {
            let Some(post) = others.get(key).filter(|p| p.len() <= self.common) else { continue };
            for at in post {
                *votes.entry(*at).or_default() += 1000 / post.len() as u64;
            }
        }
        let mut ranked: Vec<(u64, u32)> = votes.into_iter().map(|(at, votes)| (votes, at)).collect();
        ranked.sort_by(|x, y| y.0.cmp(&x.0).then(x.1.cmp(&y.1)));
        ranked.into_iter().take(most).map(|(_, at)| at as usize).collect()
    }
}
