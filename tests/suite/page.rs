//! The report page in a real browser, and the files that `report` writes.

use super::browser::{Browser, OWN, Seen};
use super::work::Work;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use tinhgon::table::{Table, TableView};
use tinhgon::text::skeleton;

const VIEWS: [&str; 8] = ["overview", "progress", "audit", "databases", "fields", "graph", "findings", "procedures"];

/// One run on the sample for all tests; they only read it.
fn sample() -> &'static Work {
    static RUN: OnceLock<Work> = OnceLock::new();
    RUN.get_or_init(|| {
        let work = Work::new();
        work.ok(&["run"]);
        work
    })
}

fn table(name: &str) -> TableView {
    let (folder, name) = name.split_once('/').unwrap();
    Table::read(&sample().path(&format!("ket-qua/{folder}")), name).unwrap()
}

fn open(browser: &Browser, fragment: &str, script: &str) -> Seen {
    let seen = browser.open(&sample().path("ket-qua/report.html"), fragment, script);
    assert!(seen.console.is_empty(), "{fragment}: {:#?}", seen.console);
    assert!(seen.requests.is_empty(), "{fragment}: {:#?}", seen.requests);
    seen
}

/// What the browser asks of these hosts is not counted, so the page must not name them.
#[test]
fn the_page_names_no_host_of_the_browser() {
    let page = std::fs::read_to_string(sample().path("ket-qua/report.html")).unwrap();
    for host in OWN {
        assert!(!page.contains(host), "{host}");
    }
}

/// What the page says of a list: shown and all.
fn shown(seen: &Seen, view: &str) -> (usize, usize) {
    let text = seen.texts(&format!("#view-{view} .count")).concat().replace('.', "");
    let numbers: Vec<usize> = text.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
    (numbers[0], numbers[1])
}

#[test]
fn every_view_is_drawn_in_both_languages_and_nothing_leaves_the_page() {
    let Some(browser) = Browser::find() else { return };
    for view in VIEWS {
        let measure = "const root = document.documentElement;
            document.body.dataset.over = root.scrollWidth - root.clientWidth; document.body.dataset.window = innerWidth;";
        let seen = open(&browser, &format!("view={view}"), measure);
        assert_eq!(seen.count(&format!("#view-{view} h2")), 1, "{view}");
        assert_eq!(seen.count("main > section:not([hidden])"), 1, "{view}");
        assert_eq!(seen.attribute("body", "data-over").as_deref(), Some("0"), "{view}: wider than the window");
        assert_eq!(seen.attribute("body", "data-window").as_deref(), Some("1366"));
        let is_chart = ["progress", "audit", "databases", "fields", "graph"].contains(&view);
        assert_eq!(seen.count(&format!("#view-{view} .chart svg.main-svg")) > 0, is_chart, "{view}");
        assert!(!seen.texts("main").concat().contains("page-"), "{view}: a text is missing");
    }
    let seen = open(&browser, "all=1&lang=en", "");
    assert_eq!(seen.count("main > section:not([hidden])"), VIEWS.len());
    assert!(seen.texts("h1").concat().contains("Review and reduction"));
    assert!(!seen.texts("main").concat().contains("page-"));
    assert!(seen.attribute("html", "lang").as_deref() == Some("en"));
}

/// The tests above see nothing on console and wire: here both have something to see.
#[test]
fn a_page_that_calls_out_or_complains_would_be_noticed() {
    let Some(browser) = Browser::find() else { return };
    let work = Work::new();
    work.write(
        "a.html",
        "<!doctype html><img src='http://example.invalid/a.png'><script>throw new Error('x')</script>",
    );
    let seen = browser.open(&work.path("a.html"), "", "");
    assert!(seen.console.iter().any(|l| l.contains("Error: x")), "{:?}", seen.console);
    assert!(seen.requests.iter().any(|l| l.contains("example.invalid")), "{:?}", seen.requests);
}

