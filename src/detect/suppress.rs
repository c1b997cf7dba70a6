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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Catalog, Procedure};
    use crate::detect::{About, Evidence, Given};
    use crate::rule::{DetectorRules, RelationBook, RuleBook, RuleFiles};

    #[test]
    fn a_suppression_holds_to_its_last_day_and_says_when_it_meets_nothing() {
        let files = RuleFiles::embedded();
        let (book, relation) = (RuleBook::load(&files).unwrap(), RelationBook::load(&files).unwrap());
        let rules = DetectorRules::load(&files, &book).unwrap();
        let procedure = Procedure { id: "1.000001".into(), code: "1.000001".into(), ..Procedure::default() };
        let catalog = Catalog { procedures: vec![procedure] };
        let as_of: Date = "2026-11-24".parse().unwrap();
        let given = Given {
            book: &book,
            relation: &relation,
            catalog: &catalog,
            assessments: &[],
            acts: &[],
            groups: &[],
            volumes: None,
            as_of,
        };
        let evidence = Evidence::new(given);
        let rule = rules.get("TL-P-INTERNAL").unwrap();
        let finding = || Finding::new(&evidence, rule, &catalog.procedures[0], About::Procedure, "x");
        assert_eq!(finding().id, finding().id);
        let entry = |id: &str, rule: &str, code: &str, expires: Option<&str>| Suppression {
            finding_id: id.to_owned(),
            rule: rule.to_owned(),
            code: code.to_owned(),
            reason: "r".to_owned(),
            who: "w".to_owned(),
            expires: expires.map(|d| d.parse().unwrap()),
        };
        let id = finding().id;
        for (entries, standing, unmet) in [
            (vec![entry(&id, "", "", None)], Some(Standing::Holds), vec![]),
            (vec![entry("", "TL-P-INTERNAL", "1.000001", Some("2026-11-24"))], Some(Standing::Holds), vec![]),
            (vec![entry(&id, "", "", Some("2026-11-23"))], Some(Standing::Expired), vec![]),
            (vec![entry(&id, "", "", None), entry(&id, "", "", Some("2026-11-23"))], Some(Standing::Holds), vec![]),
            (vec![entry("F-0", "", "", None), entry("", "TL-P-INTERNAL", "1.2", None)], None, vec![0, 1]),
        ] {
            let mut findings = vec![finding()];
            assert_eq!(suppress(&mut findings, &entries, as_of), unmet);
            assert_eq!(findings[0].suppressed.as_ref().map(|s| s.standing), standing);
        }
    }
}
