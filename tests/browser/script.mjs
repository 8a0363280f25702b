// Parts of the page's script, taken out of the page itself and run on their own.

function between(html, name, names) {
  const [, part] = html.match(new RegExp(`// ${name} begin[^\\n]*\\n([\\s\\S]*?)// ${name} end`)) ?? [];
  if (!part) throw new Error(`the page has no part "${name}"`);
  return new Function(`"use strict"; const TEXT = 300; ${part}; return { ${names.join(", ")} };`)();
}

/** The step of the memory ladder. */
export function ladderOf(html) {
  return between(html, "ladder", ["afterAnswer"]).afterAnswer;
}

/** What makes texts and numbers fit for a receipt. */
export function receiptOf(html) {
  return between(html, "receipt", ["plain", "number", "count", "knownWords"]);
}
