"""Reads calendar files of ours with three parsers that know nothing of each other, and compares every field with what the
program's JSON says.

    python3 tests/calendars.py FOLDER

FOLDER has pairs NAME.ics and NAME.json (`export ics` in both forms), and progress.json, meetings.json and measures.json
(the same facts by other commands). Of a file without JSON all three must read the same.

    python3 tests/calendars.py --follow FOLDER

FOLDER has 1.ics, 2.ics, ... as they were opened one after the other, and follow.json: after each of them what stands in the
calendar, as name, begin, place and what its summary begins with. Started by ignored tests of tests/it/calendars.rs.
"""

import json
import sys
import unicodedata
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import icalendar
import ics
import vobject

FIELDS = ("sequence", "stamp", "start", "end", "summary", "description", "place", "cancelled", "free")
wrong = []


def shown(text):
    """A text as a calendar may hold it: line breaks stay, tabs are blanks, what does not print is gone."""
    text = (text or "").replace("\t", " ")
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Zl", "Zp"))


def instant(text):
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)


def told(row):
    """What the program says of an entry."""
    day = date.fromisoformat(row["on"])
    changed = date.fromisoformat(row["changed_on"])
    timed = row["starts_at"] is not None
    return {
        "sequence": row["sequence"],
        "stamp": changed,
        "start": instant(row["starts_at"]) if timed else day,
        "end": instant(row["ends_at"]) if timed else day + timedelta(days=1),
        "summary": shown(row["summary"]),
        "description": shown(row["description"]),
        "place": shown(row["place"]),
        "cancelled": row["state"] == "withdrawn",
        "free": not timed,
    }


def utc(value):
    return value.astimezone(timezone.utc) if isinstance(value, datetime) else value


def by_vobject(text):
    calendar = vobject.readOne(text, validate=True)
    calendar.validate(raiseException=True)
    def text_of(event, name):
        return event.getChildValue(name) or ""
    entries = {
        event.uid.value: {
            "sequence": int(event.sequence.value),
            "stamp": event.dtstamp.value.date(),
            "start": utc(event.dtstart.value),
            "end": utc(event.dtend.value),
            "summary": text_of(event, "summary"),
            "description": text_of(event, "description"),
            "place": text_of(event, "location"),
            "cancelled": text_of(event, "status") == "CANCELLED",
            "free": text_of(event, "transp") == "TRANSPARENT",
        }
        for event in calendar.contents.get("vevent", [])
    }
    return calendar.method.value, entries


def by_icalendar(text):
    calendar = icalendar.Calendar.from_ical(text)
    assert not calendar.errors, calendar.errors
    def entry(event):
        assert not event.errors, event.errors
        return {
            "sequence": int(event["SEQUENCE"]),
            "stamp": event["DTSTAMP"].dt.date(),
            "start": utc(event["DTSTART"].dt),
            "end": utc(event["DTEND"].dt),
            "summary": str(event["SUMMARY"]),
            "description": str(event.get("DESCRIPTION", "")),
            "place": str(event.get("LOCATION", "")),
            "cancelled": event.get("STATUS") == "CANCELLED",
            "free": event.get("TRANSP") == "TRANSPARENT",
        }
    return str(calendar["METHOD"]), {str(event["UID"]): entry(event) for event in calendar.walk("VEVENT")}


def by_ics(text):
    calendar = ics.Calendar(text)
    def entry(event):
        days = event.all_day
        sequence = next(line.value for line in event.extra if line.name == "SEQUENCE")
        return {
            "sequence": int(sequence),
            "stamp": event.created.datetime.date(),
            "start": event.begin.date() if days else utc(event.begin.datetime),
            "end": event.end.date() if days else utc(event.end.datetime),
            "summary": event.name or "",
            "description": event.description or "",
            "place": event.location or "",
            "cancelled": event.status == "CANCELLED",
            "free": bool(event.transparent),
        }
    return calendar.method, {event.uid: entry(event) for event in calendar.events}


