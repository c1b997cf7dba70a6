//! A real browser, where one is installed: Debian's chromium without a window, and a proxy that counts what leaves the page.

use std::io::Read;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Hosts that the browser itself asks for its clock, its updates, its sign-in and its hints, whatever page is open.
/// That the page names none of them is a test of its own.
pub const OWN: [&str; 6] = [
    "clients2.google.com",
    "update.googleapis.com",
    "accounts.google.com",
    "android.clients.google.com",
    "www.google.com",
    "optimizationguide-pa.googleapis.com",
];

/// How long a page may take before the browser is stopped.
const PATIENCE: Duration = Duration::from_mins(3);

pub struct Browser {
    program: PathBuf,
}

/// What a page came to.
#[derive(Debug)]
pub struct Seen {
    /// The document after its scripts have run.
    pub dom: scraper::Html,
    /// Lines on the console.
    pub console: Vec<String>,
    /// Requests that reached the proxy, which is the only way out, without those of the browser itself.
    pub requests: Vec<String>,
}

impl Browser {
    /// The browser of this machine; none, and says so, where there is none.
    pub fn find() -> Option<Browser> {
        let paths = std::env::var_os("PATH")?;
        let names = ["chromium", "chromium-browser", "google-chrome"];
        let found = std::env::split_paths(&paths)
            .flat_map(|folder| names.map(|name| folder.join(name)))
            .find(|program| program.is_file());
        if found.is_none() {
            assert!(std::env::var_os("TINHGON_BROWSER").is_none(), "TINHGON_BROWSER asks for a browser; there is none");
            eprintln!("skipped: no browser (Debian: apt-get install chromium)");
        }
        found.map(|program| Browser { program })
    }

    /// Opens a file with a fragment in a window of 1366 × 768 and gives the document after `script` ran in it.
    pub fn open(&self, file: &Path, fragment: &str, script: &str) -> Seen {
        let place = tempfile::tempdir().unwrap();
        let page = if script.is_empty() {
            file.to_owned()
        } else {
            let copy = place.path().join("page.html");
            let text = std::fs::read_to_string(file).unwrap();
            std::fs::write(&copy, format!("{text}<script>addEventListener('load', () => {{ {script} }});</script>"))
                .unwrap();
            copy
        };
        let (port, requests) = proxy();
        let mut child = Command::new(&self.program)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
            .arg("--disable-features=OptimizationHints,OptimizationHintsFetching,OptimizationGuideModelDownloading")
            .args(["--disable-default-apps", "--disable-extensions", "--window-size=1366,768"])
            .args(["--enable-logging=stderr", "--v=0", "--virtual-time-budget=20000", "--dump-dom"])
            .arg(format!("--user-data-dir={}", place.path().join("profile").display()))
            .arg(format!("--proxy-server=http://127.0.0.1:{port}"))
            .arg("--proxy-bypass-list=<-loopback>")
            .arg(format!("file://{}#{fragment}", page.display()))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (mut out, mut err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let dom = std::thread::spawn(move || {
            let mut text = Vec::new();
            out.read_to_end(&mut text).map(|_| text).unwrap_or_default()
        });
        let log = std::thread::spawn(move || {
            let mut text = Vec::new();
            err.read_to_end(&mut text).map(|_| text).unwrap_or_default()
        });
        let start = Instant::now();
        while child.try_wait().unwrap().is_none() {
            if start.elapsed() > PATIENCE {
                child.kill().unwrap();
                panic!("the browser did not finish {fragment}");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let log = String::from_utf8_lossy(&log.join().unwrap()).into_owned();
        let dom = String::from_utf8_lossy(&dom.join().unwrap()).into_owned();
        Seen {
            dom: scraper::Html::parse_document(&dom),
            console: log.lines().filter(|l| l.contains("CONSOLE")).map(str::to_owned).collect(),
            requests: requests
                .lock()
                .unwrap()
                .iter()
                .filter(|line| !OWN.iter().any(|host| line.contains(host)))
                .cloned()
                .collect(),
        }
    }
}

/// A port on this machine that answers nothing, and the first line of each request that it got.
fn proxy() -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let requests = Arc::new(Mutex::new(Vec::new()));
    let heard = requests.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut stream = stream;
            let _ = stream.set_read_timeout(Some(Duration::from_secs(2)));
            let mut line = [0; 300];
            let read = stream.read(&mut line).unwrap_or(0);
            let line = String::from_utf8_lossy(&line[..read]).lines().next().unwrap_or_default().to_owned();
            heard.lock().unwrap().push(line);
        }
    });
    (port, requests)
}

impl Seen {
    /// The texts of the elements that a selector finds.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let selector = scraper::Selector::parse(selector).unwrap();
        self.dom.select(&selector).map(|e| e.text().collect::<String>()).collect()
    }

    pub fn count(&self, selector: &str) -> usize {
        self.texts(selector).len()
    }

    /// An attribute of the first element that a selector finds.
    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let selector = scraper::Selector::parse(selector).unwrap();
        self.dom.select(&selector).next().and_then(|e| e.value().attr(name)).map(str::to_owned)
    }
}
