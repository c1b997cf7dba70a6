//! Zip containers of office files: which kind they are, and whether they may be unpacked.

use std::io::{Cursor, Read};
use zip::ZipArchive;

/// What an office container holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parts {
    /// A workbook of Excel.
    Xlsx,
    /// A binary workbook of Excel.
    Xlsb,
    /// A spreadsheet of the OASIS format (ODS).
    Ods,
    /// A text document or presentation.
    Document,
}

/// Whether the bytes are a workbook or document of an office program, which is a zip archive but no folder of inputs.
#[must_use]
pub fn is_office_zip(bytes: &[u8]) -> bool {
    parts(bytes).is_some()
}

/// The kind of an office container; none for other bytes.
#[must_use]
pub fn parts(bytes: &[u8]) -> Option<Parts> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let has = |zip: &ZipArchive<_>, name: &str| zip.index_for_name(name).is_some();
    if has(&zip, "xl/workbook.bin") {
        return Some(Parts::Xlsb);
    }
    if has(&zip, "[Content_Types].xml") {
        let sheet = zip.file_names().flatten().any(|n| n.starts_with("xl/"));
        return Some(if sheet { Parts::Xlsx } else { Parts::Document });
    }
    let mut mime = String::new();
    zip.by_name("mimetype").ok()?.take(200).read_to_string(&mut mime).ok()?;
    let kind = mime.trim().strip_prefix("application/vnd.oasis.opendocument.")?;
    Some(if kind.starts_with("spreadsheet") { Parts::Ods } else { Parts::Document })
}

/// Whether everything in the archive unpacks to at most `largest` bytes, by its directory. A directory that lies helps
/// no one: an entry that grows past its stated size stops with an error while it is read.
#[must_use]
pub fn is_bounded(bytes: &[u8], largest: u64) -> bool {
    let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) else { return true };
    if let Some(size) = zip.decompressed_size() {
        return size <= u128::from(largest);
    }
    let mut total = 0u64;
    let mut buffer = vec![0; 64 * 1024];
    for i in 0..zip.len() {
        let Ok(mut entry) = zip.by_index(i) else { continue };
        // what was read counts even when the entry turns out to be broken
        while let Ok(read @ 1..) = entry.read(&mut buffer) {
            total += read as u64;
            if total > largest {
                return false;
            }
        }
    }
    true
}