def as_ics_reads(text):
    """`ics` undoes one kind of escape after the other, so that in a text with a backslash `\\\\n` becomes a line break.
    RFC 5545 (3.3.11) reads from left to right: its fault, and these texts are compared with what it makes of ours."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return ics.utils.unescape_string(escaped) if "\\" in text else text


def check(path):
    raw = path.read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n"), f"{path.name}: a line ends without CR"
    assert all(len(line) <= 75 for line in raw.split(b"\r\n")), f"{path.name}: a line is longer than 75 octets"
    text = raw.decode("utf-8")
    if not path.with_suffix(".json").exists():
        first, second, third = by_vobject(text), by_icalendar(text), by_ics(text)
        if not (first == second == third and len(first[1]) == 1):
            wrong.append(f"{path.name}: not the same: {first}, {second}, {third}")
        return []
    rows = json.loads(path.with_suffix(".json").read_text("utf-8"))["rows"]
    want = {row["uid"]: told(row) for row in rows}
    assert len(want) == len(rows), f"{path.name}: a name stands twice"
    method = "CANCEL" if rows and all(one["cancelled"] for one in want.values()) else "PUBLISH"
    for name, read in (("vobject", by_vobject), ("icalendar", by_icalendar), ("ics", by_ics)):
        got_method, got = read(text)
        if got_method != method:
            wrong.append(f"{path.name}: {name}: METHOD {got_method}, not {method}")
        for uid in want.keys() ^ got.keys():
            wrong.append(f"{path.name}: {name}: {uid} is in one only")
        for uid in want.keys() & got.keys():
            for field in FIELDS:
                expected = want[uid][field]
                if name == "ics" and isinstance(expected, str):
                    expected = as_ics_reads(expected)
                if got[uid][field] != expected:
                    wrong.append(f"{path.name}: {name}: {uid}: {field}: {got[uid][field]!r}, not {expected!r}")
    return rows


def facts(rows):
    """Whom, what and when, of what stands."""
    found = set()
    for row in rows:
        if row["state"] == "stands":
            when = instant(row["starts_at"]) if row["starts_at"] else date.fromisoformat(row["on"])
            what = row["module_id"] or row["step_id"] or "talk"
            found |= {(person, row["curriculum_id"], what, when) for person in row["person_ids"]}
    return found


def facts_by_other_commands(folder):
    rows = lambda name: json.loads((folder / name).read_text("utf-8"))["rows"]
    found, open_modules = set(), set()
    for row in rows("progress.json"):
        key = (row["person_id"], row["curriculum_id"], row["module_id"])
        # A module is open while a step of it is; waived and retired ones ask for nothing.
        if row["due_on"] and row["state"] in ("open", "started", "to-confirm"):
            open_modules.add((*key, date.fromisoformat(row["due_on"])))
    found |= open_modules
    for row in rows("measures.json"):
        if row["second_due_on"]:
            when = date.fromisoformat(row["second_due_on"])
            found.add((row["person_id"], row["curriculum_id"], row["step_id"], when))
    for row in rows("meetings.json"):
        if row["state"] == "planned" and row["planned_for"]:
            when = datetime.fromisoformat(row["planned_for"]).astimezone(timezone.utc)
            for person in [row["person_id"], *(row["with"] or [])]:
                found.add((person, row["curriculum_id"], "talk", when))
    return found


def follow(folder):
    """A calendar into which one file after the other is opened: an entry that is known moves, unless the file is older; one
    that is called off disappears."""
    steps = json.loads((folder / "follow.json").read_text("utf-8"))
    for name, read in (("vobject", by_vobject), ("icalendar", by_icalendar), ("ics", by_ics)):
        known = {}
        for number, stands in enumerate(steps, 1):
            method, entries = read((folder / f"{number}.ics").read_bytes().decode("utf-8"))
            for uid, entry in entries.items():
                if uid in known and entry["sequence"] < known[uid]["sequence"]:
                    continue
                known[uid] = entry | {"cancelled": entry["cancelled"] or method == "CANCEL"}
            stays = {uid: entry for uid, entry in known.items() if not entry["cancelled"]}
            left = {uid: (entry["start"], entry["place"]) for uid, entry in stays.items()}
            want = {uid: (instant(begin), place) for uid, (begin, place, _) in stands.items()}
            for uid, (_, _, whom) in stands.items():
                if uid in stays and not stays[uid]["summary"].startswith(whom):
                    wrong.append(f"{name}: after {number}.ics: {stays[uid]['summary']!r} is not of {whom}")
            if left != want:
                wrong.append(f"{name}: after {number}.ics: {left}, not {want}")
    for line in wrong[:50]:
        print(line)
    print(f"calendars: {len(steps)} files opened one after the other by 3 parsers, {len(wrong)} wrong")
    sys.exit(1 if wrong or not steps else 0)


def main():
    if sys.argv[1] == "--follow":
        follow(Path(sys.argv[2]))
    folder = Path(sys.argv[1])
    paths = sorted(folder.glob("*.ics"))
    entries = {path.name: check(path) for path in paths}
    here, there = facts(entries["all.ics"]), facts_by_other_commands(folder)
    for fact in sorted(map(str, here ^ there)):
        wrong.append(f"all.ics: in one only: {fact}")
    for line in wrong[:50]:
        print(line)
    count = sum(len(rows) for rows in entries.values())
    print(f"calendars: {len(paths)} files, {count} entries, {3 * count} read, {len(here)} facts, {len(wrong)} wrong")
    sys.exit(1 if wrong or not count else 0)


main()
