//! What goes over the wire: to a false store in this process, and to Ralph, a real one, in tests that `.ci/run` asks for.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::*;
use crate::support::Output;

const SECRET: &str = "hunter2-9914";
/// `upwards:hunter2-9914` in base64, as the header has it.
const HIDDEN: &str = "dXB3YXJkczpodW50ZXIyLTk5MTQ=";

fn with_secret(of: &Sandbox) -> Sandbox {
    of.env("UPWARDS_LRS_USER", "upwards")
        .env("UPWARDS_LRS_SECRET", SECRET)
}

/// Answers what it is told to, one answer a request, the last one for ever; keeps what it was asked.
struct FalseStore {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl FalseStore {
    fn new(answers: &[&str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("its number").port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (seen, answers) = (
            asked.clone(),
            answers.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>(),
        );
        std::thread::spawn(move || {
            for (at, stream) in listener.incoming().enumerate() {
                let mut stream = stream.expect("a connection");
                let Some(request) = request(&stream) else { continue };
                seen.lock().expect("nobody fails with it").push(request);
                let answer = &answers[at.min(answers.len() - 1)];
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        Self { port, asked }
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}/xAPI", self.port)
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("nobody fails with it").clone()
    }
}

/// Head and body of a request.
fn request(stream: &TcpStream) -> Option<String> {
    let mut reader = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        if line.trim().is_empty() {
            break;
        }
        head.push_str(&line);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(format!("{head}\n{}", String::from_utf8_lossy(&body)))
}

fn answer(status: &str, more: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{more}\r\n{body}",
        body.len()
    )
}

/// Nothing that was printed or written holds the secret.
#[track_caller]
fn is_hidden(of: &Sandbox, told: &Output) {
    let printed = format!("{}{}", told.stdout, told.stderr);
    for secret in [SECRET, HIDDEN] {
        assert!(!printed.contains(secret), "{told}");
        for (name, bytes) in of.everything() {
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains(secret) || name.ends_with("my.lrs"), "{name}");
        }
    }
    assert!(of.leftovers().is_empty());
}

#[test]
fn a_request_says_what_it_must_and_the_markers_are_private() {
    let store = FalseStore::new(&[&answer("200 OK", "", "[]")]);
    let maya = with_secret(&team());
    let told = maya.run(&format!("export xapi -vv --to {}", store.url())).ok();
    let asked = store.asked();
    assert_eq!(asked.len(), 1);
    let head = asked[0].split("\n\n").next().expect("a head").to_lowercase();
    assert!(head.starts_with("post /xapi/statements http/1.1"), "{head}");
    for header in [
        "x-experience-api-version: 1.0.3",
        "content-type: application/json",
        "user-agent: upwards/",
    ] {
        assert!(head.contains(header), "{head}");
    }
    assert!(asked[0].contains(&format!("Basic {HIDDEN}")), "{head}");
    // The very bytes that the export writes.
    for line in maya.run("export xapi -f jsonl").ok().stdout.lines() {
        assert!(asked[0].contains(line), "{line}");
    }
    assert!(!asked[0].contains(CANARY));
    is_hidden(&maya, &told);
    let sent = maya.own(&format!("{WORKSPACE}/sent.jsonl"));
    assert!(sent.is_file());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&sent).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    // Who asks what exists about somebody is told.
    let shown = maya.run("privacy show ana -f json").ok();
    assert!(
        shown
            .rows()
            .iter()
            .any(|row| row["field"] == "statements" && row["lines"].as_u64() > Some(3)),
        "{shown}"
    );
    let told = maya.run(&format!("export xapi --to {}", store.url())).ok();
    assert!(
        told.told().contains("0 statements") && told.told().contains("were sent before"),
        "{told}"
    );
    assert_eq!(store.asked().len(), 1);
}

#[test]
fn a_redirect_is_told_and_not_followed() {
    let elsewhere = FalseStore::new(&[&answer("200 OK", "", "[]")]);
    for status in [
        "301 Moved",
        "302 Found",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let location = format!("Location: {}/statements\r\n", elsewhere.url());
        let store = FalseStore::new(&[&answer(status, &location, "")]);
        let maya = with_secret(&team());
        let told = maya.run(&format!("export xapi --to {}", store.url())).code(1);
        assert!(told.said().contains("a secret is not sent on"), "{told}");
        is_hidden(&maya, &told);
        assert_eq!((store.asked().len(), elsewhere.asked().len()), (1, 0), "{status}");
    }
}

#[test]
fn whom_the_store_does_not_know_is_told_without_the_secret() {
    let store = FalseStore::new(&[&answer("401 Unauthorized", "", "no such user")]);
    let maya = with_secret(&team());
    let told = maya.run(&format!("export xapi -vv --to {}", store.url())).code(1);
    assert!(
        told.said().contains("does not let this name and secret in (401)"),
        "{told}"
    );
    is_hidden(&maya, &told);
    assert_eq!(store.asked().len(), 1);
    let store = FalseStore::new(&[&answer("404 Not Found", "", "<html>")]);
    let told = maya.run(&format!("export xapi --to {}", store.url())).code(1);
    assert!(
        told.said().contains("answers 404, as no record store does"),
        "{told}"
    );
}

#[test]
fn a_store_that_is_busy_for_a_moment_is_waited_for() {
    let busy = answer("503 Service Unavailable", "Retry-After: 1\r\n", "");
    let store = FalseStore::new(&[&busy, &answer("204 No Content", "", "")]);
    let maya = with_secret(&team());
    maya.run(&format!("export xapi --to {}", store.url())).ok();
    let asked = store.asked();
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[0], asked[1]);
}

