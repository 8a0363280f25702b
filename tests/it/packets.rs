//! `send` and `receive` of packets: what one computer recorded reaches the leaders whole, and a person's copy holds what
//! is theirs.

use serde_json::Value;
use snapbox::{assert_data_eq, str};
use upwards::packet::{self, Block, Head, Kind, Packet, Part, TextFile};

use crate::support::{Output, Sandbox, WORKSPACE};

const LOG: &str = "progress/ana/ana-laptop.jsonl";

/// Ana's computer, where nothing of the workspace is yet.
fn anas(maya: &Sandbox) -> Sandbox {
    let ana = maya.laptop("ana").inside("../anas");
    ana.file("empty/x", "");
    ana
}

/// Ana's computer with her copy.
fn with_copy(maya: &Sandbox) -> Sandbox {
    let ana = anas(maya);
    maya.run("send --to ana -o ../copy.packet").ok();
    ana.run("receive ../copy.packet --yes").ok();
    ana.inside(&format!("../anas/{WORKSPACE}"))
}

fn practise(ana: &Sandbox, day: &str, line: &str) {
    ana.on(day)
        .run(&format!(
            "learn --step answering.answer-one --personal yes --done '{line}'"
        ))
        .ok();
}

fn table(s: &Sandbox) -> String {
    s.run("readiness -f csv").ok().stdout
}

fn head(kind: Kind, from: &str, device: &str) -> Head {
    Head {
        kind,
        workspace: WORKSPACE.to_owned(),
        from: from.to_owned(),
        device: device.to_owned(),
        to: "leaders".to_owned(),
        day: "2026-03-16".parse().expect("a day"),
    }
}

fn event(person: &str, by: &str, device: &str, seq: u32, rest: &str) -> String {
    format!(
        "{{\"v\":1,\"id\":\"71d4e0aa-2c35-4b1f-8e77-0000000{seq:05}\",\"seq\":{seq},\"day\":\"2026-03-14\",\"person\":\"{person}\",\"by\":\"{by}\",\"device\":\"{device}\",{rest}}}"
    )
}

fn aim(text: &str) -> String {
    format!("\"kind\":\"aimed\",\"text\":{}", Value::from(text))
}

fn log_packet(file: &str, lines: &[String]) -> String {
    let block = Block {
        file: file.to_owned(),
        after: 0,
        lines: lines.iter().map(|line| (0, line.clone())).collect(),
    };
    packet::write(&Packet {
        head: head(Kind::Log, "ana", "ana-laptop"),
        parts: vec![Part::Block(block)],
    })
}

fn receive(maya: &Sandbox, text: impl AsRef<[u8]>) -> Output {
    maya.file("../in.packet", text);
    maya.run("receive ../in.packet --yes")
}

