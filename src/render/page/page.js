"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const words = data.texts;
  const KEY = "upwards:" + data.workspace + ":" + data.page;
  /** Longest text of a receipt, and longest mailto: that mail programs take. */
  const TEXT = 300;
  const MAIL = 1800;

  // ladder begin: the same as the program's, on this browser's own record
  function dayNumber(day) {
    return Math.round(Date.UTC(+day.slice(0, 4), +day.slice(5, 7) - 1, +day.slice(8, 10)) / 86400000);
  }

  /** s step, a instant and e day on which it was reached, d day of the last right answer. */
  function afterAnswer(before, right, at, day, ladder) {
    if (!right) return { s: 0, a: at, e: day, d: null };
    if (!before) return { s: 1, a: at, e: day, d: day };
    const span = ladder[before.s];
    const passed =
      2 * (at - before.a) >= 86400 * span || 2 * (dayNumber(day) - dayNumber(before.e)) >= span;
    if (before.s < 5 && passed) return { s: before.s + 1, a: at, e: day, d: day };
    return { s: before.s, a: before.a, e: before.e, d: day };
  }
  // ladder end

  // receipt begin: the normal form of the grammar
  /** A text as a receipt holds it: one line, no quotation mark that would end it, at most so many characters. */
  function plain(text) {
    const kept = Array.from(text.replace(/\s+/g, " ")).filter(function (c) {
      const code = c.codePointAt(0);
      const steers =
        code < 32 || (code >= 127 && code < 160) || code === 0xad || code === 0x61c || code === 0x180e ||
        (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
        (code >= 0x2060 && code <= 0x206f) || code === 0xfeff || (code >= 0xfff9 && code <= 0xfffb) ||
        (code >= 0xd800 && code <= 0xdfff) || (code >= 0xe0000 && code <= 0xe0fff);
      return !steers;
    });
    const single = kept
      .join("")
      .replace(/(^|[\s([{])["\u201c\u201d\u201e\u201f\uff02\u00ab\u00bb]/g, "$1\u2018")
      .replace(/["\u201c\u201d\u201e\u201f\uff02\u00ab\u00bb]/g, "\u2019");
    return Array.from(single.trim()).slice(0, TEXT).join("").trim();
  }

  /** A number as a receipt holds it; null if it is none, or could mean two. */
  function number(text) {
    const typed = text.trim();
    if (!/^-?\d{1,10}([.,]\d{1,2})?$/.test(typed)) return null;
    const [whole, part] = typed.replace(",", ".").split(".");
    const sign = whole.charAt(0) === "-" ? "-" : "";
    const digits = whole.replace("-", "").replace(/^0+(?=\d)/, "");
    const rest = (part || "").replace(/0+$/, "");
    if (Number(digits) > 1e9) return null;
    const value = digits + (rest ? "." + rest : "");
    return (value === "0" ? "" : sign) + value;
  }

  function count(text) {
    const typed = text.trim();
    return /^\d{1,10}$/.test(typed) && +typed >= 1 && +typed <= 1e9 ? String(+typed) : null;
  }

  /** `2 right, 1 right step 2 on 2026-03-09`, from [step, day] of each question that is known. */
  function knownWords(entries, day) {
    const groups = [];
    entries.slice().sort(function (a, b) {
      return a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0);
    }).forEach(function (entry) {
      const last = groups[groups.length - 1];
      if (last && last[0] === entry[0] && last[1] === entry[1]) last[2] += 1;
      else groups.push([entry[0], entry[1], 1]);
    });
    return groups.map(function (group) {
      return group[2] + " right" + (group[0] > 1 ? " step " + group[0] : "") +
        (group[1] !== day ? " on " + group[1] : "");
    }).join(", ");
  }
  // receipt end

  const asked = {};
  data.asked.forEach(function (question) { asked[question.key] = question; });

  let keeps = true;
  let record = fresh();

  /** q questions, typed texts, days of facts, old lines with the day they went into a receipt, part = without their
      earlier answers, told = capabilities of which a receipt said that something is known. */
  function fresh() {
    return { v: 1, q: {}, typed: {}, days: {}, old: {}, part: {}, told: {} };
  }

  function isObject(value) {
    return value !== null && typeof value === "object" && !Array.isArray(value);
  }

  function isDay(value) {
    return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value);
  }

  function isEntry(entry) {
    return isObject(entry) && [0, 1, 2, 3, 4, 5].indexOf(entry.s) >= 0 && Number.isFinite(entry.a) &&
      isDay(entry.e) && (entry.d === null || isDay(entry.d)) && isDay(entry.t) && Number.isFinite(entry.r) &&
      typeof entry.c === "string" && Array.isArray(entry.l);
  }

  /** What can be understood of what the browser kept; the rest is left out. */
  function understood(read) {
    const kept = fresh();
    if (!isObject(read) || read.v !== 1) return kept;
    const take = function (name, fits) {
      if (!isObject(read[name])) return;
      Object.keys(read[name]).forEach(function (key) {
        if (fits(read[name][key])) kept[name][key] = read[name][key];
      });
    };
    take("q", isEntry);
    take("typed", function (text) { return typeof text === "string"; });
    take("days", isDay);
    take("old", function (line) {
      return isObject(line) && typeof line.l === "string" && typeof line.s === "string";
    });
    take("part", function (yes) { return yes === true; });
    take("told", function (yes) { return yes === true; });
    return kept;
  }

  function load() {
    let text = null;
    try {
      window.localStorage.setItem(KEY + ":probe", "1");
      window.localStorage.removeItem(KEY + ":probe");
      text = window.localStorage.getItem(KEY);
    } catch (refused) {
      keeps = false;
    }
    try {
      if (text) record = understood(JSON.parse(text));
    } catch (damaged) {
      record = fresh();
    }
    data.asked.forEach(function (question) {
      question.former.forEach(function (former) {
        if (record.q[former] && !record.q[question.key]) record.q[question.key] = record.q[former];
        delete record.q[former];
      });
    });
    // Something came back from this page before, and this browser knows nothing of it.
    data.expects.forEach(function (capability) {
      const knows = Object.keys(record.q).some(function (key) { return capabilityOf(key) === capability; });
      if (!knows) record.part[capability] = true;
    });
  }

  function save() {
    if (!keeps) return;
    try {
      window.localStorage.setItem(KEY, JSON.stringify(record));
    } catch (refused) {
      keeps = false;
      sayWhatIsKept();
    }
  }

  /** The reader's day; a flight westwards runs no day back. */
  function today() {
    const now = new Date();
    const two = function (n) { return String(n).padStart(2, "0"); };
    const day = String(now.getFullYear()).padStart(4, "0") + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
    const newest = Object.keys(record.q).map(function (key) { return record.q[key].t; })
      .concat(Object.keys(record.days).map(function (key) { return record.days[key]; }))
      .reduce(function (a, b) { return a > b ? a : b; }, day);
    return dayNumber(newest) - dayNumber(day) === 1 ? newest : day;
  }

  function capabilityOf(key) {
    return asked[key] ? asked[key].capability : record.q[key].c;
  }

  /** Answers to an older revision prove nothing any more. */
  function counts(key) {
    return !!record.q[key] && (!asked[key] || record.q[key].r >= asked[key].rev);
  }

  // What is shown.

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (whole, name) {
      return Object.prototype.hasOwnProperty.call(values, name) ? String(values[name]) : whole;
    });
  }

  function el(tag, attributes) {
    const element = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      if (attributes[name] === true) element.setAttribute(name, "");
      else if (attributes[name] !== false && attributes[name] !== null) element.setAttribute(name, attributes[name]);
    });
    for (let at = 2; at < arguments.length; at += 1) {
      if (arguments[at] !== null) element.append(arguments[at]);
    }
    return element;
  }

  function shortDay(day) {
    const months = words.months.split("|");
    return fill(words.date, { day: +day.slice(8, 10), month: months[+day.slice(5, 7) - 1], year: +day.slice(0, 4) });
  }

  let named = 0;
  function newId() {
    named += 1;
    return "f" + named;
  }

  /** A row with a control, as high as a finger. */
  function choice(kind, group, text, isOn, changed, what) {
    const input = el("input", { type: kind, name: group });
    input.checked = isOn;
    input.addEventListener("change", function () { changed(input); });
    const words = what ? el("span", {}, text + " ", el("span", { class: "what" }, what)) : el("span", {}, text);
    return { input: input, row: el("label", { class: "choice" }, input, words) };
  }

  /** A text field with its label, restored and kept as it is typed. */
  function field(key, text, note, options, changed) {
    const id = newId();
    const attributes = { id: id, autocomplete: "off" };
    if (note) attributes["aria-describedby"] = id + "n";
    if (options.number) {
      attributes.type = "text";
      attributes.inputmode = options.number;
      attributes.maxlength = 14;
      attributes.class = "number";
    } else {
      attributes.rows = options.rows || 2;
      attributes.maxlength = TEXT;
    }
    const input = el(options.number ? "input" : "textarea", attributes);
    input.value = record.typed[key] || "";
    input.addEventListener("input", function () {
      if (input.value) record.typed[key] = input.value;
      else delete record.typed[key];
      changed(input);
    });
    return {
      input: input,
      row: el("p", { class: "field" }, el("label", { for: id }, text), input,
        note ? el("span", { class: "note", id: id + "n" }, note) : null),
    };
  }

  function group(legend, rows) {
    const set = el("fieldset", {}, el("legend", {}, legend));
    rows.forEach(function (row) { set.append(row); });
    return set;
  }

  function status() {
    return el("p", { class: "status", role: "status" });
  }

  /** Something of a part was changed today. */
  function touched(key) {
    record.days[key] = today();
    changed();
  }

  function typed(key) {
    return record.typed[key] || "";
  }

  // The parts: each gives its controls, and the fact that it is in a receipt.

  const makers = {
    aim: function (part) {
      const key = "aim";
      const note = status();
      const text = field(key + ":text", words.aim, words.shared, {}, function () { touched(key); });
      const rows = part.capabilities.concat([{ code: "", name: words.aim_none, what: "" }]).map(function (capability) {
        const isOn = key + ":about" in record.typed && typed(key + ":about") === capability.code;
        return choice("radio", newIdFor(key), capability.name, isOn, function () {
          record.typed[key + ":about"] = capability.code;
          touched(key);
        }, capability.what).row;
      });
      return {
        nodes: [text.row, group(words.aim_nearest, rows), note],
        facts: function () {
          const said = plain(typed(key + ":text"));
          if (!said) return [];
          const about = typed(key + ":about");
          return [fact(key, 0, 'aimed "' + said + '"' + (about ? " about " + about : ""))];
        },
      };
    },

    measure: function (part) {
      const key = "figure:" + part.step;
      const note = status();
      const changedHere = function () { touched(key); tell(); };
      const now = field(key + ":after", fill(words.measure_now, { unit: part.unit }), words.shared, { number: "decimal" }, changedHere);
      const over = field(key + ":n", words.over, null, { number: "numeric" }, changedHere);
      const rows = [["claimed", words.claimed], ["observed", words.observed]].map(function (grade) {
        return choice("radio", newIdFor(key), grade[1], typed(key + ":grade") === grade[0], function () {
          record.typed[key + ":grade"] = grade[0];
          changedHere();
        }).row;
      });
      function tell() {
        mark(now.input, number);
        mark(over.input, count);
        const has = facts().length > 0;
        note.textContent = has ? words.in_receipt : wrongNumber([now.input, over.input]) || words.measure_open;
      }
      function facts() {
        const after = number(typed(key + ":after"));
        const n = typed(key + ":n") ? count(typed(key + ":n")) : "";
        const grade = typed(key + ":grade");
        if (after === null || n === null || !grade) return [];
        return [fact(key, 4, "measured " + part.step + " " + part.before + " -> " + after + " " + part.unit +
          (n ? ", n " + n : "") + ", " + grade)];
      }
      tell();
      return { nodes: [now.row, over.row, group(words.measure_how, rows), note], facts: facts };
    },

    confirm: function (part) {
      const key = "confirm:" + part.step + "@" + part.day;
      const yes = choice("checkbox", key, words.confirm_yes, typed(key) === "yes", function (input) {
        if (input.checked) record.typed[key] = "yes";
        else delete record.typed[key];
        touched(key);
      });
      return {
        nodes: [yes.row, el("p", { class: "note" }, words.confirm_no)],
        facts: function () {
          return typed(key) === "yes" ? [fact(key, 5, "confirmed " + part.step + " of " + part.day)] : [];
        },
      };
    },

    case: function (part) {
      const key = "case:" + part.step;
      const line = field(key + ":note", part.ask, words.private, {}, function () { save(); });
      const read = choice("checkbox", key, words.read, typed(key) === "read", function (input) {
        if (input.checked) record.typed[key] = "read";
        else delete record.typed[key];
        touched(key);
      });
      return {
        nodes: [line.row, read.row],
        facts: function () {
          return typed(key) === "read" ? [fact(key, 1, "finished " + part.step + revision(" ", part.rev))] : [];
        },
      };
    },

    reflect: function (part) {
      const key = "reflect:" + part.step;
      const note = status();
      const lines = part.ask.map(function (ask, at) {
        return field(key + ":" + at, ask, words.private, { rows: 3 }, function () { touched(key); tell(); }).row;
      });
      function written() {
        return part.ask.some(function (ask, at) { return typed(key + ":" + at).trim() !== ""; });
      }
      function tell() {
        note.textContent = written() ? words.reflect_done : "";
      }
      tell();
      return {
        nodes: lines.concat([note]),
        facts: function () { return written() ? [fact(key, 1, "finished " + part.step + revision(" ", part.rev))] : []; },
      };
    },

    practice: function (part) {
      const key = "do:" + part.step;
      const note = status();
      const changedHere = function () { touched(key); tell(); };
      const hands = [["own", words.own], ["others", words.others]].map(function (hand) {
        return choice("radio", newIdFor(key), hand[1], typed(key + ":hand") === hand[0], function () {
          record.typed[key + ":hand"] = hand[0];
          changedHere();
        }).row;
      });
      const line = field(key + ":line", part.evidence, words.shared, {}, changedHere);
      const nodes = [group(part.own_hand, hands), line.row];
      let before = null;
      let over = null;
      if (part.unit) {
        before = field(key + ":before", part.before, fill(words.again, { day: part.again }), { number: "decimal" }, changedHere);
        over = field(key + ":n", words.over, null, { number: "numeric" }, changedHere);
        nodes.push(before.row, over.row);
      }
      const quote = choice("checkbox", key, words.quote, typed(key + ":quote") === "yes", function (input) {
        if (input.checked) record.typed[key + ":quote"] = "yes";
        else delete record.typed[key + ":quote"];
        changedHere();
      });
      nodes.push(quote.row, note);
      function tell() {
        if (before) {
          mark(before.input, number);
          mark(over.input, count);
        }
        const has = facts().length > 0;
        const wrong = before ? wrongNumber([before.input, over.input]) : "";
        if (wrong) note.textContent = wrong;
        else if (!has) note.textContent = words.practice_open;
        else note.textContent = typed(key + ":hand") === "own" ? words.in_receipt : words.practice_others;
      }
      function facts() {
        const said = plain(typed(key + ":line"));
        const hand = typed(key + ":hand");
        if (!said || !hand) return [];
        let text = "practised " + part.step + ' "' + said + '" ' + (hand === "own" ? "own hand" : "by others");
        if (before) {
          const figure = typed(key + ":before") ? number(typed(key + ":before")) : "";
          const n = typed(key + ":n") ? count(typed(key + ":n")) : "";
          if (figure === null || n === null) return [];
          if (figure) text += ", " + figure + " -> ? " + part.unit + (n ? ", n " + n : "");
        }
        if (typed(key + ":quote") === "yes") text += ", may be quoted";
        text += revision(", ", part.rev);
        return [fact(key, 3, text)];
      }
      tell();
      return { nodes: nodes, facts: facts };
    },

    questions: function (part) {
      const nodes = part.questions.map(function (question, at) {
        return oneQuestion(question, at + 1, part.questions.length);
      });
      return { nodes: nodes, facts: function () { return []; } };
    },
  };

  const groupNames = {};
  function newIdFor(key) {
    if (!groupNames[key]) groupNames[key] = newId();
    return groupNames[key];
  }

  function mark(input, read) {
    const wrong = input.value.trim() !== "" && read(input.value) === null;
    if (wrong) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }

  function wrongNumber(inputs) {
    return inputs.some(function (input) { return input.hasAttribute("aria-invalid"); }) ? words.no_number : "";
  }

  /** One question: open, or answered today with its reasons. */
  function oneQuestion(question, place, of) {
    const name = newId();
    const kind = question.several ? "checkbox" : "radio";
    const said = el("div", { class: "feedback", role: "status" });
    const right = question.options.filter(function (o) { return o.right; }).map(function (o) { return o.place; }).sort(order);
    const rows = question.options.map(function (option) {
      const row = choice(kind, name, option.text, false, function () { if (question.several) unsure.input.checked = false; });
      return { option: option, input: row.input, row: row.row };
    });
    const unsure = choice(kind, name, words.unsure, false, function () {
      if (question.several && unsure.input.checked) rows.forEach(function (row) { row.input.checked = false; });
    });
    const button = el("button", { type: "button" }, words.answer);
    const set = group(
      (of > 1 ? fill(words.place, { n: place, of: of }) + " " : "") + question.text + (question.several ? " " + words.several : ""),
      rows.map(function (row) { return row.row; }).concat([unsure.row])
    );
    const hint = question.hint
      ? el("details", { class: "hint" }, el("summary", {}, words.hint), el("p", {}, question.hint))
      : el("span", { hidden: true });
    set.append(hint, button, said);

    function chosen() {
      return rows.filter(function (row) { return row.input.checked; }).map(function (row) { return row.option.place; }).sort(order);
    }

    function show(places) {
      rows.forEach(function (row) {
        row.input.disabled = true;
        row.input.checked = places.indexOf(row.option.place) >= 0;
        if (row.option.right) row.row.classList.add("right");
      });
      unsure.input.disabled = true;
      unsure.input.checked = places.length === 0;
      button.hidden = true;
      hint.hidden = true;
      const isRight = same(places, right);
      const by = function (place) { return question.options.find(function (o) { return o.place === place; }); };
      const told = [];
      if (isRight) {
        right.forEach(function (place) { told.push(fill(words.right, { why: by(place).why })); });
      } else {
        places.map(by).filter(function (o) { return o && !o.right; }).forEach(function (option) {
          told.push(fill(words.wrong, { why: option.why }));
        });
        right.map(by).forEach(function (option) {
          told.push(fill(words.better, { option: option.text.replace(/\.+$/, ""), why: option.why }));
        });
        told.push(words.only_here);
      }
      said.replaceChildren();
      told.forEach(function (text) { said.append(el("p", {}, text)); });
      if (question.sources.length > 0) {
        said.append(el("p", { class: "from" }, fill(words.from, { sources: question.sources.join("; ") })));
      }
      said.classList.add(isRight ? "is-right" : "is-other");
    }

    button.addEventListener("click", function () {
      const places = chosen();
      if (places.length === 0 && !unsure.input.checked) {
        said.replaceChildren(el("p", {}, words.choose));
        return;
      }
      const day = today();
      const before = counts(question.key) ? record.q[question.key] : null;
      const isRight = same(places, right);
      const next = afterAnswer(before, isRight, Math.floor(Date.now() / 1000), day, data.ladder);
      record.q[question.key] = Object.assign(next, {
        r: question.rev, c: question.capability, m: (before ? before.m || 0 : 0) + (isRight ? 0 : 1),
        t: day, p: data.day, l: places, o: isRight,
      });
      show(places);
      said.setAttribute("tabindex", "-1");
      said.focus();
      changed();
    });

    const last = counts(question.key) ? record.q[question.key] : null;
    if (last && last.t === today()) show(last.l);
    return set;
  }

  function order(a, b) {
    return a - b;
  }

  function same(a, b) {
    return a.length === b.length && a.every(function (value, at) { return value === b[at]; });
  }

  // The receipt.

  /** The first revision needs no word. */
  function revision(before, rev) {
    return rev > 1 ? before + "rev " + rev : "";
  }

  function fact(key, rank, text) {
    return { key: key, rank: rank, day: record.days[key] || today(), text: text };
  }

  /** Quizzes of which every question was answered in this browser. */
  function quizzes() {
    return data.quizzes.filter(function (quiz) { return quiz.questions.every(counts); }).map(function (quiz) {
      const key = "quiz:" + quiz.step;
      if (!record.days[key]) record.days[key] = today();
      return fact(key, 1, "finished " + quiz.step + revision(" ", quiz.rev));
    });
  }

  function wasTold(capability) {
    return !!record.told[capability] || data.expects.indexOf(capability) >= 0;
  }

  /** What is known, capability by capability: how many how well, never which, and no word of the others. */
  function recalled() {
    const found = {};
    Object.keys(record.q).filter(counts).forEach(function (key) {
      const entry = record.q[key];
      const of = found[capabilityOf(key)] || (found[capabilityOf(key)] = { known: [], day: "" });
      if (entry.d && entry.s > 0) of.known.push([entry.s, entry.d]);
      if (entry.t > of.day) of.day = entry.t;
    });
    return Object.keys(found).sort().map(function (capability) {
      if (!keeps || record.part[capability]) return recalledOfPage(capability);
      const of = found[capability];
      // Who never told of anything tells of nothing; what was told and is known no more has to be taken back.
      if (of.known.length === 0 && !wasTold(capability)) return null;
      return {
        key: null, rank: 2, day: of.day, capability: capability,
        text: "recalled " + capability + " " + (of.known.length === 0 ? "0 right" : knownWords(of.known, of.day)),
      };
    }).filter(Boolean);
  }

  /** Without a record of its own: how many of the questions of this page are right. */
  function recalledOfPage(capability) {
    const all = [];
    data.parts.forEach(function (part) {
      (part.questions || []).forEach(function (q) { if (q.capability === capability) all.push(q.key); });
    });
    const day = all.filter(counts).map(function (key) { return record.q[key].t; }).sort().pop();
    // The line has one day: what was answered on an earlier one is not known on it.
    const right = all.filter(function (key) {
      return counts(key) && record.q[key].o === true && record.q[key].p === data.day && record.q[key].t === day;
    });
    if (!day || (right.length === 0 && !wasTold(capability))) return null;
    return {
      key: null, rank: 2, day: day, capability: capability,
      text: "recalled " + capability + " " + right.length + " of " + all.length + " right" +
        (day === data.day ? "" : ", page of " + data.day),
    };
  }

  let made = [];
  /** Facts of earlier pages that are in the receipt of this sitting. */
  let carried = {};

  /** All facts; those of earlier pages that never went into a receipt too. */
  function allFacts() {
    const here = [];
    made.forEach(function (part) { part.facts().forEach(function (f) { here.push(f); }); });
    quizzes().forEach(function (f) { here.push(f); });
    const keys = data.parts.map(keyOf).concat(data.quizzes.map(function (quiz) { return "quiz:" + quiz.step; }));
    keys.forEach(function (key) {
      const now = here.find(function (f) { return f.key === key; });
      const line = now ? now.day + " " + now.text : "";
      const before = record.old[key];
      if (!now) delete record.old[key];
      else if (!before || before.l !== line) record.old[key] = { l: line, s: "", k: now.rank };
    });
    Object.keys(record.old).forEach(function (key) {
      const old = record.old[key];
      if (keys.indexOf(key) < 0 && (old.s === "" || carried[key])) {
        carried[key] = true;
        here.push({ key: key, rank: old.k || 0, day: old.l.slice(0, 10), text: old.l.slice(11) });
      }
    });
    const all = here.concat(recalled());
    // Somebody else's answers prove nothing, and nobody confirms for another.
    const theirs = typed(WHO) !== "other" ? all
      : all.filter(function (f) { return !/^(recalled|confirmed) /.test(f.text); });
    return theirs.sort(function (a, b) {
      return a.rank - b.rank || (a.day + a.text < b.day + b.text ? -1 : 1);
    });
  }

  function keyOf(part) {
    const names = { aim: "aim", measure: "figure:", confirm: "confirm:", case: "case:", reflect: "reflect:", practice: "do:" };
    if (part.kind === "aim") return "aim";
    if (part.kind === "confirm") return "confirm:" + part.step + "@" + part.day;
    return (names[part.kind] || "questions:") + (part.step || "");
  }

  // Whose words these are: asked of each page anew, because no file can know it.
  const WHO = "who@" + data.day;

  /** The short name of whoever fills it in for the person; empty if that is the person. */
  function recorder() {
    if (typed(WHO) !== "other") return "";
    return typed(WHO + ":name").normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
      .replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 40);
  }

  function mayLeave() {
    return typed(WHO) === "own" || recorder() !== "";
  }

  const whose = { name: null, row: null };
  function askWhose() {
    const name = { name: data.person.name };
    const pick = function (value) {
      return function () {
        record.typed[WHO] = value;
        whose.row.hidden = value !== "other";
        changed();
      };
    };
    const own = choice("radio", "who", fill(words.who_own, name), typed(WHO) === "own", pick("own"));
    const other = choice("radio", "who", fill(words.who_other, name), typed(WHO) === "other", pick("other"));
    const short = field(WHO + ":name", words.who_name, null, { number: "text" }, function () { changed(); });
    whose.row = short.row;
    whose.row.hidden = typed(WHO) !== "other";
    return [group(words.who, [own.row, other.row, short.row]), el("p", { class: "note" }, fill(words.who_note, name))];
  }

  function receipt(facts) {
    const by = recorder();
    return ["upwards receipt for " + data.person.id + ", page " + data.page + ", workspace " + data.workspace +
      (by ? ", recorded by " + by : "")]
      .concat(facts.map(function (f) { return f.day + " " + f.text; }), ["end"]).join("\n");
  }

  const out = {
    text: el("pre", { id: "lines", tabindex: "0", role: "region", "aria-label": words.lines }),
    empty: el("p", {}, words.receipt_empty),
    first: el("p", { class: "note" }, words.who_first),
    mail: el("a", { class: "button" }, fill(words.mail, { name: data.leader.name })),
    copy: el("button", { type: "button" }, words.copy),
    save: el("button", { type: "button" }, words.save),
    long: el("p", { class: "note" }, fill(words.too_long, { mail: data.leader.mail || data.leader.name })),
    said: status(),
    forget: el("button", { type: "button", class: "quiet" }, words.forget),
    sure: el("p", { class: "buttons" }),
  };

  /** Keeps everything and writes the receipt anew. */
  function changed() {
    const facts = allFacts();
    const text = receipt(facts);
    const any = facts.length > 0;
    out.text.textContent = any ? text : "";
    const leaves = any && mayLeave();
    out.text.hidden = !any;
    out.copy.hidden = out.save.hidden = !leaves;
    out.empty.hidden = any;
    out.first.hidden = !any || leaves;
    const address = "mailto:" + encodeURIComponent(data.leader.mail || "").replace(/%40/g, "@") +
      "?subject=" + encodeURIComponent(fill(words.subject, { name: data.person.name, day: shortDay(today()) })) +
      "&body=" + encodeURIComponent(text.replace(/\n/g, "\r\n") + "\r\n");
    const fits = address.length < MAIL;
    out.mail.hidden = !leaves || !fits;
    out.long.hidden = !leaves || fits;
    if (leaves && fits) out.mail.setAttribute("href", address);
    else out.mail.removeAttribute("href");
    save();
  }

  /** These lines are in a receipt now. */
  function wentOut() {
    allFacts().forEach(function (f) {
      if (f.key && record.old[f.key]) record.old[f.key].s = today();
      if (f.capability) record.told[f.capability] = true;
    });
    save();
  }

  function copied(yes) {
    if (yes) wentOut();
    out.said.textContent = yes ? fill(words.copied, { mail: data.leader.mail || data.leader.name }) : words.not_copied;
  }

  /** For browsers without a clipboard of their own: the text is at least marked. */
  function copyMarked() {
    const range = document.createRange();
    range.selectNodeContents(out.text);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    let done = false;
    try {
      done = document.execCommand("copy");
    } catch (refused) {
      done = false;
    }
    copied(done);
  }

  out.mail.addEventListener("click", function () {
    wentOut();
    out.said.textContent = words.mailed;
  });
  out.copy.addEventListener("click", function () {
    const text = out.text.textContent + "\n";
    if (navigator.clipboard && navigator.clipboard.writeText) {
      navigator.clipboard.writeText(text).then(function () { copied(true); }, copyMarked);
    } else {
      copyMarked();
    }
  });
  let saved = null;
  out.save.addEventListener("click", function () {
    if (saved) URL.revokeObjectURL(saved);
    saved = URL.createObjectURL(new Blob([out.text.textContent + "\n"], { type: "text/plain;charset=utf-8" }));
    const name = data.person.id + "-receipt-" + today() + ".txt";
    el("a", { href: saved, download: name }).click();
    wentOut();
    out.said.textContent = fill(words.saved, { file: name });
  });
  out.forget.addEventListener("click", function () {
    const yes = el("button", { type: "button" }, words.forget_yes);
    const no = el("button", { type: "button" }, words.forget_no);
    const close = function () { out.sure.replaceChildren(out.forget); };
    yes.addEventListener("click", function () {
      try {
        window.localStorage.removeItem(KEY);
      } catch (refused) {
        keeps = false;
      }
      record = fresh();
      carried = {};
      data.expects.forEach(function (capability) { record.part[capability] = true; });
      close();
      build();
      try {
        window.localStorage.removeItem(KEY);
      } catch (refused) {
        keeps = false;
      }
      sayWhatIsKept();
      out.said.textContent = words.forgotten;
      out.forget.focus();
    });
    no.addEventListener("click", function () {
      close();
      out.forget.focus();
    });
    out.sure.replaceChildren(el("span", {}, words.forget_sure), yes, no);
    no.focus();
  });

  function sayWhatIsKept() {
    const gone = Object.keys(record.part).length > 0;
    document.getElementById("top").textContent = !keeps ? words.keeps_nothing : gone ? words.kept_nothing : "";
  }

  const whoseWords = el("div", {});

  function work(id) {
    return document.getElementById(id).querySelector(".work");
  }

  /** Makes all controls first and shows them then: what goes wrong leaves the page readable as it came. */
  function build() {
    whoseWords.replaceChildren.apply(whoseWords, askWhose());
    made = data.parts.map(function (part) { return makers[part.kind](part); });
    made.forEach(function (part, at) { work("part-" + (at + 1)).replaceChildren.apply(work("part-" + (at + 1)), part.nodes); });
    changed();
  }

  load();
  build();
  out.sure.append(out.forget);
  work("receipt").replaceChildren(
    out.empty, out.text, whoseWords, out.first, el("p", { class: "buttons" }, out.mail, out.copy, out.save), out.long,
    out.said, out.sure
  );
  document.querySelectorAll(".plain").forEach(function (node) { node.remove(); });
  document.documentElement.classList.add("alive");
  sayWhatIsKept();
})();
