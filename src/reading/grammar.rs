//! The shallow grammar of a dossier row: for each kind named, whether it is the head of a demanded paper
//! or only an argument, a field, a condition, a title.

use super::scan::{Break, Scan, Token, What, has_then, is_kind, lists, negates, starts_paper};
use super::state::{Governor, State};
use crate::rule::{CueClass, Role, Strength};

/// In what part a kind is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Head of a demanded paper.
    Head,
    /// Probably a head: words no rule knows stand before it.
    Loose,
    /// Argument of another paper or of a verb.
    Argument,
    /// Field of a form.
    Field,
    /// Within the title of a form.
    Form,
    /// Contents of a text.
    Content,
    /// Condition.
    Condition,
    /// Title of a law.
    Law,
    /// Size or kind of a photograph.
    Photo,
}

/// A kind named in a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mention {
    pub kind: usize,
    pub strength: Strength,
    pub part: Part,
    /// Index of its token.
    pub token: usize,
    /// Index of the token that decided the part, where one did.
    pub governor: Option<usize>,
}

/// What the grammar found.
#[derive(Debug, Default)]
pub(super) struct Parse {
    pub mentions: Vec<Mention>,
    /// Tokens of papers off the list that are demanded beside the kinds.
    pub papers: Vec<usize>,
    /// Tokens of open alternatives ("another paper of equal value").
    pub umbrellas: Vec<usize>,
    /// For each token, whether it stands in a condition.
    pub in_condition: Vec<bool>,
}

/// Walks over the tokens of a row.
pub(super) fn parse(scan: &Scan) -> Parse {
    let mut walk =
        Walk { state: State::START, stack: Vec::new(), out: Parse::default(), before: None, form_just_named: false };
    for (at, token) in scan.tokens.iter().enumerate() {
        walk.step(at, token, &scan.tokens);
        walk.before = Some(at);
    }
    walk.out
}

struct Walk {
    state: State,
    stack: Vec<State>,
    out: Parse,
    before: Option<usize>,
    form_just_named: bool,
}

impl Walk {
    fn step(&mut self, at: usize, token: &Token, tokens: &[Token]) {
        if token.gap {
            self.unknown_words();
        }
        self.form_just_named =
            self.before.is_some_and(|b| tokens[b].has(CueClass::Form) || tokens[b].has(CueClass::Relation))
                && !token.gap;
        let began = std::mem::take(&mut self.state.begins_item);
        match token.what {
            What::Break(Break::Open) => self.open(tokens, at),
            What::Break(mark) => {
                let told = self.before.is_some_and(|b| tokens[b].has(CueClass::Content)) && !token.gap;
                self.state.content_list |= self.state.content && (mark == Break::Colon || mark == Break::Item && told);
                let next = tokens.get(at + 1).filter(|t| !t.gap);
                self.mark(mark, next.is_some_and(is_kind));
            }
            What::Phrase(meaning) => {
                let adjacent = self.before.map(|b| &tokens[b]).filter(|_| !token.gap);
                self.end_contents(at, tokens, began);
                match meaning.role {
                    Role::Kind(kind, Strength::Topic) => self.topic(at, usize::from(kind), tokens),
                    // "In the system of licences A": the name of a database.
                    Role::Kind(..) if adjacent.is_some_and(|t| t.has(CueClass::DataStore)) => self.state.fresh = false,
                    Role::Kind(kind, strength) => {
                        // In a list of contents, an item that is itself a paper is one to hand in.
                        self.state.content &= !(began && !token.gap && strength == Strength::Name);
                        let before = self.out.mentions.len();
                        let said_on = tokens.get(at + 1).is_none_or(|t| !t.gap);
                        let strength = (strength, said_on);
                        self.kind(at, usize::from(kind), strength, adjacent, tokens);
                        if let (Some(also), Some(m)) = (meaning.also, self.out.mentions.get(before).copied()) {
                            self.out.mentions.push(Mention { kind: usize::from(also), ..m });
                        }
                    }
                    Role::Cue(class) => self.cue(at, class, adjacent, tokens),
                    Role::Database(_) | Role::Quiet => self.state.fresh = false,
                    Role::Marks => self.marks(at, tokens),
                }
                if self.state.law == Some(false) && (token.has(CueClass::LawAbout) || token.has(CueClass::Relation)) {
                    self.state.law = Some(true);
                }
                self.prove(at, token);
            }
        }
        self.out.in_condition.push(self.state.condition);
    }

