//! From the paths an officer gives to the inputs the readers see: files, folders, patterns and ZIP archives.

use crate::error::{Error, Result};
use crate::problem::{Problem, Severity, Source};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Path relative to the folder given, with `/`; the file's name when the file itself was given.
    pub path: String,
    /// Where it lies.
    pub location: PathBuf,
    /// True when it was named itself rather than found in a folder.
    pub named: bool,
}

/// Lists the files behind paths, each once, sorted by relative path.
///
/// Hidden files and the lock files of office programs are no inputs and are passed over.
///
/// # Errors
/// When a path does not exist, or a pattern matches nothing.
pub fn list(inputs: &[PathBuf]) -> Result<Vec<Found>> {
    let mut found: BTreeMap<PathBuf, Found> = BTreeMap::new();
    let mut add = |file: Found| {
        let identity = file.location.canonicalize().unwrap_or_else(|_| file.location.clone());
        found.entry(identity).or_insert(file);
    };
    for input in inputs {
        if input.is_dir() {
            files_below(input, input, &mut add)?;
        } else if input.exists() {
            let path = input.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            add(Found { path, location: input.clone(), named: true });
        } else {
            matches_of(input, &mut add)?;
        }
    }
    let mut files: Vec<Found> = found.into_values().collect();
    files.sort_by(|a, b| (&a.path, &a.location).cmp(&(&b.path, &b.location)));
    Ok(files)
}

fn files_below(folder: &Path, base: &Path, add: &mut impl FnMut(Found)) -> Result<()> {
    let visible = |e: &walkdir::DirEntry| e.depth() == 0 || !is_passed_over(&e.file_name().to_string_lossy());
    for entry in walkdir::WalkDir::new(folder).follow_links(true).into_iter().filter_entry(visible) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => add(Found { path: relative(entry.path(), base), location: entry.into_path(), named: false }),
            // A dangling link or a folder without permission: listed, so that reading it reports the problem.
            Err(e) => match e.path() {
                Some(path) => add(Found { path: relative(path, base), location: path.to_owned(), named: false }),
                None => return Err(Error::io(folder)(e.into())),
            },
        }
    }
    Ok(())
}

fn matches_of(pattern: &Path, add: &mut impl FnMut(Found)) -> Result<()> {
    let text = pattern.to_string_lossy();
    let missing = || Error::io(pattern)(std::io::ErrorKind::NotFound.into());
    if !text.contains(['*', '?', '[', '{']) {
        return Err(missing());
    }
    let glob = globset::GlobBuilder::new(&text).literal_separator(true).build();
    let matcher = glob.map_err(|e| Error::Usage(format!("{text}: {e}")))?.compile_matcher();
    let base: PathBuf =
        pattern.iter().take_while(|part| !part.to_string_lossy().contains(['*', '?', '[', '{'])).collect();
    let start = if base.as_os_str().is_empty() { Path::new(".") } else { &base };
    let mut count = 0;
    files_below(start, start, &mut |file: Found| {
        if matcher.is_match(file.location.strip_prefix("./").unwrap_or(&file.location)) {
            count += 1;
            add(file);
        }
    })?;
    if count == 0 { Err(missing()) } else { Ok(()) }
}

fn is_passed_over(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || name == "dataset.toml"
        || name == "Thumbs.db"
        || name == "__MACOSX"
}

fn relative(path: &Path, base: &Path) -> String {
    let path = path.strip_prefix(base).unwrap_or(path);
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// What an archive may hold before it counts as a bomb: entries are unpacked in memory.
const MAX_ENTRY: u64 = 512 << 20;
const MAX_TOTAL: u64 = 2 << 30;
/// Text packs 10 to 40 times; beyond this and past a megabyte, nothing honest is in it.
const MAX_RATIO: u64 = 400;

/// Unpacks the entries of a ZIP archive, sorted by name; what cannot be unpacked becomes a problem.
pub fn unpack(path: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Vec<(String, Vec<u8>)> {
    let mut report = |name: &str, found: &str| {
        let source = Source { file: path.to_owned(), ..Source::default() };
        problems.push(Problem::new(Severity::Error, name, &source).with_arg("found", found).with_raw(found));
    };
    let mut archive = match zip::ZipArchive::new(std::io::Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(e) => {
            report("archive-invalid", &e.to_string());
            return Vec::new();
        }
    };
    let mut entries = Vec::new();
    let mut total = 0u64;
    for at in 0..archive.len() {
        let mut entry = match archive.by_index(at) {
            Ok(entry) => entry,
            Err(zip::result::ZipError::UnsupportedArchive(why)) if why.contains("assword") => {
                report("archive-entry-encrypted", why);
                continue;
            }
            Err(e) => {
                report("archive-invalid", &e.to_string());
                continue;
            }
        };
        let name = String::from_utf8_lossy(entry.name_raw()).replace('\\', "/");
        if entry.is_dir() || name.split('/').any(is_passed_over_entry) {
            continue;
        }
        if entry.enclosed_name().is_none() {
            report("archive-entry-unsafe", &name);
            continue;
        }
        // The sizes in the directory can lie, so the bytes are counted while they come.
        let room = MAX_ENTRY.min(MAX_TOTAL - total).min((entry.compressed_size() * MAX_RATIO).max(1 << 20));
        let mut content = Vec::new();
        match entry.by_ref().take(room + 1).read_to_end(&mut content) {
            Ok(_) if content.len() as u64 > room => report("archive-too-large", &name),
            Ok(_) => {
                total += content.len() as u64;
                entries.push((format!("{path}/{name}"), content));
            }
            Err(e) => report("archive-invalid", &format!("{name}: {e}")),
        }
    }
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    entries
}

fn is_passed_over_entry(part: &str) -> bool {
    part != ".." && is_passed_over(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, content) in entries {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn archives_are_unpacked_within_bounds() {
        let bomb = vec![b' '; 40 << 20];
        let bytes = archive(&[
            ("b/2.json", b"{}"),
            ("a.json", b"[]"),
            ("../up.json", b"{}"),
            ("bomb.txt", &bomb),
            ("__MACOSX/x", b""),
        ]);
        let mut problems = Vec::new();
        let entries = unpack("z.zip", &bytes, &mut problems);
        assert_eq!(entries.iter().map(|e| e.0.as_str()).collect::<Vec<_>>(), ["z.zip/a.json", "z.zip/b/2.json"]);
        let names: Vec<&str> = problems.iter().map(|p| p.problem.as_str()).collect();
        assert_eq!(names, ["archive-entry-unsafe", "archive-too-large"]);
        problems.clear();
        assert!(unpack("z.zip", &bytes[..bytes.len() / 2], &mut problems).is_empty());
        assert_eq!(problems[0].problem, "archive-invalid");
    }

    #[test]
    fn files_are_listed_once_and_in_order() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["b/2.json", "a.json", ".hidden", "~$lock.xlsx", "b/10.json"] {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "{}").unwrap();
        }
        let paths = |inputs: &[PathBuf]| list(inputs).unwrap().into_iter().map(|f| f.path).collect::<Vec<_>>();
        let root = dir.path().to_owned();
        assert_eq!(paths(&[root.clone(), root.join("a.json"), root.clone()]), ["a.json", "b/10.json", "b/2.json"]);
        assert_eq!(paths(&[root.join("b/*.json")]), ["10.json", "2.json"]);
        assert_eq!(paths(&[root.join("**/2.json")]), ["b/2.json"]);
        assert_eq!(paths(&[root.join("a.json")]), ["a.json"]);
        assert!(list(&[root.join("none.json")]).is_err() && list(&[root.join("*.none")]).is_err());
    }
}
