//! A preview shows what a sitting shows, by the same functions, and leaves no trace.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

/// Everything the sandbox holds is as it was, and nothing was said to be saved.
fn leaves_no_trace(sandbox: &Sandbox, line: &str) -> String {
    let before = sandbox.everything();
    let shown = sandbox.run(line).ok();
    assert_eq!(sandbox.everything(), before, "{shown}");
    assert!(!shown.stdout.contains("Saved"), "{shown}");
    shown.stdout
}

#[test]
fn every_kind_of_step_is_shown_and_nothing_recorded() {
    let maya = Sandbox::halden();
    maya.run("new curriculum retail").ok();
    for (line, shown) in [
        ("preview hour", "What would make this fail in your company?"),
        ("preview answering.first", "I am not sure"),
        ("preview klm-social-service", "Since then:"),
        (
            "preview efficiency/answer-in-public.answer-one-customer",
            "the draft counts the same",
        ),
        ("preview answer-in-public.ask-a-peer", "Was it held?"),
        (
            "preview first-module.practice --curriculum retail",
            "What to open, and where it is.",
        ),
        ("preview retail/first-module.questions", "What works"),
        ("preview retail/talk", "What went wrong first"),
    ] {
        let text = leaves_no_trace(&maya, line);
        assert!(text.contains(shown), "{line}: {text}");
    }
}

/// What waits behind `retired = true` is shown with the minutes it takes once it is offered.
#[test]
fn a_quiz_just_begun_takes_its_minutes() {
    let maya = Sandbox::halden();
    maya.run("new quiz what-to-say --in tiny --module framing").ok();
    let shown = leaves_no_trace(&maya, "preview what-to-say --answers shown");
    assert!(shown.contains("quiz   2 min"), "{shown}");
}

#[test]
fn a_quiz_with_its_answers_tells_why_of_every_option() {
    let maya = Sandbox::halden();
    assert_data_eq!(
        leaves_no_trace(&maya, "preview answering.first --answers shown"),
        str![[r#"

Step 1 of 1   quiz   3 min   Serve             3 minutes planned, 0 used
------------------------------------------------------------------------
Question 1 of 3
What do you do first?

   1  Ask for an e-mail
   2  Wait
   3  Say that you saw it
   4  I am not sure

(1-4, h hint, Enter to skip, q stop)
Hint: Who else is reading?
Not "Wait": Silence is an answer.
Not "Ask for an e-mail": It looks like hiding.
How sure are you?
(1 guess, 2 fairly sure, 3 certain, Enter to skip, q stop)

Right. Others judge by the first line.
(A preview: nothing is recorded.)

Question 2 of 3
When do you move out of public?

   1  When data is needed
   2  When money is named
   3  I am not sure

(1-3, Enter to skip, q stop)
Not "When money is named": Too early.
How sure are you?
(1 guess, 2 fairly sure, 3 certain, Enter to skip, q stop)

Right. It must not stand in public.
(A preview: nothing is recorded.)

Question 3 of 3
What must be ready on a Saturday? (More than one is right.)

   1  A rule
   2  A name
   3  A slide
   4  I am not sure

(numbers, as 1 3, Enter to skip, q stop)
Not "A slide": Nobody reads it.
How sure are you?
(1 guess, 2 fairly sure, 3 certain, Enter to skip, q stop)

Right. Somebody has to.
Right. So that nobody asks.
(A preview: nothing is recorded.)

"#]]
    );
}

#[test]
fn it_is_what_a_sitting_shows() {
    let maya = Sandbox::halden();
    let shown = leaves_no_trace(&maya, "preview answering.first --answers shown");
    maya.file(
        "answers.toml",
        "format = 1\n[answers]\nanswering.words = { choice = 2 }\nanswering.leave = { choice = 1 }\nanswering.both = { choice = [1, 2] }\n",
    );
    let sat = maya
        .laptop("ana")
        .run("learn --step answering.first --answers answers.toml")
        .ok();
    let sat = format!("{}{}", sat.stdout, sat.stderr);
    for line in [
        "Right. Others judge by the first line.",
        "Right. It must not stand in public.",
        "Step 1 of 1",
        "Question 3 of 3",
    ] {
        assert!(sat.contains(line), "{line}: {sat}");
        assert!(shown.contains(line), "{line}: {shown}");
    }
}

#[test]
fn an_answers_file_tries_a_step_and_records_nothing() {
    let maya = Sandbox::halden();
    maya.file(
        "answers.toml",
        "format = 1\n[answers]\nanswering.words = { choice = 1 }\nanswering.leave = { choice = 1 }\nanswering.both = { choice = [1, 2] }\n",
    );
    let before = maya.everything();
    let tried = maya.run("preview answering.first --answers answers.toml").ok();
    let told = format!("{}{}", tried.stdout, tried.stderr);
    assert!(told.contains("Not this one. Silence is an answer."), "{told}");
    assert!(
        told.contains("nothing is recorded") && !told.contains("Saved"),
        "{told}"
    );
    assert_eq!(maya.everything(), before);
}

#[test]
fn a_page_for_sharing_has_no_script_and_names_its_policy() {
    let maya = Sandbox::halden();
    for (line, file, text) in [
        (
            "preview answering.first --answers shown --html -o ../own/first.html",
            "../own/first.html",
            "What do you do first?",
        ),
        (
            "preview klm-social-service --html -o ../own/klm.html",
            "../own/klm.html",
            "KLM",
        ),
    ] {
        let before = maya.workspace();
        maya.run(line).ok();
        assert_eq!(maya.workspace(), before);
        let page = maya.read(file);
        assert!(
            page.contains(text) && page.contains("default-src 'none'"),
            "{page}"
        );
        assert!(!page.contains("<script") && !page.contains("src="), "{page}");
    }
    let before = maya.everything();
    let line = "preview answering.first --html -o ../own/first.html --dry-run";
    let dry = maya.run(line).ok();
    assert!(dry.stdout.contains("Dry run, nothing was written."), "{dry}");
    maya.run("preview klm-social-service --html -o ../own/new.html --dry-run")
        .ok();
    assert_eq!(maya.everything(), before);
    let hostile = maya
        .read("curricula/tiny/modules/answering.toml")
        .replace("What do you do first?", "<img src=x>&");
    maya.file("curricula/tiny/modules/answering.toml", hostile);
    let page = maya.run("preview answering.first --html").ok().stdout;
    assert!(page.contains("&lt;img src=x&gt;&amp;"), "{page}");
}

#[test]
fn the_plan_of_a_newcomer_needs_nobody() {
    let maya = Sandbox::halden();
    let plan = leaves_no_trace(&maya, "preview --plan 10");
    assert!(plan.contains("A newcomer"), "{plan}");
    let rows = maya.run("preview --plan 10 -f json").ok().rows();
    assert!(!rows.is_empty());
    maya.run("new curriculum retail").ok();
    let draft = maya.run("preview --plan 10 --curriculum retail -f json").ok();
    assert!(draft.stdout.contains("first-module.practice"), "{draft}");
    maya.run("preview --plan 0").code(2);
}

#[test]
fn what_is_not_there_is_told_with_what_is_near() {
    let maya = Sandbox::halden();
    let slip = maya.run("preview frist").code(1);
    assert!(slip.said().contains("answering.first"), "{slip}");
    let both = maya.run("preview klm").code(2);
    assert!(both.said().contains("which one?"), "{both}");
    maya.run("preview").code(2);
}