#[test]
fn what_a_store_says_is_printed_as_text() {
    let store = FalseStore::new(&[&answer("400 Bad Request", "", "\u{1b}]0;title\u{7}bad\u{202e}")]);
    let maya = with_secret(&team());
    let told = maya.run(&format!("export xapi --to {}", store.url())).code(1);
    assert!(told.said().contains("refused"), "{told}");
    assert!(!told.stderr.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{told}");
}

#[test]
fn a_store_that_repeats_the_secret_is_not_repeated() {
    let echo = format!("you sent Authorization: Basic {HIDDEN}, which is upwards:{SECRET}");
    for status in ["400 Bad Request", "409 Conflict"] {
        let store = FalseStore::new(&[&answer(status, "", &echo)]);
        let maya = with_secret(&team());
        let told = maya.run(&format!("export xapi -vv --to {}", store.url())).code(1);
        assert!(told.said().contains("[hidden]"), "{told}");
        is_hidden(&maya, &told);
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_the_waiting() {
    let store = FalseStore::new(&[&answer("503 Service Unavailable", "Retry-After: 50\r\n", "")]);
    let maya = with_secret(&team());
    let sending = maya
        .command(["export", "xapi", "--to", &store.url()])
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let started = Instant::now();
    while store.asked().is_empty() {
        assert!(started.elapsed() < Duration::from_secs(20));
        std::thread::sleep(Duration::from_millis(10));
    }
    let kill = Command::new("kill")
        .args(["-INT", &sending.id().to_string()])
        .status();
    assert!(kill.expect("kill is there").success());
    let ended = sending.wait_with_output().expect("it ends");
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(130), "{told}");
    assert!(told.contains("stopped"), "{told}");
    assert!(started.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_proxy_is_asked_for_stores_elsewhere_and_told_no_secret() {
    let proxy = FalseStore::new(&[&answer("403 Forbidden", "", "")]);
    let address = format!("http://127.0.0.1:{}", proxy.port);
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"] {
        let maya = with_secret(&team()).env(name, &address);
        let told = maya
            .run("export xapi --to https://lrs.halden.example/xAPI")
            .code(1);
        is_hidden(&maya, &told);
        let asked = proxy.asked();
        let last = asked.last().expect("it was asked");
        assert!(last.starts_with("CONNECT lrs.halden.example:443"), "{last}");
        assert!(!last.contains(HIDDEN) && !last.contains(SECRET), "{last}");
    }
    // A store on this computer is reached without it.
    let before = proxy.asked().len();
    let store = FalseStore::new(&[&answer("204 No Content", "", "")]);
    let maya = with_secret(&team())
        .env("HTTPS_PROXY", &address)
        .env("HTTP_PROXY", &address);
    maya.run(&format!("export xapi --to {}", store.url())).ok();
    assert_eq!((store.asked().len(), proxy.asked().len()), (1, before));
    let told = maya
        .env("HTTPS_PROXY", "http://me:pass word@/")
        .run("export xapi --to https://lrs.halden.example/xAPI")
        .code(1);
    assert!(
        told.said().contains("no address of a proxy") && !told.stderr.contains("pass word"),
        "{told}"
    );
}

#[cfg(unix)]
#[test]
fn a_file_with_the_secret_is_the_users_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let store = FalseStore::new(&[&answer("204 No Content", "", "")]);
    let maya = team();
    let line = format!("export xapi --to {} --credentials", store.url());
    let none = maya.run(&format!("export xapi --to {}", store.url())).code(2);
    assert!(
        none.said().contains("UPWARDS_LRS_USER and UPWARDS_LRS_SECRET"),
        "{none}"
    );
    let set = |file: &str, mode: u32| {
        std::fs::set_permissions(maya.path(file), std::fs::Permissions::from_mode(mode)).expect("its rights");
    };
    maya.file("../own/my.lrs", format!("upwards:{SECRET}\n"));
    let path = maya.path("../own/my.lrs").to_string_lossy().into_owned();
    for mode in [0o644, 0o640, 0o604, 0o660] {
        set("../own/my.lrs", mode);
        let told = maya.run(&format!("{line} {path}")).code(1);
        assert!(told.said().contains("others on this computer can read"), "{told}");
        assert!(told.said().contains("chmod 600"), "{told}");
        is_hidden(&maya, &told);
    }
    assert!(store.asked().is_empty());
    set("../own/my.lrs", 0o600);
    let told = maya.run(&format!("{line} {path}")).ok();
    is_hidden(&maya, &told);
    assert!(store.asked()[0].contains(HIDDEN));
    // In the workspace it would travel with it.
    maya.file("inside.lrs", format!("upwards:{SECRET}\n"));
    set("inside.lrs", 0o600);
    let told = maya.run(&format!("{line} inside.lrs")).code(1);
    assert!(told.said().contains("lies inside the workspace"), "{told}");
    std::fs::remove_file(maya.path("inside.lrs")).expect("a file");
    for (text, why) in [("upwards", "NAME:SECRET"), ("a:b\nc:d\n", "more than one line")] {
        maya.file("../own/my.lrs", text);
        set("../own/my.lrs", 0o600);
        let told = maya.run(&format!("{line} {path}")).code(1);
        assert!(told.said().contains(why), "{told}");
    }
    assert!(
        maya.run(&format!("{line} ../nowhere"))
            .code(1)
            .said()
            .contains("is no file")
    );
}

#[test]
fn only_leaders_send() {
    let store = FalseStore::new(&[&answer("204 No Content", "", "")]);
    let ana = with_secret(&team().laptop("ana"));
    let told = ana.run(&format!("export xapi --to {}", store.url())).code(1);
    assert!(told.said().contains("only leaders send"), "{told}");
    assert!(store.asked().is_empty());
}

#[test]
fn what_counts_again_is_said_to_stay_voided() {
    let store = FalseStore::new(&[&answer("200 OK", "", "[]")]);
    let maya = with_secret(&team());
    maya.run(&format!("export xapi --to {}", store.url())).ok();
    let bo = maya.laptop("bo");
    let log = maya.events("progress/bo/bo-laptop.jsonl");
    let voided = log.iter().find(|event| event["kind"] == "voided").expect("one");
    let line = format!(
        "{{\"v\":1,\"id\":\"9999d4e0-2c35-4b1f-8e77-000000000001\",\"seq\":1,\"day\":\"2026-03-16\",\"person\":\"bo\",\"by\":\"bo\",\"device\":\"bo-phone\",\"kind\":\"voided\",\"ref\":{}}}\n",
        voided["id"]
    );
    bo.file("progress/bo/bo-phone.jsonl", line);
    let told = maya.run(&format!("export xapi --to {}", store.url())).ok();
    assert!(
        told.said()
            .contains("1 statement counts here again and stays voided"),
        "{told}"
    );
}

/// A record store of others, with its data in a folder of its own.
struct Ralph {
    folder: tempfile::TempDir,
    port: u16,
    process: Option<Child>,
    /// More for its environment.
    more: Vec<(&'static str, String)>,
}

impl Ralph {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["app", "data/upw"] {
            std::fs::create_dir_all(folder.path().join(name)).expect("a folder in it");
        }
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("its number").port();
        let ralph = Self {
            folder,
            port,
            process: None,
            more: Vec::new(),
        };
        let told = ralph
            .command("ralph")
            .args(["auth", "-u", "upwards", "-p", SECRET, "-s", "all", "-t", "upw"])
            .args(["-M", "mailto:admin@example.org", "-N", "admin", "-w"])
            .output()
            .expect("Ralph is installed beside UPWARDS_LRS_PYTHON");
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        ralph
    }

    fn command(&self, program: &str) -> Command {
        let python =
            std::env::var_os("UPWARDS_LRS_PYTHON").expect("UPWARDS_LRS_PYTHON names a Python with Ralph");
        let beside = PathBuf::from(python).parent().expect("a folder").join(program);
        let mut command = Command::new(beside);
        command
            .env("RALPH_APP_DIR", self.folder.path().join("app"))
            .env("RALPH_RUNSERVER_BACKEND", "fs")
            .env(
                "RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH",
                self.folder.path().join("data"),
            )
            .env("LRS_PORT", self.port.to_string())
            .envs(self.more.iter().map(|(name, value)| (*name, value.as_str())));
        command
    }

    fn start(&mut self) {
        let process = self
            .command("python")
            .arg(root().join("tests/record_store/serve.py"))
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("Ralph starts");
        self.process = Some(process);
        let end = Instant::now() + Duration::from_secs(60);
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let process = self.process.as_mut().expect("it was started");
            assert!(process.try_wait().expect("its state").is_none(), "Ralph ended");
            assert!(Instant::now() < end, "Ralph does not answer");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// At once, as when the power goes.
    fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }

    fn restart(&mut self, more: &[(&'static str, String)]) {
        self.kill();
        self.more = more.to_vec();
        self.start();
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}/xAPI", self.port)
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("data/upw/fs_lrs.jsonl")
    }

    fn bytes(&self) -> String {
        std::fs::read_to_string(self.file()).unwrap_or_default()
    }

    /// What it holds, straight out of its file: every statement by its id. None of them is there twice.
    #[track_caller]
    fn holds(&self) -> BTreeMap<String, Value> {
        let mut held = BTreeMap::new();
        for line in self.bytes().lines() {
            let one: Value = serde_json::from_str(line).unwrap_or_else(|why| panic!("{why}: {line}"));
            let twice = held.insert(id(&one), one);
            assert!(twice.is_none(), "twice: {twice:?}");
        }
        held
    }
}

impl Drop for Ralph {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The store holds these and no others, and says of each what was said.
#[track_caller]
fn holds_exactly(ralph: &Ralph, expected: &[Value]) {
    let held = ralph.holds();
    let ids: BTreeSet<String> = expected.iter().map(id).collect();
    assert_eq!(held.keys().cloned().collect::<BTreeSet<_>>(), ids);
    for one in expected {
        for key in ["actor", "verb", "object", "result", "context", "timestamp"] {
            assert_eq!(held[&id(one)][key], one[key], "{key}");
        }
    }
}

#[test]
#[ignore = "needs Ralph, a record store"]
fn ralph_holds_exactly_what_was_sent() {
    let mut ralph = Ralph::new();
    ralph.start();
    let maya = with_secret(&team());
    let send = format!("export xapi --to {}", ralph.url());
    log(&maya, "chen", "chen-laptop", 600, 1);
    let markers = maya.own(&format!("{WORKSPACE}/sent.jsonl"));

    // Sent.
    let expected = statements(&maya, "");
    let told = maya.run(&send).ok();
    assert!(
        told.told().contains(&format!("{} statements", expected.len())),
        "{told}"
    );
    holds_exactly(&ralph, &expected);
    println!("sent: {}", expected.len());

    // Sent again: nothing goes, with markers and without.
    let bytes = ralph.bytes();
    maya.run(&send).ok();
    assert_eq!(ralph.bytes(), bytes);
    std::fs::remove_file(&markers).expect("markers");
    maya.run(&send).ok();
    assert_eq!(ralph.bytes(), bytes);
    println!(
        "sent again, and once more without markers: {}",
        ralph.holds().len()
    );

    // After a change: something is done, something is taken back.
    maya.laptop("bo")
        .run("learn --step one-rule --personal yes --done 'Another'")
        .ok();
    maya.laptop("ana").run("undo").ok();
    let changed = statements(&maya, "");
    assert!(changed.len() > expected.len());
    maya.run(&send).ok();
    holds_exactly(&ralph, &changed);
    println!("after a change: {}", changed.len());

    // One among a thousand does not suit the store.
    log(&maya, "chen", "chen-phone", 1000, 2);
    let all = statements(&maya, "");
    let known: BTreeSet<String> = changed.iter().map(id).collect();
    let new: Vec<String> = all.iter().map(id).filter(|one| !known.contains(one)).collect();
    assert_eq!(new.len(), 1000);
    let poisoned = &new[617];
    ralph.restart(&[("LRS_REFUSE", poisoned.clone())]);
    let told = maya.run(&send).code(1);
    assert!(
        told.said().contains("refused 1 statement; the others are there"),
        "{told}"
    );
    assert!(
        told.said()
            .contains("422: {\"detail\":\"this statement does not suit the store\"}"),
        "{told}"
    );
    let others: Vec<Value> = all.iter().filter(|one| id(one) != *poisoned).cloned().collect();
    holds_exactly(&ralph, &others);
    println!("one poisoned among a thousand: {}", others.len());
    // It is put aside, and sent when that is asked for.
    let told = maya.run(&send).ok();
    assert!(
        told.said().contains("1 statement that the store refused before"),
        "{told}"
    );
    ralph.restart(&[]);
    maya.run(&format!("{send} --again")).ok();
    holds_exactly(&ralph, &all);
    println!("with --again: {}", all.len());
}

#[test]
#[ignore = "needs Ralph, a record store"]
fn ralph_has_something_else_under_an_id() {
    let mut ralph = Ralph::new();
    ralph.start();
    let maya = with_secret(&team());
    log(&maya, "chen", "chen-laptop", 300, 1);
    let all = statements(&maya, "");
    // Somebody said something else under the id of one, and the same of another.
    let (other, same) = (&all[7], &all[11]);
    let mut changed = other.clone();
    changed["result"] = serde_json::json!({ "completion": false });
    // Ralph wants the same bytes to call it the same: another spelling of the instant is none to us.
    let mut respelled = same.clone();
    let day = same["timestamp"]
        .as_str()
        .expect("a time")
        .replace(".000Z", "+00:00");
    respelled["timestamp"] = day.into();
    std::fs::write(ralph.file(), format!("{changed}\n{respelled}\n")).expect("its file");
    let told = maya.run(&format!("export xapi --to {}", ralph.url())).code(1);
    assert!(told.said().contains("refused 1 statement"), "{told}");
    assert!(
        told.said()
            .contains("the store holds another statement under this id"),
        "{told}"
    );
    assert!(told.said().contains(&id(other)), "{told}");
    let held = ralph.holds();
    assert_eq!(held.len(), all.len());
    assert_eq!(held[&id(other)]["result"]["completion"], false);
    println!("409 for two of {}: one is the same, one is put aside", all.len());
}

#[test]
#[ignore = "needs Ralph, a record store"]
fn ralph_is_killed_half_way() {
    const COUNT: usize = 5000;
    let mut ralph = Ralph::new();
    ralph.start();
    let maya = with_secret(&Sandbox::halden());
    log(&maya, "chen", "chen-laptop", COUNT, 1);
    let expected = statements(&maya, "");
    assert_eq!(expected.len(), COUNT);
    let url = ralph.url();
    let started = Instant::now();
    let mut sending = maya
        .command(["export", "xapi", "--to", &url])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let lines = |ralph: &Ralph| ralph.bytes().lines().count();
    while lines(&ralph) < COUNT / 4 {
        assert!(
            sending.try_wait().expect("its state").is_none(),
            "it ended too soon"
        );
        assert!(started.elapsed() < Duration::from_secs(60));
        std::thread::sleep(Duration::from_millis(2));
    }
    ralph.kill();
    let ended = sending.wait_with_output().expect("it ends by itself");
    let told = String::from_utf8_lossy(&ended.stderr)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert_eq!(ended.status.code(), Some(1), "{told}");
    assert!(
        told.contains("cannot now") && told.contains("goes on behind what the store has"),
        "{told}"
    );
    let half = lines(&ralph);
    assert!(half < COUNT, "all of it went before the store was killed");
    // The store mends a line of its own that broke off, as whoever runs it would.
    let bytes = ralph.bytes();
    let whole = bytes.rfind('\n').map_or(0, |end| end + 1);
    std::fs::write(ralph.file(), &bytes[..whole]).expect("its file");
    let markers = std::fs::read_to_string(maya.own(&format!("{WORKSPACE}/sent.jsonl"))).unwrap_or_default();
    ralph.start();
    let told = maya.run(&format!("export xapi --to {url}")).ok();
    holds_exactly(&ralph, &expected);
    println!(
        "killed with {half} of {COUNT} stored and {} noted; resumed: {}; holds {}",
        markers.lines().count(),
        told.told(),
        ralph.holds().len()
    );
}

#[test]
#[ignore = "needs Ralph, a record store, and openssl"]
fn ralph_speaks_https_with_a_certificate_of_ones_own() {
    let mut ralph = Ralph::new();
    let folder = ralph.folder.path().to_owned();
    let openssl = |args: &str| {
        let told = Command::new("openssl")
            .args(args.split(' '))
            .current_dir(&folder)
            .output()
            .expect("openssl is installed");
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    };
    openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=own -keyout ca.key -out ca.pem");
    openssl("req -newkey rsa:2048 -nodes -subj /CN=store -keyout store.key -out store.csr");
    std::fs::write(folder.join("store.ext"), "subjectAltName=IP:127.0.0.1\n").expect("a file");
    openssl(
        "x509 -req -in store.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile store.ext -out store.pem",
    );
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    ralph.more = vec![
        ("LRS_CERTIFICATE", path("store.pem")),
        ("LRS_KEY", path("store.key")),
    ];
    ralph.start();
    let maya = with_secret(&team());
    let expected = statements(&maya, "");
    let send = format!("export xapi --to https://127.0.0.1:{}/xAPI", ralph.port);
    let told = maya.run(&send).code(1);
    assert!(
        told.said().contains("no connection") && told.said().contains("--ca FILE"),
        "{told}"
    );
    is_hidden(&maya, &told);
    assert!(ralph.holds().is_empty());
    maya.file("../tmp-empty.pem", "nothing");
    maya.run(&format!("{send} --ca ../tmp-empty.pem")).code(1);
    maya.run(&format!("{send} --ca {}", path("ca.pem"))).ok();
    holds_exactly(&ralph, &expected);
    maya.env("SSL_CERT_FILE", &path("ca.pem"))
        .run(&format!("{send} --again"))
        .ok();
    holds_exactly(&ralph, &expected);
    println!("https with a certificate of one's own: {}", expected.len());
}
