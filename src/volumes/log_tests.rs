use super::*;
use crate::ingest::read_log;
use crate::rule::{RuleFiles, VolumeColumns};
use std::path::PathBuf;

fn counted(files: &[(&str, &[u8])], trust_ids: bool) -> Counted {
    let dir = tempfile::tempdir().unwrap();
    let paths: Vec<PathBuf> = files
        .iter()
        .map(|(name, bytes)| {
            let path = dir.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            path
        })
        .collect();
    let rules = RuleFiles::embedded();
    let log = read_log(&paths, &VolumeColumns::load(&rules).unwrap(), trust_ids).unwrap();
    let counted = count(&log, &Words::load(&rules).unwrap(), YearRule::Report);
    assert_eq!(counted.read, counted.accepted + counted.repeated + counted.rejected);
    counted
}

fn rows(counted: &Counted) -> Vec<String> {
    let word = |text: Option<&str>| text.unwrap_or("-").to_owned();
    let rows = counted.volumes.rows();
    let line = |r: &crate::volumes::Row| {
        let (level, channel) = (word(r.level.map(Level::as_str)), word(r.channel.map(Submission::as_str)));
        format!("{} {} {level} {channel} {}", r.year, r.code, r.dossiers)
    };
    rows.iter().map(line).collect()
}

const LOG: &str = "Ngày tiếp nhận;Mã hồ sơ;Mã TTHC;Cấp giải quyết;Kênh
14/12/2025;a1;1.000001;Cấp xã;Trực tiếp
15/12/2025 08:00;a2;1.000001.000.00.00.H29;cấp xã;TRỰC TIẾP
2025-12-16T10:11:12;a3;1,000001;Cấp xã;Trực tiếp
2025-12-16;a3;1.000001;Cấp xã;Trực tiếp
16/12/2025;a4;1.000001;Cấp tỉnh, Cấp xã;Fax
12/25/2025;a5;1.000001;Cấp xã;Trực tiếp
;a6;1.000001;Cấp xã;Trực tiếp
16/12/2025;a7;không rõ;Cấp xã;Trực tiếp
";

#[test]
fn dossiers_are_counted_once_and_every_row_is_accounted_for() {
    let expected = ["2025 1.000001 commune direct 1", "2026 1.000001 - - 1", "2026 1.000001 commune direct 2"];
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(LOG.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let preamble = format!("SỞ TƯ PHÁP;;;;\nNHẬT KÝ HỒ SƠ;;;;\n{LOG}");
    let marked = format!(
        "\u{feff}{}",
        LOG.replace(';', ",").replace("Cấp tỉnh, Cấp xã", "\"Cấp tỉnh, Cấp xã\"").replace("1,000001", "\"1,000001\"")
    );
    for (name, bytes) in [
        ("plain.csv", LOG.as_bytes()),
        ("utf16.csv", &utf16),
        ("preamble.csv", preamble.as_bytes()),
        ("comma.csv", marked.as_bytes()),
    ] {
        let counted = counted(&[(name, bytes)], false);
        assert_eq!(rows(&counted), expected, "{name}");
        let figures = (counted.read, counted.accepted, counted.repeated, counted.rejected, counted.contradicting);
        assert_eq!(figures, (8, 4, 1, 3, 0), "{name}");
        let faults: Vec<Fault> = counted.faulty.iter().map(|f| f.fault).collect();
        let expected = [Fault::Code, Fault::DayMissing, Fault::MonthFirst, Fault::Level, Fault::Channel];
        assert_eq!(faults, expected, "{name}");
    }
}

#[test]
fn the_same_log_twice_counts_once_unless_numbers_are_trusted() {
    let once = counted(&[("a.csv", LOG.as_bytes())], false);
    let twice = counted(&[("a.csv", LOG.as_bytes()), ("b.csv", LOG.as_bytes())], false);
    assert_eq!((rows(&twice), twice.repeated), (rows(&once), 6));
    let trusted = counted(&[("a.csv", LOG.as_bytes()), ("b.csv", LOG.as_bytes())], true);
    assert_eq!((trusted.accepted, trusted.repeated), (10, 0));
}

#[test]
fn of_contradicting_rows_the_earliest_counts() {
    let log = "date,dossier_id,code\n2026-02-02,x,1.000002\n2026-02-01,x,1.000003\n2026-02-01,,1.000003\n";
    let counted = counted(&[("a.csv", log.as_bytes())], false);
    assert_eq!(rows(&counted), ["2026 1.000003 - - 2"]);
    assert_eq!((counted.repeated, counted.contradicting), (1, 1));
}

#[test]
fn a_lone_quote_swallows_no_lines() {
    let log = "date;dossier_id;code;note\n2026-02-01;1;1.000001;\"khổ 5\"\n2026-02-01;2;1.000001;\"khổ 5\n2026-02-01;3;1.000001;5\" x\n2026-02-01;4;1.000001;\"hai\ndòng\"\n";
    let counted = counted(&[("a.csv", log.as_bytes())], false);
    assert_eq!(rows(&counted), ["2026 1.000001 - - 4"]);
    assert_eq!(counted.read, 4);
}

#[test]
fn a_table_by_hand_states_zero_and_leaves_out_what_is_no_number() {
    let table = "Năm,Mã TTHC,Cấp,Kênh,Số hồ sơ tiếp nhận\n2025,1.000001,Cấp xã,,\"1.234\"\n2025,1.000002,,,0\n2025,1.000003,,,\n2025,1.000004,,,khoảng 50\n25,1.000004,,,1\n2025,1.000001,Cấp xã,,6\n";
    let counted = counted(&[("t.csv", table.as_bytes())], false);
    assert_eq!(rows(&counted), ["2025 1.000001 commune - 1240", "2025 1.000002 - - 0"]);
    assert_eq!((counted.read, counted.rejected), (6, 3));
    assert_eq!(counted.volumes.total("1.000003", 2025), None);
    for (text, expected) in [
        ("12", Some(12)),
        ("1.234.567", Some(1_234_567)),
        ("1 234", Some(1234)),
        ("12.0", Some(12)),
        ("1.5", None),
        ("-3", None),
        ("", None),
        ("1,23", None),
    ] {
        assert_eq!(number(&Stated { dossiers: text.to_owned(), ..Stated::default() }), expected, "{text}");
    }
}

/// The table written is itself a table of volumes, and keeps what it says of days.
#[test]
fn a_written_table_reads_back() {
    let first = counted(&[("a.csv", LOG.as_bytes())], false);
    for name in ["volumes.csv", "volumes.parquet"] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        let table = crate::volumes::volume_table(&first.volumes);
        if name.ends_with("csv") {
            table.write_csv(&path).unwrap()
        } else {
            table.write_parquet(&path).unwrap()
        }
        let second = counted(&[(name, &std::fs::read(&path).unwrap())], false);
        assert_eq!(second.volumes, first.volumes, "{name}");
    }
    assert_eq!(first.volumes.reference_year(), None);
}

#[test]
fn a_file_without_the_columns_is_refused_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.csv");
    std::fs::write(&path, "tên,ghi chú\na,b\n").unwrap();
    let error =
        read_log(&[path], &VolumeColumns::load(&RuleFiles::embedded()).unwrap(), false).unwrap_err().to_string();
    assert!(error.contains("x.csv") && error.contains("tên"), "{error}");
}