#[test]
fn a_copy_goes_out_and_a_packet_comes_back() {
    let maya = Sandbox::halden();
    maya.run("assign answering --to ana --due 2026-04-01 --curriculum tiny --yes")
        .ok();
    let ana = anas(&maya);
    let sent = maya.run("send --to ana -o ../copy.packet").ok();
    assert_data_eq!(
        sent.stdout,
        str![[r"
../copy.packet: the copy of Ana Reyes
  5 texts: settings, curricula of your own, people.toml
  people.toml: Ana Reyes in full; Maya Lund by name and role
  1 line of progress/ana/: all that is shared about Ana Reyes
Not in it: answers, what was missed, notes, how sure somebody was,
minutes.

Nothing was sent: mail each file to its person. There:

"]]
    );
    let made = ana.run("receive ../copy.packet --yes").ok();
    assert_data_eq!(
        made.stdout,
        str![[r"
../copy.packet: the copy of Ana Reyes, made on 16 Mar; it says that it
is from Maya Lund
  texts: 5 new, 0 renewed, 0 the same
  log lines: 1 new, 0 known, 0 refused
It makes the folder [ROOT]/anas/halden-3f9c.
Made [ROOT]/anas/halden-3f9c. You are Ana Reyes there.

"]]
    );
    let ana = ana.inside(&format!("../anas/{WORKSPACE}"));
    let home = ana.run("").ok();
    assert!(home.told().contains("Ana"), "{home}");
    assert!(
        ana.run("receive ../../copy.packet --yes")
            .ok()
            .told()
            .contains("Nothing new")
    );
    // She learns, and sends what the leaders lack.
    practise(&ana, "2026-03-14", "Answered a late-parcel complaint");
    let sent = ana.run("send -o ../ana.packet").ok();
    assert_data_eq!(
        sent.stdout,
        str![[r#"
1 line of ana-laptop for Maya Lund:

progress/ana/ana-laptop.jsonl
  2026-03-14  practised Answer one customer, own hand: "Answered a
              late-parcel complaint"

Not in it: answers, what was missed, notes, how sure somebody was,
minutes.

Written to ../ana.packet. Nothing was sent: mail it to Maya Lund, or
hand it over.

"#]]
    );
    let nothing = ana.run("send -o ../other.packet").ok();
    assert!(
        nothing.told().contains("Nothing new since the packet of 16 Mar"),
        "{nothing}"
    );
    assert!(!ana.has("../other.packet"));
    let before = table(&maya);
    let taken = maya.run("receive ../anas/ana.packet --yes").ok();
    assert_data_eq!(
        taken.stdout,
        str![[r#"
../anas/ana.packet: says that it is from Ana Reyes, ana-laptop: 1 line,
1 new, 0 known, 0 refused

  2026-03-14  practised Answer one customer, own hand: "Answered a
              late-parcel complaint"

Saved 1 line.
  Serve      not started -> building   0.0 -> 40.0   limited by: questions
     +40.0  practice: Answer one customer

"#]]
    );
    assert_ne!(table(&maya), before);
    // Byte for byte, but for nothing.
    assert_eq!(maya.read(LOG), ana.read(LOG));
    let files = maya.workspace();
    let again = maya.run("receive ../anas/ana.packet --yes").ok();
    assert!(again.told().contains("0 new, 1 known"), "{again}");
    assert_eq!(maya.workspace(), files);
    maya.run("doctor").ok();
    ana.run("doctor").ok();
    ana.run("check").ok();
}

#[test]
fn packets_may_come_in_any_order_and_a_gap_is_named_until_it_is_filled() {
    let maya = Sandbox::halden();
    let ana = with_copy(&maya);
    practise(&ana, "2026-03-10", "Answered one");
    ana.on("2026-03-10").run("send -o ../1.packet").ok();
    practise(&ana, "2026-03-12", "Answered another");
    ana.run("aim 'Answers take two days' --capability serve --curriculum tiny")
        .ok();
    ana.on("2026-03-12").run("send -o ../2.packet").ok();
    let late = maya.run("receive ../anas/2.packet --yes").ok();
    assert!(
        late.told().contains("Still missing: line 1 of ana-laptop. An earlier packet did not arrive: ask Ana Reyes for `upwards send --all`."),
        "{late}"
    );
    let doctor = maya.run("doctor").code(3);
    assert!(
        doctor.told().contains("lines 1 to 1 of ana-laptop are missing"),
        "{doctor}"
    );
    let filled = maya.run("receive ../anas/1.packet --yes").ok();
    assert!(!filled.told().contains("missing"), "{filled}");
    maya.run("doctor").ok();
    let other = Sandbox::halden();
    for packet in ["1", "2", "1"] {
        other.file("../in.packet", maya.read(&format!("../anas/{packet}.packet")));
        other.run("receive ../in.packet --yes").ok();
    }
    assert_eq!(table(&other), table(&maya));
    // Lost for good: all of it once more.
    let third = Sandbox::halden();
    ana.run("send --all -o ../all.packet").ok();
    third.file("../in.packet", maya.read("../anas/all.packet"));
    third.run("receive ../in.packet --yes").ok();
    assert_eq!(table(&third), table(&maya));
    assert_eq!(third.read(LOG), ana.read(LOG));
}

#[test]
fn a_packet_that_may_not_have_left_is_not_lost_by_the_next_one() {
    let maya = Sandbox::halden();
    let ana = with_copy(&maya);
    practise(&ana, "2026-03-10", "Answered one");
    ana.run("send -o ../ana.packet").ok();
    practise(&ana, "2026-03-12", "Answered another");
    ana.run("send -o ../ana.packet").ok();
    let taken = maya.run("receive ../anas/ana.packet --yes").ok();
    assert!(taken.told().contains("2 new, 0 known"), "{taken}");
    ana.file("../mine.txt", "not a packet");
    practise(&ana, "2026-03-13", "Answered a third");
    let refused = ana.run("send -o ../mine.txt").code(1);
    assert!(
        refused.said().contains("does not look like one of ours"),
        "{refused}"
    );
    // Not written is not sent.
    let sent = ana.run("send -o ../new.packet").ok();
    assert!(
        sent.told().contains("1 line of ana-laptop for Maya Lund"),
        "{sent}"
    );
}

#[test]
fn a_packet_that_is_not_whole_or_not_for_here_is_taken_in_no_part() {
    let maya = Sandbox::halden();
    let good = log_packet(LOG, &[event("ana", "ana", "ana-laptop", 1, &aim("x"))]);
    let other = |change: &dyn Fn(&mut Head)| {
        let mut head = head(Kind::Log, "ana", "ana-laptop");
        change(&mut head);
        packet::write(&Packet {
            head,
            parts: Vec::new(),
        })
    };
    let before = maya.workspace();
    let huge = format!(
        "{}\n{}",
        good.lines().next().expect("a head"),
        "x".repeat(30 * 1024 * 1024)
    );
    for (text, says) in [
        (
            good[..good.len() - 40].to_owned(),
            "arrived damaged: it says that it has 2 lines and has 2",
        ),
        (good[..good.len() / 2].to_owned(), "arrived damaged"),
        (good[..60].to_owned(), "arrived damaged"),
        (good.replace("\"x\"", "\"y\""), "its checksum does not fit"),
        (
            good.replace("\"format\":1", "\"format\":7"),
            "made by a newer upwards",
        ),
        (huge, "larger than 16 MiB"),
        (
            other(&|head| head.workspace = "other-1".to_owned()),
            "was made for the workspace other-1",
        ),
        (other(&|head| head.from = "zoe".to_owned()), "zoe"),
        (other(&|head| head.to = "bo".to_owned()), "for the leaders"),
        (
            other(&|head| head.device = "maya-laptop".to_owned()),
            "which is this computer",
        ),
    ] {
        let run = receive(&maya, &text).code(1);
        let says = says.replace("it says that it has 2 lines and has 2", "");
        assert!(run.said().contains(says.trim_end_matches(": ")), "{says}: {run}");
        assert_eq!(maya.workspace(), before, "{says}");
    }
    let damaged = receive(&maya, &good[..good.len() - 40]).code(1);
    assert!(
        damaged.said().contains("ask Ana Reyes to send it again"),
        "{damaged}"
    );
    let bo = maya.laptop("bo");
    bo.file("../in.packet", &good);
    let run = bo.run("receive ../in.packet --yes").code(1);
    assert!(run.said().contains("Bo Lindqvist is none"), "{run}");
    maya.file(
        "erased.toml",
        "format = 1\n\n[[erased]]\nid = \"ana\"\nday = 2026-03-01\n",
    );
    assert!(receive(&maya, &good).code(1).said().contains("was erased here"));
}

#[test]
fn lines_that_may_not_come_this_way_are_named_and_the_others_taken() {
    let maya = Sandbox::halden();
    maya.file(
        "progress/bo/bo-laptop.jsonl",
        event("bo", "bo", "bo-laptop", 900, &aim("mine")) + "\n",
    );
    maya.file(
        "progress/chen/ana-laptop.jsonl",
        event("chen", "chen", "ana-laptop", 901, &aim("mine")) + "\n",
    );
    let before = maya.workspace();
    for file in [
        "progress/bo/bo-laptop.jsonl",
        "progress/zoe/ana-laptop.jsonl",
        "../x",
        "people.toml",
        "team/bo-laptop.jsonl",
        "progress/chen/ana-laptop.jsonl",
    ] {
        let run = receive(
            &maya,
            log_packet(file, &[event("bo", "ana", "ana-laptop", 1, &aim("x"))]),
        )
        .code(1);
        assert!(run.told().contains("refused"), "{file}: {run}");
        assert_eq!(maya.workspace(), before, "{file}");
    }
    let text = packet::write(&Packet {
        head: head(Kind::Log, "ana", "ana-laptop"),
        parts: vec![Part::Text(TextFile {
            path: "people.toml".to_owned(),
            text: "format = 1\n".to_owned(),
        })],
    });
    assert!(
        receive(&maya, text)
            .code(1)
            .told()
            .contains("only in a person's copy")
    );
    assert_eq!(maya.workspace(), before);
    let lines = [
        event(
            "ana",
            "ana",
            "ana-laptop",
            1,
            &aim("\u{1b}[2J=cmd|' /C calc'!A1 <script>alert(1)</script>"),
        ),
        event("ana", "bo", "ana-laptop", 2, &aim("forged")),
        event("bo", "ana", "ana-laptop", 3, &aim("about another")),
        event(
            "ana",
            "ana",
            "ana-laptop",
            4,
            "\"kind\":\"waived\",\"curriculum\":\"tiny\",\"step\":\"answering.hour\"",
        ),
        event(
            "ana",
            "ana",
            "ana-laptop",
            5,
            "\"kind\":\"levitated\",\"height\":3",
        ),
        event("ana", "ana", "ana-laptop", 6, &aim("newer")).replace("\"v\":1", "\"v\":2"),
        "rubbish".to_owned(),
        event("ana", "ana", "ana-laptop", 8, &aim(&"long".repeat(20_000))),
        event("ana", "ana", "ana-laptop", 9, &aim("last")),
    ];
    let refused = receive(&maya, log_packet(LOG, &lines)).code(1);
    assert_eq!(maya.workspace(), before, "all or nothing without a flag");
    assert!(
        refused.said().contains("5 lines refused; nothing was written"),
        "{refused}"
    );
    let taken = maya.run("receive ../in.packet --yes --skip-rejected").code(1);
    assert!(!taken.stdout.contains('\u{1b}') && !taken.stderr.contains('\u{1b}'));
    for why in [
        "it is by bo, and the packet is from ana",
        "it is about bo, and stands in the log about ana",
        "only leaders write \"waived\"",
        "it is no event",
        "at most 65536 are read",
    ] {
        assert!(taken.told().contains(why), "{why}: {taken}");
    }
    let kept: Vec<Value> = maya.events(LOG);
    let seqs: Vec<&Value> = kept.iter().map(|event| &event["seq"]).collect();
    assert_eq!(seqs, [1, 5, 6, 9]);
    // What is here with other words stays as it is.
    let forged = event("ana", "ana", "ana-laptop", 9, &aim("other words"));
    let run = receive(&maya, log_packet(LOG, &[forged])).code(1);
    assert!(run.told().contains("same id is here with other words"), "{run}");
    assert_eq!(maya.events(LOG), kept);
}

#[test]
fn a_packet_comes_in_a_mail_too() {
    let maya = Sandbox::halden();
    let text = log_packet(LOG, &[event("ana", "ana", "ana-laptop", 1, &aim("x"))]);
    let attached = text.replace('\n', "\r\n");
    let mail = format!(
        "From: Ana <ana@halden.example>\r\nTo: maya@halden.example\r\nSubject: packet\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHere it is.\r\n\
         --b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"ana.packet\"\r\n\r\n{attached}\r\n--b--\r\n"
    );
    maya.file("../mail.eml", mail);
    maya.run("receive ../mail.eml --yes").ok();
    assert_eq!(maya.events(LOG).len(), 1);
    let piped = Sandbox::halden();
    piped.feed("receive - --yes", &text).ok();
    assert_eq!(piped.events(LOG).len(), 1);
}

#[test]
fn a_copy_holds_nothing_of_anybody_else() {
    let maya = Sandbox::halden();
    maya.append(
        "people.toml",
        "\n[[person]]\nid = \"jo\"\nname = \"Jo Park\"\nroles = [\"mentor\"]\nemail = \"jo@secret.example\"\n",
    );
    maya.file(
        "people.toml",
        maya.read("people.toml")
            .replace("name = \"Bo Lindqvist\"", "name = \"Bo Lindqvist\" # BO-COMMENT\nemail = \"bo@secret.example\"\nchallenges = [\"bo-worry\"]"),
    );
    let bo = maya.laptop("bo");
    bo.run("aim 'BO-MARKER' --capability serve --curriculum tiny")
        .ok();
    bo.run("notes add 'BO-PRIVATE'").ok();
    let mentored = "\"kind\":\"met\",\"curriculum\":\"tiny\",\"meeting\":\"m\",\"with\":[\"jo\"],\"role\":\"mentor\",\"capabilities\":[\"serve\"],\"minutes\":30,\"attendance\":\"present\"";
    let peers = mentored
        .replace("mentor", "peer")
        .replace(
            "\"meeting\":\"m\"",
            "\"meeting\":\"p\",\"commitment\":\"BO-PROMISE\"",
        )
        .replace("jo", "ana");
    maya.file(
        "progress/bo/bo-tablet.jsonl",
        event("bo", "bo", "bo-tablet", 1, mentored)
            + "\n"
            + &event("bo", "bo", "bo-tablet", 2, &peers)
            + "\n",
    );
    maya.run("assign answering --to bo --curriculum tiny --waive hour --reason 'TEAM-REASON'")
        .ok();
    maya.run("send --to ana --to jo -o ../out").ok();
    let ana = maya.read("../out/ana-2026-03-16.packet");
    for marker in [
        "BO-",
        "secret.example",
        "bo-worry",
        "TEAM-REASON",
        "progress/bo",
        "team/",
        "bo@",
        "items/",
    ] {
        assert!(!ana.contains(marker), "{marker} in {ana}");
    }
    let jo = maya.read("../out/jo-2026-03-16.packet");
    assert!(jo.contains("progress/bo/bo-tablet.jsonl") && jo.contains("jo@secret.example"));
    for marker in ["BO-", "bo@", "bo-worry", "TEAM-REASON", "team/"] {
        assert!(!jo.contains(marker), "{marker} in {jo}");
    }
    // What is in it can be received and used.
    let jos = maya.laptop("jo").inside("../jos");
    jos.file("empty/x", "");
    jos.run("receive ../out/jo-2026-03-16.packet --yes").ok();
    let jos = jos.inside(&format!("../jos/{WORKSPACE}"));
    assert_eq!(jos.events("progress/bo/bo-tablet.jsonl").len(), 1);
    jos.run("doctor").ok();
    jos.run("check").ok();
}

#[test]
fn copies_are_for_people_who_are_here_and_lead_nobody() {
    let maya = Sandbox::halden();
    for (line, code, says) in [
        ("send --to ana", 2, "where do the copies go?"),
        ("send --to ana -o -", 2, "a packet is a file"),
        ("send --to zoe -o ../x", 1, "zoe"),
        ("send --to maya -o ../x", 1, "Maya Lund leads"),
        ("send --to group:nobody -o ../x", 1, "nobody"),
        ("send --to ana --team -o ../x", 2, "cannot be used with"),
        ("send --to ana -f csv -o ../x", 2, "one form"),
        ("send", 0, ""),
        ("send --to ana -o progress/ana.packet", 1, "part of the workspace"),
    ] {
        let run = maya.run(line).code(code);
        assert!(run.said().contains(says), "{line}: {run}");
    }
    let ana = maya.laptop("ana");
    let run = ana.run("send --to bo -o ../x").code(1);
    assert!(run.said().contains("leads nobody here"), "{run}");
    assert!(
        ana.run("send --team -o ../x")
            .code(1)
            .said()
            .contains("only leaders")
    );
    assert!(
        ana.run("send -o ../x")
            .ok()
            .told()
            .contains("Nothing was recorded on this computer yet")
    );
    let dry = maya.run("send --to group:board -o ../out --dry-run").ok();
    assert!(dry.told().contains("Dry run"), "{dry}");
    assert!(!maya.has("../out"));
    maya.run("send --to group:board -o ../out").ok();
    assert!(maya.has("../out/ana-2026-03-16.packet") && maya.has("../out/bo-2026-03-16.packet"));
    let (first, name) = (
        maya.read("../out/bo-2026-03-16.packet"),
        "../out/bo-2026-03-16.packet",
    );
    maya.run("send --to group:board -o ../out").ok();
    assert_eq!(maya.read(name), first, "the same input, the same bytes");
}

#[test]
fn a_copy_is_renewed_and_what_was_changed_here_is_kept() {
    let maya = Sandbox::halden();
    let ana = with_copy(&maya);
    let module = "curricula/tiny/modules/answering.toml";
    maya.file(
        module,
        maya.read(module).replace("First answers", "Very first answers"),
    );
    maya.run("assign answering --to ana --curriculum tiny --yes").ok();
    maya.run("send --to ana -o ../copy.packet --yes").ok();
    let renewed = ana.run("receive ../../copy.packet --yes").ok();
    assert!(
        renewed.told().contains("texts: 0 new, 1 renewed, 4 the same"),
        "{renewed}"
    );
    assert!(ana.read(module).contains("Very first answers"));
    assert_eq!(ana.events("progress/ana/maya-laptop.jsonl").len(), 1);
    // Somebody mends something here, and the leader sends another text.
    ana.file(module, ana.read(module).replace("Very first", "My own"));
    maya.file(module, maya.read(module).replace("Very first", "The third"));
    maya.run("send --to ana -o ../copy.packet --yes").ok();
    let beside = ana.run("receive ../../copy.packet --yes").ok();
    assert!(
        beside
            .told()
            .contains(&format!("diff {module} {module}.received")),
        "{beside}"
    );
    assert!(ana.read(module).contains("My own"));
    assert!(ana.read(&format!("{module}.received")).contains("The third"));
    ana.run("check").ok();
    // Somebody else's copy is not for here, and nobody's is for the leaders' folder.
    maya.run("send --to bo -o ../bo.packet").ok();
    let run = ana.run("receive ../../bo.packet --yes").code(1);
    assert!(
        run.said().contains("this is the copy of bo, and you are ana"),
        "{run}"
    );
    let before = maya.workspace();
    let run = maya.run("receive ../copy.packet --yes").code(1);
    assert!(run.said().contains("you are maya"), "{run}");
    assert_eq!(maya.workspace(), before);
}

#[test]
fn a_copy_brings_back_what_this_computer_lost() {
    let maya = Sandbox::halden();
    let ana = with_copy(&maya);
    practise(&ana, "2026-03-10", "Answered one");
    practise(&ana, "2026-03-12", "Answered another");
    ana.run("send -o ../ana.packet").ok();
    maya.run("receive ../anas/ana.packet --yes").ok();
    let log = ana.read(LOG);
    std::fs::remove_dir_all(ana.path("")).expect("her folder");
    let ana = with_copy(&maya);
    assert_eq!(ana.read(LOG), log);
    practise(&ana, "2026-03-13", "Answered a third");
    let seqs: Vec<Value> = ana.events(LOG).iter().map(|e| e["seq"].clone()).collect();
    assert_eq!(seqs, [1, 2, 3]);
    ana.run("send -o ../ana.packet").ok();
    maya.run("receive ../anas/ana.packet --yes").ok();
    maya.run("doctor").ok();
    // Under its name nothing comes in that it did not write.
    let forged = event("ana", "ana", "ana-laptop", 2, &aim("forged"));
    let packet = packet::write(&Packet {
        head: Head {
            to: "ana".to_owned(),
            ..head(Kind::Copy, "maya", "maya-laptop")
        },
        parts: vec![Part::Block(Block {
            file: LOG.to_owned(),
            after: 0,
            lines: vec![(0, forged)],
        })],
    });
    let run = receive(&ana, packet).code(1);
    assert!(
        run.told()
            .contains("this computer wrote another line of that number"),
        "{run}"
    );
    // Nor behind what it wrote, where its own next lines would seem to have been sent already.
    for seq in [4, 90_000] {
        let forged = event("ana", "ana", "ana-laptop", seq, &aim("forged"));
        let packet = packet::write(&Packet {
            head: Head {
                to: "ana".to_owned(),
                ..head(Kind::Copy, "maya", "maya-laptop")
            },
            parts: vec![Part::Block(Block {
                file: LOG.to_owned(),
                after: 0,
                lines: vec![(0, forged)],
            })],
        });
        let run = receive(&ana, packet).code(1);
        assert!(run.told().contains("which wrote 3 lines"), "{run}");
    }
    assert_eq!(ana.events(LOG).len(), 3);
}

#[test]
fn hostile_copies_write_nothing_where_they_should_not() {
    let maya = Sandbox::halden();
    let ana = anas(&maya);
    let settings = "format = 1\nid = \"halden-3f9c\"\nname = \"Halden\"\ncurricula = []\n";
    let people = "format = 1\n\n[[person]]\nid = \"ana\"\nname = \"Ana\"\n";
    for path in [
        "../../evil.toml",
        "/tmp/evil.toml",
        "curricula/../../evil.toml",
        "curricula/x/.git/config.toml",
        "team/x.toml",
        "progress/ana/x.toml",
        "curricula/tiny/run.sh",
    ] {
        let texts = [
            ("upwards.toml", settings),
            ("people.toml", people),
            (path, "x = 1\n"),
        ];
        let packet = packet::write(&Packet {
            head: Head {
                to: "ana".to_owned(),
                ..head(Kind::Copy, "maya", "maya-laptop")
            },
            parts: texts
                .iter()
                .map(|(path, text)| {
                    Part::Text(TextFile {
                        path: (*path).to_owned(),
                        text: (*text).to_owned(),
                    })
                })
                .collect(),
        });
        let before = ana.everything();
        let run = receive(&ana, &packet).code(1);
        assert!(run.told().contains("no such text is in a copy"), "{path}: {run}");
        let mut after = ana.everything();
        after.retain(|name, _| !name.ends_with("in.packet"));
        let mut before = before;
        before.retain(|name, _| !name.ends_with("in.packet"));
        assert_eq!(after, before, "{path}");
    }
    // Settings of another workspace, or none at all, make no folder.
    for (path, text) in [
        ("upwards.toml", settings.replace("halden-3f9c", "other-1")),
        ("people.toml", people.to_owned()),
    ] {
        let packet = packet::write(&Packet {
            head: Head {
                to: "ana".to_owned(),
                ..head(Kind::Copy, "maya", "maya-laptop")
            },
            parts: vec![Part::Text(TextFile {
                path: path.to_owned(),
                text,
            })],
        });
        let run = receive(&ana, &packet).code(1);
        assert!(run.said().contains("holds no workspace"), "{run}");
        assert!(!ana.has(WORKSPACE));
    }
    // A workspace's id is a part of paths: what is none is refused before anything is looked at.
    for workspace in ["../../home/evil", "/tmp/evil", "..", "A", "a/b", ""] {
        let before = ana.everything();
        let packet = copy_packet(workspace, &settings.replace(WORKSPACE, workspace), people);
        let run = receive(&ana, &packet).code(1);
        assert!(run.said().contains("its \"workspace\" is no id"), "{run}");
        assert_eq!(ana.everything().len(), before.len(), "{workspace}");
    }
    // Settings or people that no command could read are no copy.
    for (settings, people) in [
        ("id = \"halden-3f9c\"\n", people),
        (settings, "format = 1\nperson = 3\n"),
    ] {
        let packet = copy_packet(WORKSPACE, settings, people);
        let run = receive(&ana, &packet).code(1);
        assert!(run.told().contains("it cannot be read"), "{run}");
        assert!(!ana.has(WORKSPACE));
    }
    // A folder that is something else is left alone.
    ana.file(&format!("{WORKSPACE}/thesis.txt"), "years of work");
    maya.run("send --to ana -o ../copy.packet").ok();
    let run = ana.run("receive ../copy.packet --yes").code(1);
    assert!(
        run.said().contains("is there already and is no workspace"),
        "{run}"
    );
    ana.run("receive ../copy.packet --yes -w elsewhere").ok();
    assert!(ana.has("elsewhere/upwards.toml"));
}

#[test]
fn a_copy_that_was_cut_short_is_received_once_more() {
    let maya = Sandbox::halden();
    let ana = anas(&maya);
    maya.run("send --to ana -o ../copy.packet").ok();
    ana.run("receive ../copy.packet --yes").ok();
    std::fs::remove_file(ana.path(&format!("{WORKSPACE}/upwards.toml"))).expect("it is there");
    let run = ana.run("receive ../copy.packet --yes").ok();
    assert!(run.stdout.contains("You are Ana Reyes there."), "{run}");
    ana.inside(&format!("../anas/{WORKSPACE}"))
        .run("progress --curriculum tiny")
        .ok();
}

#[test]
fn a_copy_holds_no_comment_and_no_line_that_lies_in_the_wrong_folder() {
    let maya = Sandbox::halden();
    let settings = maya.read("upwards.toml");
    maya.file("upwards.toml", format!("# MARK settings\n{settings}"));
    maya.append("curricula/tiny/curriculum.toml", "# MARK curriculum\n");
    maya.file("curricula/tiny/notes.toml", "note = \"MARK notes\"\n");
    let misplaced = event("bo", "maya", "maya-laptop", 1, &aim("MARK line"));
    maya.file("progress/ana/maya-laptop.jsonl", format!("{misplaced}\n"));
    maya.run("send --to ana -o ../copy.packet").ok();
    let packet = maya.read("../copy.packet");
    assert!(!packet.contains("MARK"), "{packet}");
    let ana = anas(&maya);
    ana.run("receive ../copy.packet --yes").ok();
}

#[test]
fn what_a_packet_holds_twice_is_taken_once_and_two_tellings_are_named() {
    let maya = Sandbox::halden();
    let one = event("ana", "ana", "ana-laptop", 1, &aim("one"));
    let other = event("ana", "ana", "ana-laptop", 1, &aim("two"));
    let twice = log_packet(LOG, &[one.clone(), one.clone(), other]);
    let run = receive(&maya, twice).code(1);
    assert!(
        run.told()
            .contains("a line of the same id is here with other words"),
        "{run}"
    );
    assert!(run.told().contains("1 new, 1 known, 1 refused"), "{run}");
    let twice = log_packet(LOG, &[one.clone(), one.clone()]);
    receive(&maya, twice).ok();
    assert_eq!(maya.read(LOG), format!("{one}\n"));
}

#[test]
fn a_receipt_that_two_leaders_received_is_no_quarrel_between_their_packets() {
    let maya = Sandbox::halden();
    maya.append(
        "people.toml",
        "\n[[person]]\nid = \"lea\"\nname = \"Lea\"\nroles = [\"leader\"]\n",
    );
    let via = |by: &str, device: &str| {
        format!(
            "{{\"v\":1,\"id\":\"71d4e0aa-2c35-4b1f-8e77-000000000001\",\"seq\":1,\"day\":\"2026-03-14\",\"person\":\"ana\",\"by\":\"ana\",\"device\":\"{device}\",{},\"via\":{{\"by\":\"{by}\",\"form\":\"mail\"}}}}",
            aim("x")
        )
    };
    maya.file(
        "progress/ana/maya-laptop.jsonl",
        format!("{}\n", via("maya", "maya-laptop")),
    );
    let block = Block {
        file: "progress/ana/lea-laptop.jsonl".to_owned(),
        after: 0,
        lines: vec![(0, via("lea", "lea-laptop"))],
    };
    let packet = packet::write(&Packet {
        head: head(Kind::Log, "lea", "lea-laptop"),
        parts: vec![Part::Block(block)],
    });
    let run = receive(&maya, packet).ok();
    assert!(run.stdout.contains("0 refused"), "{run}");
}

#[test]
fn two_people_of_one_computer_send_each_their_own() {
    let maya = Sandbox::halden();
    let ana = with_copy(&maya);
    ana.run("aim 'Answer faster' --as ana").ok();
    // Bo writes at Ana's computer: about her, in his own words.
    let bo = event(
        "ana",
        "bo",
        "ana-laptop",
        2,
        "\"kind\":\"suggested\",\"text\":\"x\"",
    );
    ana.append(LOG, format!("{bo}\n"));
    ana.append("people.toml", "\n[[person]]\nid = \"bo\"\nname = \"Bo\"\n");
    ana.run("send --as bo -o ../bo.packet").ok();
    let sent = ana.run("send --as ana -o ../ana.packet").ok();
    assert!(sent.stdout.contains("Written to ../ana.packet"), "{sent}");
    maya.run("receive ../anas/bo.packet --yes").ok();
    maya.run("receive ../anas/ana.packet --yes").ok();
    assert_eq!(maya.events(LOG).len(), 2);
}

#[test]
fn a_second_packet_of_a_day_into_the_same_folder_holds_the_first() {
    let maya = Sandbox::halden();
    let ana = with_copy(&maya);
    practise(&ana, "2026-03-14", "One");
    ana.on("2026-03-14").run("send -o ../out/").ok();
    practise(&ana, "2026-03-14", "Two");
    ana.on("2026-03-14").run("send -o ../out/").ok();
    let run = maya.run("receive ../anas/out/ana-2026-03-14.packet --yes").ok();
    assert!(run.stdout.contains("2 lines, 2 new"), "{run}");
    assert!(!run.told().contains("Still missing"), "{run}");
    assert_eq!(ana.run("send -o -").code, Some(2));
}

#[test]
fn two_who_receive_at_once_write_each_line_once() {
    let maya = Sandbox::halden();
    let lines: Vec<String> = (1..=300)
        .map(|n| event("ana", "ana", "ana-laptop", n, &aim("x")))
        .collect();
    maya.file("../in.packet", log_packet(LOG, &lines));
    maya.file(
        "../in.txt",
        "upwards receipt for bo\n2026-03-12 aimed \"Offers take a week\"\nend\n",
    );
    let mut running: Vec<_> = (0..4)
        .flat_map(|_| ["../in.packet", "../in.txt"])
        .map(|file| {
            maya.command(["receive", file, "--yes"])
                .spawn()
                .expect("it starts")
        })
        .collect();
    for child in &mut running {
        assert!(child.wait().expect("it ends").success());
    }
    assert_eq!(maya.events(LOG).len(), 300);
    assert_eq!(maya.events("progress/bo/maya-laptop.jsonl").len(), 1);
}

/// A copy for Ana with these settings and people.
fn copy_packet(workspace: &str, settings: &str, people: &str) -> String {
    let text = |path: &str, text: &str| {
        Part::Text(TextFile {
            path: path.to_owned(),
            text: text.to_owned(),
        })
    };
    packet::write(&Packet {
        head: Head {
            workspace: workspace.to_owned(),
            to: "ana".to_owned(),
            ..head(Kind::Copy, "maya", "maya-laptop")
        },
        parts: vec![text("upwards.toml", settings), text("people.toml", people)],
    })
}

#[test]
fn a_summary_is_a_receipt_that_says_the_same() {
    let maya = Sandbox::halden();
    let ana = with_copy(&maya);
    ana.on("2026-03-02")
        .run("aim 'Answers take \u{201c}two\u{201d} days' --capability serve --curriculum tiny")
        .ok();
    maya.file(
        "progress/ana/maya-laptop.jsonl",
        event(
            "ana",
            "maya",
            "maya-laptop",
            1,
            "\"kind\":\"practised\",\"curriculum\":\"tiny\",\"step\":\"framing.one-rule\",\"rev\":1,\"capabilities\":[\"lead\"],\"personal\":true,\"evidence\":\"Wrote it\",\"may_quote\":false",
        )
        .replace("2026-03-14", "2026-01-20")
            + "\n",
    );
    maya.run("send --to ana -o ../copy.packet --yes").ok();
    ana.run("receive ../../copy.packet --yes").ok();
    let mut log = ana.read(LOG);
    let mut seq = u32::try_from(log.lines().count()).expect("few");
    let practice = "\"kind\":\"practised\",\"curriculum\":\"tiny\",\"step\":\"answering.answer-one\",\"rev\":1,\"capabilities\":[\"serve\"],\"personal\":true,\"evidence\":\"Answered it\",\"witness\":\"bo\",\"may_quote\":true,\"measure\":{\"before\":19,\"unit\":\"hours to first answer\",\"period\":\"each\",\"n\":12}";
    for (day, rest) in [
        ("2026-03-03", "\"kind\":\"started\",\"curriculum\":\"tiny\",\"step\":\"answering.hour\",\"rev\":1".to_owned()),
        ("2026-03-03", "\"kind\":\"finished\",\"curriculum\":\"tiny\",\"step\":\"answering.hour\",\"rev\":1".to_owned()),
        ("2026-03-03", "\"kind\":\"recalled\",\"curriculum\":\"tiny\",\"capability\":\"serve\",\"questions\":[[1,\"2026-03-03\"],[1,\"2026-03-03\"],[2,\"2026-03-01\"]]".to_owned()),
        ("2026-03-04", practice.to_owned()),
        ("2026-03-05", "\"kind\":\"met\",\"curriculum\":\"tiny\",\"meeting\":\"2026-03-05:ana+bo+chen\",\"with\":[\"bo\",\"chen\"],\"role\":\"peer\",\"capabilities\":[\"serve\"],\"minutes\":30,\"attendance\":\"partly\",\"commitment\":\"answer one a week\"".to_owned()),
        ("2026-03-14", "\"kind\":\"measured\",\"ref\":\"71d4e0aa-2c35-4b1f-8e77-000000000005\",\"after\":2.5,\"n\":15,\"grade\":\"observed\"".to_owned()),
        ("2026-03-15", "\"kind\":\"confirmed\",\"ref\":\"71d4e0aa-2c35-4b1f-8e77-000000000001\"".to_owned()),
    ] {
        seq += 1;
        log += &event("ana", "ana", "ana-laptop", seq, &rest).replace("2026-03-14\",\"person", &format!("{day}\",\"person"));
        log.push('\n');
    }
    ana.file(LOG, &log);
    let said = ana.run("send --summary").ok();
    assert_data_eq!(
        said.stdout.clone(),
        str![[r#"
upwards receipt for ana, page ana-page-laptop, workspace halden-3f9c
2026-03-02 aimed "Answers take 'two' days" about serve
2026-03-03 finished answering.hour
2026-03-03 recalled serve 2 right, 1 right step 2 on 2026-03-01
2026-03-04 practised answering.answer-one "Answered it" own hand, 19 -> ? hours to first answer, n 12, seen by bo, may be quoted
2026-03-05 met bo and chen as peer about serve, 30 minutes, partly, will "answer one a week"
2026-03-14 measured answering.answer-one 19 -> 2.5 hours to first answer, n 15, observed
2026-03-15 confirmed framing.one-rule of 2026-01-20
end

"#]]
    );
    assert!(
        !ana.own(&format!("{WORKSPACE}/packets.jsonl")).exists(),
        "nothing counts as sent"
    );
    maya.file("../summary.txt", &said.stdout);
    let taken = maya.run("receive ../summary.txt --yes").ok();
    let got = maya.events("progress/ana/ana-page-laptop.jsonl");
    let bare = |events: Vec<Value>| {
        let mut events: Vec<Value> = events
            .into_iter()
            .filter(|event| event["kind"] != "started")
            .map(|mut event| {
                for key in ["id", "seq", "device", "via"] {
                    event.as_object_mut().expect("an object").remove(key);
                }
                // The practice has another id here.
                if event["kind"] == "measured" {
                    event.as_object_mut().expect("an object").remove("ref");
                }
                event
            })
            .collect();
        events.sort_by_key(|event| (event["day"].to_string(), event["kind"].to_string()));
        events
    };
    let mut want = bare(ana.events(LOG));
    // Quotation marks become single ones.
    want[0]["text"] = Value::from("Answers take 'two' days");
    assert_eq!(bare(got), want, "{taken}");
}

#[test]
fn what_leaders_note_among_themselves_reaches_leaders_only() {
    let maya = Sandbox::halden();
    maya.append(
        "people.toml",
        "\n[[person]]\nid = \"lea\"\nname = \"Lea Brandt\"\nroles = [\"leader\"]\n",
    );
    maya.run("assign answering --to bo --curriculum tiny --waive hour --reason 'led the team'")
        .ok();
    let all = maya.run("send -o ../maya.packet").ok();
    assert!(all.told().contains("for Lea Brandt"), "{all}");
    maya.run("send --team --all -o ../team.packet").ok();
    let team = maya.read("../team.packet");
    assert!(team.contains("led the team") && !team.contains("progress/"));
    let lea = maya.laptop("lea").inside("../leas");
    for (path, bytes) in maya.workspace() {
        let path = path.strip_prefix("work/").expect("in the folder").to_owned();
        if !path.starts_with("team/") && !path.starts_with("progress/") {
            lea.file(&path, bytes);
        }
    }
    let run = lea.run("receive ../team.packet --as lea --yes").ok();
    assert!(run.told().contains("for the leaders only: because"), "{run}");
    let run = lea.run("receive ../maya.packet --as lea --yes").ok();
    assert!(run.told().contains("1 new, 1 known"), "{run}");
    assert_eq!(
        lea.read("team/maya-laptop.jsonl"),
        maya.read("team/maya-laptop.jsonl")
    );
    assert_eq!(
        lea.read("progress/bo/maya-laptop.jsonl"),
        maya.read("progress/bo/maya-laptop.jsonl")
    );
}
