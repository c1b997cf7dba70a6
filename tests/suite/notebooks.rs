//! The notebooks as they are kept: readable, without outputs, each ending in a comparison with the program's figures.
//! They are executed by `notebooks/chay.py`, which `.ci/run` calls.

use std::path::Path;

#[test]
fn notebooks_are_kept_without_outputs_and_end_in_asserts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("notebooks");
    for name in ["kham-pha-danh-muc", "ket-noi-csdl-nao-truoc", "kiem-toan-hang-nam"] {
        let text = std::fs::read_to_string(folder.join(format!("{name}.ipynb"))).unwrap();
        let notebook: serde_json::Value = serde_json::from_str(&text).unwrap();
        let cells = notebook["cells"].as_array().unwrap();
        for cell in cells.iter().filter(|c| c["cell_type"] == "code") {
            assert!(cell["outputs"].as_array().unwrap().is_empty() && cell["execution_count"].is_null(), "{name}");
        }
        let source = |cell: &serde_json::Value| {
            let lines = cell["source"].as_array().cloned().unwrap_or_default();
            lines.iter().filter_map(|l| l.as_str()).collect::<String>()
        };
        assert!(source(&cells[0]).contains("English summary"), "{name}");
        assert!(source(cells.last().unwrap()).contains("assert "), "{name}");
    }
}
