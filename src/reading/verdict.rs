//! One verdict a kind from everything that reaches its mentions.

use super::abroad::Abroad;
use super::grammar::{Parse, Part};
use super::judge::{Judgement, Weighed};
use super::reason::Reason;
use super::scan::{Break, Scan, Token, What, is_kind, negates};
use crate::rule::{CueClass, Kind, Strength, Verdict};

/// A row whose mentions are weighed.
pub(super) struct Row<'r> {
    pub scan: &'r Scan,
    pub parse: &'r Parse,
    pub weighed: &'r [Weighed],
    pub kinds: &'r [Kind],
}

impl Row<'_> {
    /// The verdict on one kind.
    pub(super) fn decide(&self, kind: usize) -> Judgement {
        let all: Vec<&Weighed> = self.weighed.iter().filter(|w| w.mention.kind == kind).collect();
        let is_head = |w: &&&Weighed| matches!(w.mention.part, Part::Head | Part::Loose);
        let is_name =
            |w: &&&Weighed| w.mention.strength != Strength::Weak || matches!(w.mention.part, Part::Head | Part::Loose);
        if let Some((w, (reason, cue))) = all.iter().filter(is_name).find_map(|w| w.already.map(|a| (w, a))) {
            return self.judgement(w, Verdict::Already, reason, 0.9, &[Some(cue)]);
        }
        let heads: Vec<&&Weighed> = all.iter().filter(is_head).collect();
        let open = |w: &&&&Weighed| w.exempt.is_none() && w.foreign.is_none() && w.own.is_none();
        let repeats = |w: &&&&Weighed| {
            // "The original certificate already issued (title A)" names it once more.
            let clause = |w: &Weighed| self.scan.tokens[w.mention.token].clause;
            let short = |f: &Weighed| {
                let again = w.mention.strength == Strength::Weak || self.scan.is_inside(clause(w), clause(f));
                f.own.is_some() && again
            };
            heads.first().is_some_and(|f| !open(&f) && (self.explains(f, w) || short(f)))
        };
        if let Some(w) = heads.iter().find(|w| open(w) && !repeats(w)) {
            return self.demanded(kind, w, &heads);
        }
        if let Some(w) = heads.first() {
            if let Some(own) = w.own {
                return self.judgement(w, Verdict::Keep, Reason::OwnResult, 0.85, &[Some(own)]);
            }
            if let Some(abroad) = w.foreign {
                return self.judgement(w, Verdict::Keep, Reason::Foreign, 0.85, &[abroad.cue()]);
            }
            return self.judgement(w, Verdict::Already, Reason::SomeExempt, 0.7, &[w.exempt]);
        }
        if let Some((w, own)) =
            all.iter().find_map(|w| w.own.filter(|o| self.scan.tokens[*o].has(CueClass::Then)).map(|o| (w, o)))
        {
            return self.judgement(w, Verdict::Keep, Reason::OwnResult, 0.7, &[Some(own)]);
        }
        self.not_demanded(&all)
    }

    /// A later sentence that only says more of the paper of an earlier one.
    fn explains(&self, first: &Weighed, later: &Weighed) -> bool {
        let between = &self.scan.tokens[first.mention.token..later.mention.token];
        let is_break = |b: Break| between.iter().any(|t| t.what == What::Break(b));
        let clause = self.scan.tokens[later.mention.token].clause;
        let asks = |t: &Token| {
            t.clause == clause && [CueClass::Copy, CueClass::Demand, CueClass::Must].iter().any(|c| t.has(*c))
        };
        is_break(Break::Sentence) && !is_break(Break::Item) && !is_break(Break::Line) && !between.iter().any(asks)
    }

    fn demanded(&self, kind: usize, w: &Weighed, heads: &[&&Weighed]) -> Judgement {
        let confidence = if w.mention.part == Part::Loose { 0.7 } else { 0.95 };
        if let Some(verdict) = self.kinds[kind].always {
            return self.judgement(w, verdict, Reason::NoSource, confidence, &[]);
        }
        let named = heads.iter().find(|h| h.mention.strength != Strength::Umbrella);
        let Some(named) = named else {
            if let Some(out) = self.left_out(kind) {
                return self.judgement(w, Verdict::Mention, Reason::Condition, 0.85, &[Some(out)]);
            }
            return self.judgement(w, Verdict::Partial, Reason::AnyPaper, 0.85, &[]);
        };
        // "Certificate of title or one of the papers on rights in land": the others may be any. Who names a person is alike.
        let others = heads.iter().find(|h| h.mention.strength == Strength::Umbrella && self.offers(named, h));
        if let Some(h) = others.filter(|_| self.kinds[kind].peers.is_empty()) {
            let cue = Some(h.mention.token);
            return self.judgement(named, Verdict::Partial, Reason::AnyPaper, confidence - 0.1, &[cue]);
        }
        let named = if w.mention.strength == Strength::Umbrella { named } else { w };
        let peer = self.weighed.iter().any(|p| {
            matches!(p.mention.part, Part::Head | Part::Loose) && self.kinds[kind].peers.contains(&p.mention.kind)
        });
        let asked = |p: &&usize| {
            let mention = named.mention.token;
            !self.is_excused(**p) && !self.is_of_foreigners(**p, mention) && !self.is_formality(**p, mention)
        };
        let papers = self.parse.papers.iter().find(asked);
        let other = self.kept_alternative(kind);
        // "A, its peer or a paper of equal value" asks for one thing; "proof of another thing and A or its peer" does not.
        let alternative = |u: &&usize| peer && !self.proves_before(**u, named.mention.token);
        let open = self.parse.umbrellas.iter().filter(|u| !alternative(u)).find(asked);
        let beside = papers.or(open).or(other.as_ref());
        match beside {
            Some(paper) => self.judgement(named, Verdict::Partial, Reason::Bundled, confidence - 0.1, &[Some(*paper)]),
            None => self.judgement(named, Verdict::Replace, Reason::Demanded, confidence, &[]),
        }
    }

    /// "Papers that name a person, except card A": where the row leaves the kind out by name.
    fn left_out(&self, kind: usize) -> Option<usize> {
        let named = self.weighed.iter().filter(|w| w.mention.kind == kind && w.mention.part == Part::Condition);
        named.filter_map(|w| w.mention.token.checked_sub(1)).find(|at| self.scan.tokens[*at].has(CueClass::Exclusion))
    }

    /// Whether one mention is offered in place of another before it: "or" stands between, and no further paper.
    fn offers(&self, named: &Weighed, other: &Weighed) -> bool {
        let (from, to) = (named.mention.token, other.mention.token);
        let between = self.scan.tokens.get(from + 1..to).unwrap_or_default();
        let ends =
            |t: &Token| matches!(t.what, What::Break(Break::Item | Break::Line | Break::Sentence | Break::Colon));
        between.iter().any(|t| t.has(CueClass::Or)) && !between.iter().any(|t| ends(t) || is_kind(t))
    }

    /// A paper that the row says not to submit, or that the office looks up, is not bundled with the others.
    fn is_excused(&self, paper: usize) -> bool {
        let clause = self.scan.tokens[paper].clause;
        let tokens = &self.scan.tokens;
        let excuses = |at: usize| {
            let t = &tokens[at];
            t.clause == clause
                && (negates(tokens, at) || [CueClass::Lookup, CueClass::Fallback].iter().any(|c| t.has(*c)))
        };
        (0..paper).any(excuses)
    }

    /// "Record A. Where the person is a foreigner, submit B": B is not bundled with what Vietnamese submit.
    fn is_of_foreigners(&self, paper: usize, mention: usize) -> bool {
        let (sentence, clause) = (self.scan.sentence(paper), self.scan.tokens[paper].clause);
        let foreign = |at: usize| {
            let issued = self.scan.tokens[at].has(CueClass::ForeignIssue);
            self.scan.tokens[at].clause == clause
                && if self.parse.in_condition[at] {
                    issued || self.scan.is_foreign_subject(at)
                } else {
                    issued && at > paper
                }
        };
        let elsewhere = self.scan.sentence(mention) != sentence || self.scan.tokens[mention].clause != clause;
        elsewhere && (0..self.scan.tokens.len()).any(foreign)
    }

    /// Whether a proof of something stands in front of a mention.
    fn proves_before(&self, paper: usize, mention: usize) -> bool {
        paper < mention && self.scan.tokens[paper].has(CueClass::Proof) && self.scan.tokens[paper].has(CueClass::About)
    }

    /// "Copy of A. Papers in another language must be translated": the second sentence asks for no further paper.
    fn is_formality(&self, paper: usize, mention: usize) -> bool {
        let token = &self.scan.tokens[paper];
        let has = |class: CueClass| self.scan.tokens.iter().any(|t| t.clause == token.clause && t.has(class));
        token.has(CueClass::Proof)
            && !token.has(CueClass::About)
            && self.scan.sentence(paper) != self.scan.sentence(mention)
            && has(CueClass::Formality)
            && !has(CueClass::Demand)
            && !has(CueClass::Must)
    }

    /// Another kind that must be kept and is offered as an alternative to this one.
    fn kept_alternative(&self, kind: usize) -> Option<usize> {
        let peers = &self.kinds[kind].peers;
        let heads = || self.weighed.iter().filter(|w| matches!(w.mention.part, Part::Head | Part::Loose));
        let mine: Vec<usize> = heads().filter(|w| w.mention.kind == kind).map(|w| w.mention.token).collect();
        // "A, or passport (for foreigners)": who submits A has no other way.
        let of_others = |w: &Weighed| w.foreign.and_then(Abroad::cue).is_some_and(|at| self.parse.in_condition[at]);
        let kept = |w: &&Weighed| {
            w.mention.kind != kind
                && !peers.contains(&w.mention.kind)
                && (w.foreign.is_some() && !of_others(w) || w.own.is_some())
        };
        heads().filter(kept).map(|w| w.mention.token).find(|other| {
            mine.iter().any(|m| {
                let (from, to) = (*m.min(other), *m.max(other));
                let between = &self.scan.tokens[from..to];
                between.iter().any(|t| t.has(CueClass::Or))
                    && !between
                        .iter()
                        .any(|t| matches!(t.what, What::Break(Break::Item | Break::Line | Break::Sentence)))
            })
        })
    }

    fn not_demanded(&self, all: &[&Weighed]) -> Judgement {
        let w = all[0];
        let changes = |at: usize| {
            let proof = |u: &&usize| self.scan.tokens[**u].has(CueClass::Change);
            let ends = |t: &Token| matches!(t.what, What::Break(Break::Item | Break::Line));
            let same = |u: &&usize| !self.scan.tokens[at.min(**u)..at.max(**u)].iter().any(ends);
            self.parse.umbrellas.iter().filter(proof).find(same)
        };
        let mut conditions = all.iter().filter(|w| w.mention.part == Part::Condition);
        if let Some((w, change)) = conditions.find_map(|w| changes(w.mention.token).map(|c| (w, c))) {
            return self.judgement(w, Verdict::Partial, Reason::ChangeOf, 0.6, &[Some(*change)]);
        }
        let reason = match w.mention.part {
            Part::Form => Reason::FormTitle,
            Part::Field => Reason::FormField,
            Part::Content => Reason::TextContents,
            Part::Condition => Reason::Condition,
            Part::Law => Reason::LawTitle,
            Part::Photo => Reason::Photograph,
            Part::Argument | Part::Head | Part::Loose => Reason::OtherPaper,
        };
        self.judgement(w, Verdict::Mention, reason, 0.85, &[w.mention.governor])
    }

    fn judgement(
        &self,
        w: &Weighed,
        verdict: Verdict,
        reason: Reason,
        confidence: f64,
        cues: &[Option<usize>],
    ) -> Judgement {
        let mut cues: Vec<usize> = cues.iter().flatten().copied().collect();
        let whose = self.scan.said_of(w.mention.token).find_map(|(at, t)| match t.what {
            What::Phrase(m) => m.person.map(|p| (at, p)),
            What::Break(_) => None,
        });
        cues.extend(whose.map(|(at, _)| at));
        cues.sort_unstable();
        cues.dedup();
        Judgement {
            kind: w.mention.kind,
            verdict,
            reason,
            confidence,
            token: w.mention.token,
            whose: whose.map(|(_, p)| p),
            cues,
        }
    }
}
