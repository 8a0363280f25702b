//! A workspace that is small enough to be known by heart: one capability that three questions, a practice and a talk
//! can fill.

/// Files of the workspace, by path.
pub(super) const WORKSPACE: [(&str, &str); 5] = [
    (
        "upwards.toml",
        r#"format = 1
id = "halden-3f9c"
name = "Halden Group"
curricula = ["tiny", "efficiency"]

[practice]
public = false
"#,
    ),
    (
        "people.toml",
        r#"format = 1

[[person]]
id = "maya"
name = "Maya Lund"
roles = ["leader"]

[[person]]
id = "ana"
name = "Ana Reyes"
groups = ["board"]
unit = "marketing"

[[person]]
id = "bo"
name = "Bo Lindqvist"
groups = ["board"]
unit = "service"

[[person]]
id = "chen"
name = "Chen Wei"
unit = "products"
"#,
    ),
    (
        "curricula/tiny/curriculum.toml",
        r#"format = 1
id = "tiny"
title = "Answering"
language = "en"
owner = "Maya Lund"
review_by = 2027-06-30
modules = ["answering", "framing"]

[[capability]]
id = "serve"
name = "Serve"
what = "Answer customers where they complain."
ready_means = "can answer an angry customer in public"
function = "customer-service"
knowledge_needed = 3
hands_on_needed = 1

[[capability]]
id = "lead"
name = "Lead"
what = "Set the frame."
ready_means = "can say who may answer what"
knowledge_needed = 1
hands_on_needed = 1
"#,
    ),
    (
        "curricula/tiny/modules/answering.toml",
        r#"format = 1
id = "answering"
title = "Answering in public"
capabilities = ["serve"]

[[step]]
id = "hour"
kind = "case"
case = "efficiency/klm-social-service"
minutes = 3
ask = ["What would make this fail in your company?"]

[[step]]
id = "first"
kind = "quiz"
title = "First answers"
needs = ["hour"]

[[step.question]]
id = "words"
title = "First words"
text = "What do you do first?"
hint = "Who else is reading?"
options = [
  { text = "Wait", why = "Silence is an answer." },
  { text = "Say that you saw it", right = true, why = "Others judge by the first line." },
  { text = "Ask for an e-mail", why = "It looks like hiding." },
]

[[step.question]]
id = "leave"
title = "When to leave public"
text = "When do you move out of public?"
options = [
  { text = "When data is needed", right = true, why = "It must not stand in public." },
  { text = "When money is named", why = "Too early." },
]

[[step.question]]
id = "both"
title = "Two of them"
text = "What must be ready on a Saturday?"
options = [
  { text = "A name", right = true, why = "Somebody has to." },
  { text = "A rule", right = true, why = "So that nobody asks." },
  { text = "A slide", why = "Nobody reads it." },
]

[[step]]
id = "answer-one"
kind = "practice"
title = "Answer one customer"
minutes = 5
needs = ["hour"]
do = ["Pick one complaint.", "Answer it."]
exposure = "internal"

[step.measure]
unit = "hours to first answer"
better = "lower"

[[step]]
id = "ask-a-peer"
kind = "talk"
with = "peer"
title = "Fifteen minutes with a peer"
minutes = 15
agenda = ["What went wrong first"]
ask = ["What would you not do again?"]

[[step]]
id = "what-stops-me"
kind = "reflect"
title = "What stops me"
minutes = 2
ask = ["What stops you?"]
"#,
    ),
    (
        "curricula/tiny/modules/framing.toml",
        r#"format = 1
id = "framing"
title = "Setting the frame"
capabilities = ["lead"]

[[step]]
id = "who"
kind = "quiz"
title = "Who decides"

[[step.question]]
id = "stop"
title = "Who may stop it"
text = "Who may stop a campaign on a Saturday?"
options = [
  { text = "Whoever is on duty", right = true, why = "A stop costs little." },
  { text = "The board", why = "Until the flight." },
]

[[step]]
id = "one-rule"
kind = "practice"
title = "Write one rule"
minutes = 5
do = ["Write it.", "Publish it."]
draft = ["Write it."]
exposure = "public"
"#,
    ),
];