/// Titles of kinds, databases and rules, which the page searches too.
fn titles() -> String {
    let files = tinhgon::rule::RuleFiles::embedded();
    let book = tinhgon::rule::RuleBook::load(&files).unwrap();
    let detectors = tinhgon::rule::DetectorRules::load(&files, &book).unwrap();
    let titles =
        book.kinds.iter().map(|k| (&k.kind, &k.title)).chain(book.sources.iter().map(|s| (&s.source, &s.title)));
    let titles = titles.chain(detectors.iter().map(|r| (&r.code, &r.title)));
    skeleton(&titles.map(|(code, title)| format!("{code} {} {}\n", title.vi, title.en)).collect::<Vec<_>>().concat())
}

/// The findings that a search means, told from the tables: each word in the finding, its procedure, or a title of its rule.
fn meant(query: &str) -> BTreeSet<String> {
    let findings = table("analysis-2026/findings");
    let procedures = table("catalog-2026/procedures");
    let column = |t: &TableView, name: &str| t.texts(name).unwrap();
    let ids = column(&procedures, "procedure_id");
    let texts: Vec<Vec<String>> = ["code", "name", "field", "agency"].map(|c| column(&procedures, c)).to_vec();
    let about: BTreeMap<&String, String> = ids
        .iter()
        .enumerate()
        .map(|(row, id)| (id, texts.iter().map(|t| t[row].as_str()).collect::<Vec<_>>().join(" \n ")))
        .collect();
    let own: Vec<Vec<String>> =
        ["finding_id", "quote", "message", "message_en", "ground"].map(|c| column(&findings, c)).to_vec();
    let owners = column(&findings, "procedure_id");
    (0..findings.height())
        .filter(|row| {
            let text = own.iter().map(|t| t[*row].as_str()).collect::<Vec<_>>().join(" \n ");
            let text = skeleton(&format!("{text} \n {}", about[&owners[*row]]));
            query.split(' ').all(|word| text.contains(&skeleton(word)))
        })
        .map(|row| own[0][row].clone())
        .collect()
}

#[test]
fn search_and_filters_do_what_they_say() {
    let Some(browser) = Browser::find() else { return };
    let findings = table("analysis-2026/findings");
    let all = findings.height();
    assert_eq!(shown(&open(&browser, "view=findings", ""), "findings"), (all, all));
    for query in ["thuốc", "thuoc", "luật bệnh", "RUNG", "1.000703", "xyzxyz"] {
        assert!(
            query.split(' ').all(|word| !titles().contains(&skeleton(word))),
            "{query}: a title would mean more rows"
        );
        let expected = meant(query);
        let typed = format!(
            "const s = document.getElementById('findings-search'); s.value = '{query}'; s.dispatchEvent(new Event('input'));"
        );
        let seen = open(&browser, "view=findings", &typed);
        assert_eq!(shown(&seen, "findings"), (expected.len(), all), "{query}");
        let drawn = seen.count("#view-findings .grid-spacer [role=row]");
        assert!(drawn <= expected.len() && (drawn == 0) == expected.is_empty() && drawn < 60, "{query}: {drawn}");
    }
    assert!(meant("thuoc").len() > 1 && meant("thuốc") == meant("thuoc"));
    let rules = findings.texts("rule").unwrap();
    let certainty = findings.texts("certainty").unwrap();
    let rule = "TL-M-REPLACE";
    let count = |safe: bool| (0..all).filter(|r| rules[*r] == rule && (!safe || certainty[*r] == "safe")).count();
    assert!(count(true) > 0 && count(true) < all);
    assert_eq!(shown(&open(&browser, &format!("view=findings&rule={rule}"), ""), "findings").0, count(false));
    let both = open(&browser, &format!("view=findings&rule={rule}&certainty=safe"), "");
    assert_eq!(shown(&both, "findings").0, count(true));
    let hits = Table::read(&sample().path("ket-qua/catalog-2026"), "requests").unwrap();
    let (owners, texts) = (hits.texts("procedure_id").unwrap(), hits.texts("text").unwrap());
    let with: BTreeSet<&String> = owners
        .iter()
        .zip(&texts)
        .filter(|(_, text)| skeleton(text).contains("giay chung sinh"))
        .map(|(owner, _)| owner)
        .collect();
    let seen =
        open(&browser, "view=procedures&q=%22gi%E1%BA%A5y%20ch%E1%BB%A9ng%20sinh%22".replace("%22", "").as_str(), "");
    assert!(
        !with.is_empty() && shown(&seen, "procedures").0 >= with.len(),
        "a search finds procedures by their papers"
    );
}

