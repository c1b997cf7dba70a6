//! Findings that officers decided to leave be: with a reason, a name and, where they like, a last day.

use super::Finding;
use jiff::civil::Date;

/// A decision not to be told of something again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// Id of a finding; empty when rule and code say what is meant.
    pub finding_id: String,
    /// Code of a rule; empty with `finding_id`.
    pub rule: String,
    /// National code or id of a procedure; empty with `finding_id`.
    pub code: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub who: String,
    /// Last day on which it holds; none: for good.
    pub expires: Option<Date>,
}

/// Whether a suppression still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It holds.
    Holds,
    /// Its last day is past: the finding counts again.
    Expired,
}

impl Standing {
    /// The word in the `suppressed` column.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Standing::Holds => "yes",
            Standing::Expired => "expired",
        }
    }
}

/// What a suppression says of one finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppressed {
    /// Whether it still holds.
    pub standing: Standing,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub who: String,
    /// Last day, `YYYY-MM-DD`; empty: for good.
    pub expires: String,
}

impl Suppression {
    fn meets(&self, finding: &Finding) -> bool {
        if !self.finding_id.is_empty() {
            return self.finding_id == finding.id;
        }
        self.rule == finding.rule && (self.code == finding.code || self.code == finding.procedure_id)
    }
}

/// Lays suppressions over findings. One that holds goes before one that has expired. Gives the positions of those that
/// met nothing: the thing is gone, or the entry is mistyped.
pub fn suppress(findings: &mut [Finding], suppressions: &[Suppression], as_of: Date) -> Vec<usize> {
    let mut unmet = Vec::new();
    for (at, s) in suppressions.iter().enumerate() {
        let standing = if s.expires.is_none_or(|last| as_of <= last) { Standing::Holds } else { Standing::Expired };
        let mut met = false;
        for finding in findings.iter_mut().filter(|f| s.meets(f)) {
            met = true;
            let holds = finding.suppressed.as_ref().is_some_and(|s| s.standing == Standing::Holds);
            if !holds {
                let expires = s.expires.map(|d| d.to_string()).unwrap_or_default();
                let suppressed = Suppressed { standing, reason: s.reason.clone(), who: s.who.clone(), expires };
                finding.suppressed = Some(suppressed);
            }
        }
        if !met {
            unmet.push(at);
        }
    }
    unmet
}
