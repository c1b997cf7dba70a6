//! What the words of a row read so far have settled.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Governor {
    Nothing,
    /// Words no rule knows.
    Words,
    Form,
    Paper,
    Relation,
    Field,
    Photo,
    Kind,
}

#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_excessive_bools, reason = "each is one thing the words read so far have settled")]
pub(super) struct State {
    pub governor: Governor,
    pub governed_by: Option<usize>,
    /// A paper may begin here.
    pub fresh: bool,
    pub condition: bool,
    /// The condition goes on to a "then" of its clause; commas do not end it.
    pub until_then: bool,
    /// A kind was named in the condition.
    pub named_in_condition: bool,
    /// The condition is that a paper is left out: "except A, B". A list of them goes on behind a comma.
    pub excludes: bool,
    pub content: bool,
    /// The contents are a list: a colon or an item followed at once. Those of a sentence end where a paper begins an item.
    pub content_list: bool,
    /// A later item than the one that told of contents, which were no list.
    pub content_over: bool,
    /// Nothing stands before in this item.
    pub begins_item: bool,
    /// A short name may stand here: not just anything joined by "and".
    pub weak_too: bool,
    /// In a law's name; true once its subject has begun.
    pub law: Option<bool>,
    /// The token before is a kind that is an argument: what is joined to it is one too.
    pub after_argument: bool,
    /// The title of a form asks for copies: what a comma joins to them is still its title.
    pub asks_copies: bool,
    /// The title of a form names a paper: what "and" joins to it is named there too.
    pub names_paper: bool,
    /// The title of a form has a verb: "… to issue A, B" is one title.
    pub has_verb: bool,
    /// A copy is asked for, and what it is a copy of is not yet named.
    pub copy_of_nothing: bool,
    /// A proof whose object is not yet named; true once "about", "that …" was read.
    pub proof: Option<(usize, bool)>,
}

impl State {
    pub(super) const START: State = State {
        governor: Governor::Nothing,
        governed_by: None,
        fresh: true,
        condition: false,
        until_then: false,
        named_in_condition: false,
        excludes: false,
        content: false,
        content_list: false,
        content_over: false,
        begins_item: false,
        weak_too: true,
        law: None,
        after_argument: false,
        asks_copies: false,
        names_paper: false,
        has_verb: false,
        copy_of_nothing: false,
        proof: None,
    };
}