#[test]
fn a_column_sorts_both_ways_and_keys_move_and_open() {
    let Some(browser) = Browser::find() else { return };
    let codes = |seen: &Seen| seen.texts("#view-procedures .grid-spacer [role=row] > div:first-child");
    let up = codes(&open(&browser, "view=procedures&sort=code", ""));
    let mut expected = table("catalog-2026/procedures").texts("code").unwrap();
    expected.sort();
    assert_eq!(up, expected[..up.len()]);
    let down = codes(&open(&browser, "view=procedures&sort=-code", ""));
    expected.reverse();
    assert_eq!(down, expected[..down.len()]);
    let keys = "const g = document.querySelector('#view-procedures .grid-box'); g.focus();
        const press = (key) => g.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
        press('End'); press('ArrowUp'); press('Enter');";
    let seen = open(&browser, "view=procedures&sort=code", keys);
    expected.reverse();
    let wanted = &expected[expected.len() - 2];
    assert!(seen.texts("#detail h2").concat().starts_with(wanted.as_str()), "{:?}", seen.texts("#detail h2"));
    assert_eq!(
        seen.attribute("#view-procedures .grid-box", "aria-activedescendant").unwrap(),
        format!("procedures-grid-row-{}", expected.len() - 2)
    );
    let closed = open(
        &browser,
        "view=procedures",
        &format!("{keys} document.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'Escape', bubbles: true }}));"),
    );
    assert!(closed.attribute("#detail", "hidden").is_some());
}

#[test]
fn a_finding_opens_to_its_row_ground_database_and_proposal() {
    let Some(browser) = Browser::find() else { return };
    let findings = table("analysis-2026/findings");
    let proposals = table("proposals/proposals");
    let ids = findings.texts("finding_id").unwrap();
    let rules = findings.texts("rule").unwrap();
    let (quotes, grounds) = (findings.texts("quote").unwrap(), findings.texts("ground").unwrap());
    let bases = proposals.texts("findings").unwrap();
    let proposal_ids = proposals.texts("proposal_id").unwrap();
    for rule in ["TL-M-REPLACE", "TL-S-SHARED", "TL-D-RESULT"] {
        let row = rules.iter().position(|r| r == rule).unwrap();
        let seen = open(&browser, &format!("view=findings&finding={}", ids[row]), "");
        let detail = seen.texts("#detail").concat();
        assert_eq!(seen.texts("#detail mark.strong").concat(), quotes[row], "{rule}");
        assert!(detail.contains(&grounds[row]) && detail.contains(rule) && detail.contains(&ids[row]), "{detail}");
        let proposal = bases.iter().position(|b| b.split("; ").any(|id| id == ids[row]));
        assert!(proposal.is_none_or(|p| detail.contains(&proposal_ids[p])), "{detail}");
        assert!(proposal.is_some() || rule != "TL-M-REPLACE");
    }
}

#[test]
fn what_stands_in_a_catalogue_never_becomes_part_of_the_page() {
    let Some(browser) = Browser::find() else { return };
    let work = Work::new();
    let name = "Cấp </script><script>alert(1)</script> <img src=x onerror=alert(2)> & \"bản\" {{ 1 }}";
    let text = "Bản sao giấy khai sinh <b onclick=alert(3)>của</b> con </title> <!--";
    let json = serde_json::json!({ "code": "1.000001", "name": name, "field": "Hộ tịch & <x", "dossier": [text] });
    work.write("in/a.json", json.to_string());
    work.write("tinhgon.toml", "out = \"r\"\n[[catalog]]\nname = \"2026\"\ninputs = [\"in\"]\n");
    work.ok(&["run", "tinhgon.toml"]);
    for (view, selector) in [("procedures", "#view-procedures .grid-spacer"), ("fields", "#view-fields td")] {
        let seen = browser.open(&work.path("r/report.html"), &format!("view={view}&code=1.000001"), "");
        assert!(seen.console.is_empty() && seen.requests.is_empty(), "{view}: {seen:#?}");
        assert_eq!(
            seen.count("main img") + seen.count("main b") + seen.count("main script") + seen.count("#detail b"),
            0,
            "{view}"
        );
        assert!(seen.texts(selector).concat().contains("Hộ tịch & <x"), "{view}");
        assert!(seen.texts("#detail").concat().contains(name) && seen.texts("#detail").concat().contains(text));
    }
    let seen = browser.open(&work.path("r/report.html"), "view=audit", "");
    assert!(seen.texts("#view-audit .missing").concat().contains("claims"), "a stage that is not there says so");
}

