//! What an audit says of a claim.

/// The verdict on one claim: the `verdict` column of the table `verdicts`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The cut is seen in the catalogue.
    Confirmed,
    /// Seen in part: only where data answers, or less than claimed.
    Partly,
    /// The paper is still asked for.
    StillRequested,
    /// The procedure is still in the catalogue as it was.
    StillInCatalogue,
    /// No catalogue knows the procedure.
    NotInCatalogue,
    /// The same procedure under another name.
    Renamed,
    /// The same procedure under another code.
    Recoded,
    /// Taken into another procedure that still asks for what it asked for.
    Merged,
    /// Divided into several procedures.
    Split,
    /// Moved to another level of administration.
    MovedLevel,
    /// Already claimed elsewhere.
    DoubleCounted,
    /// Cut earlier and asked for again.
    Reintroduced,
    /// Not part of the baseline.
    OutOfBaseline,
    /// The cut takes effect only after the as-of date.
    NotYetInForce,
    /// The numbers of the claim do not come out.
    Arithmetic,
    /// The numbers are beyond any bound.
    Implausible,
    /// Nothing in the claim can be looked up.
    Unverifiable,
}

impl Verdict {
    /// Every verdict, in the order of reports.
    pub const ALL: [Verdict; 17] = [
        Verdict::Confirmed,
        Verdict::Partly,
        Verdict::StillRequested,
        Verdict::StillInCatalogue,
        Verdict::NotInCatalogue,
        Verdict::Renamed,
        Verdict::Recoded,
        Verdict::Merged,
        Verdict::Split,
        Verdict::MovedLevel,
        Verdict::DoubleCounted,
        Verdict::Reintroduced,
        Verdict::OutOfBaseline,
        Verdict::NotYetInForce,
        Verdict::Arithmetic,
        Verdict::Implausible,
        Verdict::Unverifiable,
    ];

    /// The word in the `verdict` column.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Confirmed => "confirmed",
            Verdict::Partly => "partly",
            Verdict::StillRequested => "still-requested",
            Verdict::StillInCatalogue => "still-in-catalogue",
            Verdict::NotInCatalogue => "not-in-catalogue",
            Verdict::Renamed => "renamed",
            Verdict::Recoded => "recoded",
            Verdict::Merged => "merged",
            Verdict::Split => "split",
            Verdict::MovedLevel => "moved-level",
            Verdict::DoubleCounted => "double-counted",
            Verdict::Reintroduced => "reintroduced",
            Verdict::OutOfBaseline => "out-of-baseline",
            Verdict::NotYetInForce => "not-yet-in-force",
            Verdict::Arithmetic => "arithmetic",
            Verdict::Implausible => "implausible",
            Verdict::Unverifiable => "unverifiable",
        }
    }

    /// The verdict of a word of the column.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|v| v.as_str() == name)
    }

    /// Whether a cut was accepted, wholly or in part.
    #[must_use]
    pub fn accepts(self) -> bool {
        matches!(self, Verdict::Confirmed | Verdict::Partly)
    }
}