    /// "Request that tells name, address; contract, certificate A": where the contents are no list, a paper that begins an
    /// item is one to hand in, and so is what a verb demands there.
    fn end_contents(&mut self, at: usize, tokens: &[Token], began: bool) {
        let token = &tokens[at];
        let demands = token.has(CueClass::Demand) || token.has(CueClass::Must) || negates(tokens, at);
        let paper = began && !token.gap && (starts_paper(token) || token.has(CueClass::Form));
        if self.state.content_over && (demands || paper) {
            self.state.content = false;
            self.state.content_over = false;
        }
    }

    /// "A paper that proves …": what follows may be the topic of a kind.
    fn prove(&mut self, at: usize, token: &Token) {
        if let Some((_, about)) = &mut self.state.proof {
            *about |= token.has(CueClass::About);
        }
        if self.state.law.is_none()
            && !self.state.condition
            && !self.state.content
            && (token.has(CueClass::Proof) || token.has(CueClass::Attestation))
            && self.out.papers.last().is_some_and(|p| *p == at) | self.out.umbrellas.last().is_some_and(|u| *u == at)
        {
            self.state.proof = Some((at, token.has(CueClass::About)));
        }
    }

    /// A topic counts as what a proof before it proves; otherwise, and where it only says for whom or by what law
    /// the proof is asked, its words are no name.
    fn topic(&mut self, at: usize, kind: usize, tokens: &[Token]) {
        let aside = self.state.condition || self.state.law.is_some();
        let Some((proof, true)) = self.state.proof.filter(|_| !aside) else { return self.unknown_words() };
        self.out.papers.retain(|p| *p != proof);
        self.out.umbrellas.retain(|p| *p != proof);
        let strength = if tokens[proof].has(CueClass::Attestation) { Strength::Name } else { Strength::Umbrella };
        self.out.mentions.push(Mention { kind, strength, part: Part::Head, token: at, governor: Some(proof) });
        self.govern(Governor::Kind, at);
    }

    fn unknown_words(&mut self) {
        self.state.fresh = false;
        // Within "where the place written in permit …, certificate A differs" they are more of the permit's name.
        self.state.after_argument &= self.state.condition && self.state.governor == Governor::Field;
        if self.state.governor == Governor::Nothing {
            self.state.governor = Governor::Words;
        }
    }

    fn govern(&mut self, governor: Governor, at: usize) {
        self.state.governor = governor;
        self.state.governed_by = Some(at);
        self.state.fresh = false;
        self.state.after_argument = false;
        self.state.names_paper = false;
    }

    /// A paper may begin here; what governed before governs no more.
    fn release(&mut self) {
        self.state.governor = Governor::Nothing;
        self.state.governed_by = None;
        self.state.fresh = true;
        self.state.weak_too = true;
        self.state.after_argument = false;
    }

    /// `kind_follows`: a kind stands right behind the mark.
    fn mark(&mut self, mark: Break, kind_follows: bool) {
        match mark {
            Break::Line => {
                self.stack.clear();
                self.state = State::START;
            }
            Break::Sentence => {
                let content = self.state.content && !self.stack.is_empty();
                self.state = State { content, content_list: self.state.content_list, ..State::START };
            }
            Break::Item => {
                let State { content, content_list, .. } = self.state;
                let content_over = content && !content_list;
                self.state = State { content, content_list, content_over, begins_item: true, ..State::START };
            }
            Break::Colon => {
                // "Report: decision on …" is still the title of the report.
                if self.state.governor != Governor::Form || !self.form_just_named {
                    self.specify();
                    self.release();
                }
                self.state.condition = false;
                self.state.law = None;
            }
            Break::Comma => {
                // "Where the place written in certificate A, B differs …": B is one more of them.
                let goes_on = self.state.governor == Governor::Field && self.state.after_argument
                    || self.state.excludes && kind_follows;
                if self.state.condition && !self.state.until_then && !goes_on {
                    self.state.condition = false;
                    self.release();
                }
                if self.state.law == Some(false) {
                    self.state.law = None;
                }
                self.part();
            }
            // "Number of card A/card B" is one field.
            Break::Slash if self.state.governor == Governor::Field => {}
            Break::Slash => self.part(),
            Break::Open => {}
            Break::Close => {
                if let Some(outer) = self.stack.pop() {
                    self.state = outer;
                }
            }
        }
    }

    /// A comma or slash ends the title of a form that has no verb; otherwise it joins.
    fn part(&mut self) {
        if self.state.governor == Governor::Form && !self.state.has_verb {
            self.release();
            self.state.weak_too = false;
        } else {
            self.join();
        }
    }

