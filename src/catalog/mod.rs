//! The canonical catalogue as plain structs, and its tables.

mod tables;

pub use tables::{problem_table, read_problems};

use crate::problem::Source;

/// All procedures, sorted by `id`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalog {
    /// The procedures, each with everything that belongs to it.
    pub procedures: Vec<Procedure>,
}

impl Catalog {
    /// Every dossier row with its procedure, in the order of the tables.
    pub fn requests(&self) -> impl Iterator<Item = (&Procedure, &Request)> {
        self.procedures.iter().flat_map(|p| p.requests.iter().map(move |r| (p, r)))
    }

    /// Every step with its procedure, in the order of the tables.
    pub fn steps(&self) -> impl Iterator<Item = (&Procedure, &Step)> {
        self.procedures.iter().flat_map(|p| p.steps.iter().map(move |s| (p, s)))
    }
}

/// One administrative procedure (thủ tục hành chính).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Procedure {
    /// Canonical code with its suffix, or `x-` and a hash of name and agency where the source has no code.
    pub id: String,
    /// Canonical national code `d.dddddd`; empty when there is none.
    pub code: String,
    /// What follows the national code: `000.00.00.H29`, `H19`.
    pub code_suffix: String,
    /// The code as the source writes it.
    pub code_as_written: String,
    /// Name (tên thủ tục).
    pub name: String,
    /// Field (lĩnh vực).
    pub field: String,
    /// Body that publishes the procedure (cơ quan công bố).
    pub publisher: String,
    /// Body that carries it out (cơ quan thực hiện).
    pub agency: String,
    /// Body that decides (cơ quan có thẩm quyền).
    pub authority: String,
    /// Number of the decision that publishes it.
    pub decision_no: String,
    /// Date of publication, `YYYY-MM-DD`; empty when the source does not say.
    pub published_on: String,
    /// Levels of administration at which it is carried out, sorted, without repeats.
    pub levels: Vec<Level>,
    /// Who may apply (đối tượng thực hiện).
    pub audience: String,
    /// Kind of procedure (loại thủ tục).
    pub kind: String,
    /// Conditions (yêu cầu, điều kiện thực hiện).
    pub conditions: String,
    /// True for procedures among state bodies, which stay out of the denominator.
    pub is_internal: bool,
    /// Where the kept version stands.
    pub source: Source,
    /// Every place in which the procedure was found, sorted: `file` or `file#row`.
    pub sources: Vec<String>,
    /// Dossier rows.
    pub requests: Vec<Request>,
    /// Steps.
    pub steps: Vec<Step>,
    /// Ways of submitting.
    pub channels: Vec<Channel>,
    /// Legal bases.
    pub legal_bases: Vec<LegalBasis>,
    /// Results.
    pub results: Vec<ResultPaper>,
}

/// Level of administration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Cấp bộ.
    Ministry,
    /// Cấp tỉnh.
    Province,
    /// Cấp huyện, abolished on 2025-07-01.
    District,
    /// Cấp xã.
    Commune,
    /// Cơ quan khác.
    Other,
}

impl Level {
    /// The word in the `levels` column, where several are joined by `;`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Ministry => "ministry",
            Level::Province => "province",
            Level::District => "district",
            Level::Commune => "commune",
            Level::Other => "other",
        }
    }

    /// The level of a word of the `levels` column.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Level> {
        [Level::Ministry, Level::Province, Level::District, Level::Commune, Level::Other]
            .into_iter()
            .find(|l| l.as_str() == name)
    }
}

/// One row of the dossier table (thành phần hồ sơ).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Request {
    /// `procedure id/case/position`, each counted from 1.
    pub id: String,
    /// Which case of the dossier, from 1. Cases are alternatives and are never summed.
    pub case_index: u32,
    /// Heading of the case; empty when the dossier has only one without a heading.
    pub case_title: String,
    /// Position within the case, from 1.
    pub position: u32,
    /// What is asked for, as written (cleaned, not folded).
    pub text: String,
    /// Names of form files (mẫu đơn, tờ khai), joined by `;`.
    pub form_file: String,
    /// Originals asked for; none when the source does not say.
    pub originals: Option<u32>,
    /// Copies asked for; none when the source does not say.
    pub copies: Option<u32>,
    /// True when both numbers are given and 0: a note, or nothing to hand in.
    pub is_note: bool,
    /// Code of the component or of the result it is (`KQ.…`), where the source has one.
    pub component_code: String,
    /// What the source remarks beside the row.
    pub note: String,
    /// Where the row stands.
    pub source: Source,
}

/// One step of the procedure (trình tự thực hiện).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Step {
    /// `procedure id/sN`.
    pub id: String,
    /// From 1.
    pub position: u32,
    /// As written: `Bước 1`, `a)`, `-`; empty when the source has none.
    pub label: String,
    /// What is done, as written.
    pub text: String,
    /// Where it stands.
    pub source: Source,
}

/// One way of submitting (cách thức thực hiện).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Channel {
    /// `online`, `direct` or `postal`; empty when the source does not say.
    pub channel: String,
    /// Statutory time as a number; none when it is stated only in words.
    pub duration_value: Option<f64>,
    /// `working_day`, `day`, `hour`, `month`, `year`, `minute`; units are never converted.
    pub duration_unit: String,
    /// Fee in đồng; none when unknown, 0 only when stated to be free.
    pub fee_vnd: Option<i64>,
    /// As written.
    pub text: String,
    /// Where it stands.
    pub source: Source,
}

/// One legal basis (căn cứ pháp lý).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LegalBasis {
    /// Number and symbol: `45/2020/NĐ-CP`.
    pub document_no: String,
    /// Title as written.
    pub title: String,
    /// Where it stands.
    pub source: Source,
}

/// One result (kết quả thực hiện).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ResultPaper {
    /// `KQ.G15.000077`; empty when there is none.
    pub code: String,
    /// Title as written.
    pub title: String,
    /// Where it stands.
    pub source: Source,
}
