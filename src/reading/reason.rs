//! Why a kind of a row got its verdict.

/// Why a mention is judged as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// An ordinary demand.
    Demanded,
    /// One of several alternatives, or bundled with papers off the list.
    Bundled,
    /// Any paper that proves the fact would do.
    AnyPaper,
    /// Proof of a change of the registered paper itself.
    ChangeOf,
    /// The row says not to submit it.
    NotToSubmit,
    /// Only where the data cannot be retrieved.
    OnlyIfNoData,
    /// The office looks it up, or data already stands for it.
    LookedUp,
    /// A note of the same case says not to submit it, or only where the data cannot be retrieved.
    ByNote,
    /// Some applicants are exempt.
    SomeExempt,
    /// Issued abroad, or of a foreign person or body.
    Foreign,
    /// The original is surrendered, exchanged, corrected or certified by this very procedure.
    OwnResult,
    /// No database replaces this kind.
    NoSource,
    /// Title of a form.
    FormTitle,
    /// Field of a form.
    FormField,
    /// Contents of a text.
    TextContents,
    /// Condition.
    Condition,
    /// Title of a law.
    LawTitle,
    /// Photograph.
    Photograph,
    /// Argument of another paper.
    OtherPaper,
    /// No kind is named.
    NothingNamed,
}