    /// A parenthesis is read by itself. "Papers that tell the date of birth (certificate A, certificate B)" are these.
    fn open(&mut self, tokens: &[Token], at: usize) {
        let generic = self.state.governed_by.is_some_and(|by| tokens[by].has(CueClass::Proof)) || self.still_proves();
        let form = |t: &&Token| !t.gap && (t.has(CueClass::Copy) || t.has(CueClass::Plain));
        let lists = tokens[at + 1..].iter().find(|t| !form(t)).is_some_and(|t| !t.gap && starts_paper(t));
        if generic && lists {
            self.specify();
        }
        self.stack.push(self.state);
        let State { content, content_list, content_over, law, .. } = self.state;
        self.state = State { content, content_list, content_over, law, ..State::START };
    }

    /// Whether a proof governs on behind a long object with commas: "proof of the making, trade of goods (certificate A)".
    fn still_proves(&self) -> bool {
        let later = |at: Option<&usize>, proof| at.is_some_and(|at| *at > proof);
        let free = matches!(self.state.governor, Governor::Nothing | Governor::Words);
        self.state.proof.filter(|_| free).is_some_and(|(proof, _)| {
            !later(self.out.papers.last(), proof)
                && !later(self.out.umbrellas.last(), proof)
                && self.out.mentions.last().is_none_or(|m| m.token < proof)
        })
    }

    /// After "and", "or", a comma: a new paper, unless a form's title or a chain of arguments goes on.
    fn join(&mut self) {
        let weak_too = self.state.governor == Governor::Kind || self.state.fresh && self.state.weak_too;
        match self.state.governor {
            Governor::Paper | Governor::Relation | Governor::Field if self.state.after_argument => {}
            Governor::Form | Governor::Photo | Governor::Field => self.state.fresh = true,
            _ => self.release(),
        }
        self.state.weak_too = weak_too;
    }

    /// "List of members and card A": the title is over where it named no paper. "Certificate or attestation of A": the
    /// first is cut short and no paper of its own.
    fn join_kind(&mut self, adjacent: Option<&Token>) {
        let by = self.state.governed_by;
        let named = self.state.names_paper || self.out.mentions.last().is_some_and(|m| Some(m.token) > by);
        if self.state.governor == Governor::Form && !named {
            self.release();
            self.state.weak_too = false;
        }
        let attests = adjacent.is_some_and(|t| t.has(CueClass::Attestation) && t.has(CueClass::Paper));
        if attests && self.before.is_some_and(|b| self.out.papers.last() == Some(&b)) {
            self.out.papers.pop();
        }
    }

    /// "Papers that prove …, namely: A, B": the papers are A and B, not one more.
    fn specify(&mut self) {
        // The proof may have governed before a long object: "papers that prove the time as head or deputy: A, B".
        let proof = self.state.proof.map(|(at, _)| at).filter(|_| self.state.governor != Governor::Form);
        let by = if self.state.governor == Governor::Paper { self.state.governed_by.or(proof) } else { proof };
        if by.is_some() {
            if self.out.mentions.last().is_some_and(|m| Some(m.token) > by) {
                return;
            }
            self.out.papers.retain(|p| Some(*p) != by);
            self.out.umbrellas.retain(|p| Some(*p) != by);
        }
    }

    fn kind(
        &mut self,
        at: usize,
        kind: usize,
        (strength, whole): (Strength, bool),
        adjacent: Option<&Token>,
        tokens: &[Token],
    ) {
        let after_field = adjacent.is_some_and(|t| t.has(CueClass::Field) || t.has(CueClass::Lookup));
        let expected = self.state.fresh && self.state.weak_too || after_field || self.state.condition;
        // A short name followed by words no rule knows names something else: "certificate of …".
        let proved = matches!(self.state.proof, Some((_, true))) && adjacent.is_some_and(lists);
        if strength == Strength::Weak && !expected && proved {
            self.topic(at, kind, tokens);
            return;
        }
        if strength == Strength::Weak && !(expected && whole) {
            self.state.fresh = false;
            return;
        }
        self.rename(adjacent, strength);
        let state = self.state;
        let part = if state.law == Some(true) {
            Part::Law
        } else if state.condition {
            self.state.named_in_condition = true;
            Part::Condition
        } else if state.content {
            Part::Content
        } else {
            match state.governor {
                Governor::Form => Part::Form,
                Governor::Photo => Part::Photo,
                Governor::Field if !state.fresh => Part::Field,
                Governor::Paper | Governor::Relation if !state.fresh => Part::Argument,
                Governor::Words if !state.fresh => Part::Loose,
                Governor::Kind if !state.fresh && adjacent.is_none_or(|t| !is_kind(t)) => Part::Argument,
                _ => Part::Head,
            }
        };
        self.out.mentions.push(Mention { kind, strength, part, token: at, governor: state.governed_by });
        self.state.copy_of_nothing = false;
        if matches!(part, Part::Head | Part::Loose) {
            self.govern(Governor::Kind, at);
        } else {
            self.state.fresh = false;
            self.state.after_argument = true;
        }
    }

