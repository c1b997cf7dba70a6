//! Report → bytes. One file a format; texts are messages, layout is a template apart from the code.

mod audit_docx;
mod audit_report;
mod audit_xlsx;
mod decisions;
mod exports;
pub mod page;
mod plan_sheets;
pub mod proposals;
mod proposals_docx;
mod proposals_json;
mod proposals_xlsx;
mod run_folder;
pub mod sheet;
mod summary;
mod summary_json;
mod summary_sheets;
pub mod word;

pub use audit_docx::audit_docx;
pub use audit_report::{AuditInput, AuditReport, Balance, Fall};
pub use audit_xlsx::audit_xlsx;
pub use decisions::read_decisions;
pub use exports::{cpsv, data_package, ro_crate};
pub use page::{PAGE, page};
pub use proposals::Proposals;
pub use proposals_docx::proposals_docx;
pub use proposals_json::proposals_json;
pub use proposals_xlsx::proposals_xlsx;
pub use run_folder::{RunFolder, RunTable, Stage};
pub use summary::*;
pub use summary_json::{SCHEMA, report_json};
pub use summary_sheets::{report_docx, report_xlsx};
