// The grammar of receipts, written down a second time: what the page makes has to be what the design says.
const DAY = String.raw`\d{4}-\d\d-\d\d`;
const ID = "[a-z0-9][a-z0-9-]*";
const STEP = `(?:${ID}/)?${ID}\\.${ID}`;
const CAPABILITY = `(?:${ID}/)?${ID}`;
const TEXT = '"[^"\\n\u201c\u201d\u201e]{1,600}"';
const NUMBER = String.raw`-?\d+(?:\.\d{1,3})?`;
const KNOWN = String.raw`[1-9]\d* right(?: step [1-5])?(?: on ${DAY})?`;
const FACTS = [
  `aimed ${TEXT}(?: about ${CAPABILITY})?`,
  `finished ${STEP}(?: rev [1-9]\\d*)?`,
  String.raw`recalled ${CAPABILITY} (?:${KNOWN}(?:, ${KNOWN})*|0 right|\d+ of [1-9]\d* right(?:, page of ${DAY})?)`,
  `practised ${STEP} ${TEXT} (?:own hand|by others)(?:, ${NUMBER} -> \\? [^,\\n]+)?(?:, n [1-9]\\d*)?(?:, may be quoted)?(?:, rev [1-9]\\d*)?`,
  `measured ${STEP}(?: ${NUMBER})? -> ${NUMBER} [^,\\n]+(?:, n [1-9]\\d*)?, (?:claimed|observed)`,
  `confirmed ${STEP}(?: of ${DAY})?`,
];
const HEAD = new RegExp(`^upwards receipt for ${ID}(?:, page ${ID})?(?:, workspace ${ID})?(?:, recorded by ${ID})?$`);
const LINE = new RegExp(`^${DAY} (?:${FACTS.join("|")})$`);

/** Whether a text is a receipt in its normal form. */
export function isReceipt(text) {
  const [head, ...rest] = text.split("\n");
  const wrong = rest.slice(0, -1).filter((line) => !LINE.test(line));
  if (wrong.length > 0) console.log(`  no line of a receipt: ${wrong.join("\n  ")}`);
  return HEAD.test(head) && rest.length > 1 && rest.at(-1) === "end" && wrong.length === 0;
}