    /// "Certificate book A", "papers card A": the word before only says that A is a paper, and is none of its own.
    fn rename(&mut self, adjacent: Option<&Token>, strength: Strength) {
        let generic = |t: &Token| {
            t.has(CueClass::Paper)
                && (t.has(CueClass::Attestation) || t.has(CueClass::Proof))
                && !t.has(CueClass::About)
        };
        let before = self.before.filter(|b| self.out.papers.last() == Some(b));
        if strength == Strength::Name && before.is_some() && adjacent.is_some_and(generic) {
            self.out.papers.pop();
            self.release();
        }
    }

    /// A word for a copy asks for what follows, unless it is what a form in front of it is about.
    fn copy(&mut self, adjacent: Option<&Token>) {
        let verbs = [CueClass::Relation, CueClass::Form, CueClass::Issuing];
        let is_object = !self.state.fresh && adjacent.is_some_and(|t| verbs.iter().any(|c| t.has(*c)));
        self.state.asks_copies |= is_object && self.state.governor == Governor::Form;
        let joined = adjacent.is_some_and(|t| t.what == What::Break(Break::Comma) || t.has(CueClass::Link));
        let in_title = self.state.governor == Governor::Form && self.state.asks_copies && joined;
        if is_object || in_title {
            return;
        }
        self.release();
        self.state.copy_of_nothing = true;
        self.state.content = false;
        // "Form F of decree D on …, and with it a copy of A": the law's title is over.
        let demanded = adjacent.is_some_and(|t| t.has(CueClass::Demand));
        if self.state.law == Some(false) || demanded {
            self.state.law = None;
        }
    }

    fn cue(&mut self, at: usize, class: CueClass, adjacent: Option<&Token>, tokens: &[Token]) {
        match class {
            CueClass::Link | CueClass::Or => {
                // "… for organisations or certificate B": the condition said of A is over where another paper begins.
                let next = tokens.get(at + 1).filter(|t| !t.gap);
                if self.state.condition && !self.state.named_in_condition && next.is_some_and(starts_paper) {
                    self.state.condition = false;
                    self.release();
                }
                if next.is_some_and(is_kind) {
                    self.join_kind(adjacent);
                }
                self.join();
            }
            CueClass::Label | CueClass::Choice => {
                if self.state.governor == Governor::Form {
                    self.state.fresh = true;
                } else {
                    if class == CueClass::Label {
                        self.specify();
                    }
                    self.release();
                }
            }
            CueClass::Copy => self.copy(adjacent),
            CueClass::Demand if self.state.law.is_some() => {}
            CueClass::Demand => self.release(),
            CueClass::Form => {
                if self.state.fresh && !self.state.condition {
                    self.out.papers.push(at);
                }
                if self.state.fresh || self.state.governor != Governor::Kind {
                    self.govern(Governor::Form, at);
                    self.state.has_verb = false;
                    self.state.asks_copies = false;
                }
            }
            CueClass::Paper | CueClass::Umbrella | CueClass::Change => self.other_paper(at, class),
            CueClass::Relation => {
                if matches!(self.state.governor, Governor::Nothing | Governor::Words) {
                    self.govern(Governor::Relation, at);
                }
                self.state.has_verb |= self.state.governor == Governor::Form;
                self.state.fresh = false;
                self.state.after_argument = false;
            }
            CueClass::Field => {
                if self.state.governor != Governor::Form {
                    self.govern(Governor::Field, at);
                }
                self.state.fresh = false;
            }
            CueClass::Content => {
                self.state.content_list &= self.state.content;
                self.state.content |= !self.state.condition;
                self.state.fresh = true;
            }
            // "a copy, …, for the diploma": what follows is the paper itself.
            CueClass::Condition
                if self.state.fresh && adjacent.is_some_and(|t| t.has(CueClass::Copy) || t.has(CueClass::Plain)) => {}
            // "A copy by office B of licence A": the word for "in the case of" leads to the paper copied.
            CueClass::Condition if self.names_copied(at, tokens) => self.release(),
            // "Papers that prove to be in one of the cases …, such as A": the case is what they prove.
            CueClass::Condition if is_proved(at, tokens) => {
                self.state.fresh = false;
                self.state.after_argument = false;
            }
            CueClass::Condition => {
                self.state.condition = true;
                let next = tokens.get(at + 1).filter(|t| !t.gap);
                self.state.excludes = tokens[at].has(CueClass::Exclusion) && next.is_some_and(is_kind);
                self.state.until_then = has_then(&tokens[at..]);
                self.state.named_in_condition = self.state.governor == Governor::Nothing;
                self.state.fresh = true;
                self.state.after_argument = false;
            }
            CueClass::Then => {
                self.state.condition = false;
                self.state.law = None;
                self.release();
            }
            CueClass::Must => {
                self.state.condition &= self.state.until_then;
                self.state.law = None;
                self.release();
            }
            CueClass::Law => {
                self.state.law = Some(false);
                self.state.fresh = false;
            }
            CueClass::Photo => {
                if self.state.fresh && !self.state.condition && self.state.governor != Governor::Form {
                    self.out.papers.push(at);
                }
                self.govern(Governor::Photo, at);
            }
            _ => {}
        }
    }