fn copy(from: &Work, to: &Work) {
    for (name, bytes) in from.folder("ket-qua") {
        to.write(&format!("r/{name}"), bytes);
    }
}

#[test]
fn reports_are_written_again_with_the_same_bytes_and_verify_accepts_them() {
    let work = Work::new();
    copy(sample(), &work);
    let before = work.folder("r");
    work.ok(&["report", "r", "--format", "html,xlsx,docx,json,csv"]);
    let after = work.folder("r");
    for (name, bytes) in before.iter().filter(|(name, _)| *name != "manifest.json") {
        assert!(after[name] == *bytes, "{name} changed");
    }
    work.ok(&["verify", "r"]);
    work.ok(&["report", "r", "--format", "json,docx,xlsx,html,csv"]);
    assert!(work.folder("r") == after, "the same bytes again");
    let english = work.ok(&["--lang", "en", "report", "r"]);
    assert!(english.stderr.contains("Written:") && work.read("r/report.html").contains("<html lang=\"en\">"));
    work.write("r/figures.parquet", "x");
    assert!(work.run(&["verify", "r"]).status == 1, "a change of a table still shows after the reports were written");
}

/// Whether a value is what a schema says: types, required and known keys.
fn meets(value: &serde_json::Value, schema: &serde_json::Value, root: &serde_json::Value, at: &str) {
    if let Some(any) = schema["anyOf"].as_array() {
        let wanted = if value.is_null() { &any[1] } else { &any[0] };
        return meets(value, wanted, root, at);
    }
    if let Some(name) = schema["$ref"].as_str() {
        return meets(value, root.pointer(name.trim_start_matches('#')).unwrap(), root, at);
    }
    let kind = match value {
        serde_json::Value::Null => "null",
        serde_json::Value::Bool(_) => "boolean",
        serde_json::Value::Number(n) if n.is_i64() => "integer",
        serde_json::Value::Number(_) => "number",
        serde_json::Value::String(_) => "string",
        serde_json::Value::Array(_) => "array",
        serde_json::Value::Object(_) => "object",
    };
    let allowed: Vec<&str> = schema["type"].as_array().map_or_else(
        || schema["type"].as_str().into_iter().collect(),
        |list| list.iter().filter_map(|t| t.as_str()).collect(),
    );
    assert!(
        allowed.contains(&kind) || (kind == "integer" && allowed.contains(&"number")),
        "{at}: {kind}, not {allowed:?}"
    );
    for (at_item, item) in value.as_array().into_iter().flatten().enumerate() {
        meets(item, &schema["items"], root, &format!("{at}/{at_item}"));
    }
    for key in schema["required"].as_array().into_iter().flatten() {
        assert!(value.get(key.as_str().unwrap()).is_some(), "{at} lacks {key}");
    }
    for (key, item) in value.as_object().into_iter().flatten() {
        let known = schema["properties"].get(key).unwrap_or(&schema["additionalProperties"]);
        assert!(known.is_object(), "{at} has {key}, which the schema does not know");
        meets(item, known, root, &format!("{at}/{key}"));
    }
}

