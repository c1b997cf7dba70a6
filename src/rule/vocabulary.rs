//! The closed vocabularies that rule files and tables share.

use serde::{Deserialize, Serialize};

/// Text in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

/// What a request does with a document of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Data can take its place.
    Replace,
    /// Data answers one of several alternatives or part of the row.
    Partial,
    /// The row asks only where data fails, or says not to submit.
    Already,
    /// Demanded and not replaceable: surrendered original, foreign, physical.
    Keep,
    /// The words occur, nothing is demanded.
    Mention,
    /// The row names no kind at all; such a row has an empty kind and counts in no figure.
    None,
}

impl Verdict {
    /// Every verdict about a kind, in the order of the tables.
    pub const ALL: [Verdict; 5] =
        [Verdict::Replace, Verdict::Partial, Verdict::Already, Verdict::Keep, Verdict::Mention];

    /// The word in the `verdict` column.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Replace => "replace",
            Verdict::Partial => "partial",
            Verdict::Already => "already",
            Verdict::Keep => "keep",
            Verdict::Mention => "mention",
            Verdict::None => "none",
        }
    }

    /// The verdict a word of the column stands for.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Verdict::ALL.into_iter().chain([Verdict::None]).find(|v| v.as_str() == word)
    }

    /// Whether data can take the place of the paper, wholly or in part.
    #[must_use]
    pub fn is_positive(self) -> bool {
        matches!(self, Verdict::Replace | Verdict::Partial)
    }
}

/// Whether the replacement can be made today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Readiness {
    /// The database is published and connected, and a ground is in force.
    ReplaceNow,
    /// A ground is in force, but the database is not published and connected.
    ReplaceWhenConnected,
    /// No ground is in force on the as-of date: what rested on it has lapsed.
    GroundLapsed,
    /// Nothing to replace.
    NotApplicable,
}

impl Readiness {
    /// The word in the `readiness` column; empty where there is nothing to replace.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Readiness::ReplaceNow => "replace-now",
            Readiness::ReplaceWhenConnected => "replace-when-connected",
            Readiness::GroundLapsed => "ground-lapsed",
            Readiness::NotApplicable => "",
        }
    }
}

/// Who may change the procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Competence {
    City,
    Ministry,
    Government,
    NationalAssembly,
}

impl Competence {
    /// The word in the `competence` column.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Competence::City => "city",
            Competence::Ministry => "ministry",
            Competence::Government => "government",
            Competence::NationalAssembly => "national_assembly",
        }
    }
}

/// How sure a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// An officer may act on it without reading the row again (an toàn).
    Safe,
    /// An officer has to look (cần xem xét).
    Review,
}

impl Certainty {
    /// The word in the `certainty` column.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Certainty::Safe => "safe",
            Certainty::Review => "review",
        }
    }
}

/// Which procedures a ground reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum GroundScope {
    /// Only those it lists.
    Listed,
    /// All.
    General,
}

/// State of the database a ground asks for before it applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Requires {
    /// Its owner has published what it answers.
    Published,
    /// It is published, and connected to the platform.
    Connected,
}

/// What a group of words does in a request. The engine knows the classes, `rules/cues` the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CueClass {
    /// Title of the procedure's own form or of a text the applicant writes; governs up to a strong break.
    Form,
    /// Head of another paper, off the list of kinds.
    Paper,
    /// Another or equivalent paper, as an open alternative.
    Umbrella,
    /// Copy, original: a paper begins here.
    Copy,
    /// And.
    Link,
    /// Or.
    Or,
    /// A verb that demands.
    Demand,
    /// Words that lead into a list.
    Label,
    /// Words that lead into a choice or an example.
    Choice,
    /// Words that change nothing.
    Plain,
    /// Words that make the paper after them an argument of what stands before.
    Relation,
    /// A field of a form.
    Field,
    /// Contents of a text.
    Content,
    /// A condition begins.
    Condition,
    /// A condition ends: "then".
    Then,
    /// A duty: it demands, and ends a condition that has no "then".
    Must,
    /// Title of a law.
    Law,
    /// The subject of a law's title.
    LawAbout,
    /// Photographs.
    Photo,
    /// Not to be submitted; limited to its clause.
    Negation,
    /// "Need not", without a verb: not to be submitted only where no other verb follows.
    BareNegation,
    /// Only where data cannot be retrieved.
    Fallback,
    /// "Only to be submitted where", "is not complete": a fall-back where the clause speaks of data, not otherwise.
    OnlyWhere,
    /// Any database or system that holds data, whatever its name.
    DataStore,
    /// The office looks it up.
    Lookup,
    /// Refers back to papers already named.
    Anaphora,
    /// Issued abroad.
    ForeignIssue,
    /// Of a foreign person or body.
    ForeignSubject,
    /// In the heading of a case: the party that is foreign where the procedure is about foreigners.
    ForeignParty,
    /// Vietnamese.
    Domestic,
    /// Issued by a Vietnamese body: the paper is Vietnamese, whoever holds it.
    DomesticIssue,
    /// Surrendered, old, damaged.
    Surrender,
    /// Original, already issued.
    Issued,
    /// A procedure that reissues, changes or withdraws its own paper.
    Reissue,
    /// Proof that a registered paper has changed.
    Change,
    /// A procedure made locally.
    Local,
    /// Whose paper it is.
    Whose,
    /// Handed back for good, whatever the procedure is.
    Returned,
    /// What follows is left out: of "except Vietnamese bodies" the foreign ones remain.
    Exclusion,
    /// Any paper that would prove something: what it proves may be a topic of a kind.
    Proof,
    /// An authority's own attestation: of a topic of a kind, it is the paper of that kind.
    Attestation,
    /// Leads from a proof to what it proves.
    About,
    /// The act of issuing: the paper after it is the matter of the procedure.
    Issuing,
    /// Leads to whose a paper is: "of".
    Owner,
    /// Says that the owner named before it is a foreign one.
    ForeignOwner,
    /// How a paper must look: "must be translated".
    Formality,
    /// "Is replaced by": the paper after it is asked for, not the one before.
    Replaced,
}

impl CueClass {
    /// Whether the class takes part in the grammar of a row; the others are marks laid over it.
    #[must_use]
    pub fn is_structural(self) -> bool {
        use CueClass as C;
        matches!(
            self,
            C::Form
                | C::Paper
                | C::Umbrella
                | C::Copy
                | C::Link
                | C::Or
                | C::Demand
                | C::Label
                | C::Choice
                | C::Plain
                | C::Relation
                | C::Field
                | C::Content
                | C::Condition
                | C::Then
                | C::Must
                | C::Law
                | C::Photo
                | C::Change
        )
    }
}

/// Whose document is asked for: the `whose` column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Person {
    Applicant,
    Spouse,
    Child,
    Parent,
    LegalRepresentative,
    AuthorisedPerson,
    Employee,
    Founder,
    Guardian,
    Deceased,
}

impl Person {
    /// The word in the `whose` column.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Person::Applicant => "applicant",
            Person::Spouse => "spouse",
            Person::Child => "child",
            Person::Parent => "parent",
            Person::LegalRepresentative => "legal_representative",
            Person::AuthorisedPerson => "authorised_person",
            Person::Employee => "employee",
            Person::Founder => "founder",
            Person::Guardian => "guardian",
            Person::Deceased => "deceased",
        }
    }
}