    /// "Who has been given card A shows that card": what the condition named is demanded behind it.
    fn demand_again(&mut self, clause: usize, tokens: &[Token]) {
        let named = self.out.mentions.iter_mut().rev().take_while(|m| tokens[m.token].clause == clause);
        named.filter(|m| m.part == Part::Condition).for_each(|m| m.part = Part::Head);
    }

    fn names_copied(&self, at: usize, tokens: &[Token]) -> bool {
        let next = tokens.get(at + 1).filter(|t| !t.gap && (is_kind(t) || t.has(CueClass::Paper)));
        self.state.copy_of_nothing && !tokens[at].has(CueClass::Exclusion) && next.is_some()
    }

    fn other_paper(&mut self, at: usize, class: CueClass) {
        let state = self.state;
        self.state.copy_of_nothing = false;
        if !state.fresh || matches!(state.governor, Governor::Form) {
            self.state.fresh = false;
            self.state.after_argument |= state.governor == Governor::Field;
            self.state.names_paper |= state.governor == Governor::Form;
            return;
        }
        self.state.named_in_condition |= state.condition;
        if !state.condition && !state.content && state.law.is_none() {
            if class == CueClass::Paper { &mut self.out.papers } else { &mut self.out.umbrellas }.push(at);
        }
        self.govern(Governor::Paper, at);
    }

    fn marks(&mut self, at: usize, tokens: &[Token]) {
        let token = &tokens[at];
        let begins = [CueClass::Surrender, CueClass::Lookup, CueClass::Replaced];
        if negates(tokens, at) || begins.iter().any(|c| token.has(*c)) {
            self.release();
        } else if token.has(CueClass::Anaphora) || token.has(CueClass::Issued) || token.has(CueClass::Domestic) {
            self.state.after_argument = false;
            if token.has(CueClass::Anaphora) && !self.state.condition && is_demanded(at, tokens) {
                self.demand_again(token.clause, tokens);
            }
        } else {
            self.state.fresh = false;
        }
    }
}

/// "… shows the original of that paper": a verb that demands stands before, with nothing but the form of the paper between.
fn is_demanded(at: usize, tokens: &[Token]) -> bool {
    let form = |t: &Token| t.has(CueClass::Copy) || t.has(CueClass::Plain);
    let mut first = at;
    while first > 0 && !tokens[first].gap && form(&tokens[first - 1]) {
        first -= 1;
    }
    let verb = first.checked_sub(1).filter(|_| !tokens[first].gap);
    verb.is_some_and(|verb| {
        let demands = tokens[verb].has(CueClass::Demand) || tokens[verb].has(CueClass::Must);
        demands && !negates(tokens, verb) && (verb == 0 || !negates(tokens, verb - 1))
    })
}

fn proves(token: &Token) -> bool {
    token.has(CueClass::About) || token.has(CueClass::Attestation)
}

/// Whether a condition is what a proof before it proves: nothing stands between but what leads to it.
fn is_proved(at: usize, tokens: &[Token]) -> bool {
    let mut before = at;
    while before > 0 && !tokens[before].gap && proves(&tokens[before - 1]) {
        before -= 1;
        if tokens[before].has(CueClass::Proof) || tokens[before].has(CueClass::Attestation) {
            return true;
        }
    }
    false
}