#[test]
fn exports_name_every_procedure_table_and_input() {
    let work = Work::new();
    copy(sample(), &work);
    work.ok(&["report", "r", "--format", "cpsv,datapackage,ro-crate"]);
    work.ok(&["verify", "r"]);
    let read = |name: &str| serde_json::from_str::<serde_json::Value>(&work.read(&format!("r/{name}"))).unwrap();
    let catalog = read("catalog.cpsv.jsonld");
    let nodes = catalog["@graph"].as_array().unwrap();
    let ids: BTreeSet<&str> = nodes.iter().map(|n| n["@id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), nodes.len(), "every node once");
    let of = |kind: &str| nodes.iter().filter(|n| n["@type"] == kind).collect::<Vec<_>>();
    let services = of("cpsv:PublicService");
    assert_eq!(services.len(), table("catalog-2026/procedures").height());
    let is_note = table("catalog-2026/requests").flags("is_note").unwrap();
    assert_eq!(of("cv:Evidence").len(), is_note.iter().filter(|n| !**n).count());
    for service in services {
        for key in ["dct:identifier", "dct:title", "dct:description", "cv:hasCompetentAuthority"] {
            assert!(!service[key].is_null(), "{key} is mandatory: {service}");
        }
        for key in ["cpsv:hasInput", "cv:hasInputType", "cv:hasChannel", "cpsv:produces", "cv:hasCompetentAuthority"] {
            for reference in service[key].as_array().into_iter().flatten() {
                assert!(ids.contains(reference["@id"].as_str().unwrap()), "{key}: {reference}");
            }
        }
    }
    let package = read("datapackage.json");
    let resources = package["resources"].as_array().unwrap();
    let findings = resources.iter().find(|r| r["path"] == "analysis-2026/findings.parquet").unwrap();
    let names: Vec<&str> =
        findings["schema"]["fields"].as_array().unwrap().iter().map(|f| f["name"].as_str().unwrap()).collect();
    assert_eq!(names, table("analysis-2026/findings").names());
    let manifest = read("manifest.json");
    let inputs = manifest["inputs"].as_array().unwrap().len();
    let provenance = read("ro-crate-metadata.json");
    let action = provenance["@graph"].as_array().unwrap().iter().find(|n| n["@type"] == "CreateAction").unwrap();
    assert_eq!(action["object"].as_array().unwrap().len(), inputs);
}

#[test]
fn the_json_meets_its_schema_and_its_totals_are_those_of_the_tables() {
    let work = Work::new();
    copy(sample(), &work);
    work.ok(&["report", "r", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&work.read("r/report.json")).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&work.read("r/report.schema.json")).unwrap();
    meets(&report, &schema, &schema, "");
    let sum = |t: &TableView, column: &str| t.ints(column).unwrap().into_iter().flatten().sum::<i64>();
    let totals = table("audit/verdict_totals");
    let audit = &report["audit"];
    assert_eq!(audit["claimed"], sum(&totals, "claimed_amount"));
    assert_eq!(audit["accepted"], sum(&totals, "accepted_amount"));
    assert_eq!(audit["open"], sum(&totals, "open_claims"));
    let lost: i64 = audit["lost"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| l["lost"].as_i64().unwrap() + l["open"].as_i64().unwrap())
        .sum();
    assert_eq!(
        sum(&totals, "claimed_amount") - lost,
        sum(&totals, "accepted_amount"),
        "the waterfall ends where it says"
    );
    let findings: i64 = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| ["safe", "review", "suppressed"].map(|k| r[k].as_i64().unwrap()).iter().sum::<i64>())
        .sum();
    assert_eq!(usize::try_from(findings).unwrap(), table("analysis-2026/findings").height());
    assert_eq!(
        usize::try_from(report["proposals"]["drafted"].as_i64().unwrap()).unwrap(),
        table("proposals/proposals").height()
    );
}

#[test]
fn a_broken_run_folder_is_named_with_what_to_do_in_both_languages() {
    let work = Work::new();
    copy(sample(), &work);
    std::fs::remove_file(work.path("r/analysis-2026/findings.parquet")).unwrap();
    for (lang, words) in [("vi", "thiếu hoặc hỏng"), ("en", "missing or broken")] {
        let run = work.run(&["--lang", lang, "report", "r"]);
        assert_eq!(run.status, 2);
        assert!(
            run.stderr.contains(words) && run.stderr.contains("findings.parquet") && run.stderr.contains("verify"),
            "{}",
            run.stderr
        );
    }
    work.write("r/figures.parquet", "x");
    assert!(work.run(&["report", "r"]).stderr.contains("figures.parquet"));
    for (place, words) in [("none", "manifest.json"), ("r/catalog-2026", "tinhgon run")] {
        let run = work.run(&["report", place]);
        assert!(run.status == 2 && run.stderr.contains(words), "{}", run.stderr);
    }
}
