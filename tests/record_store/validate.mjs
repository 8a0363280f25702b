// Every statement of a file by a validator of others: node validate.mjs STATEMENTS.json
import { readFileSync } from "node:fs";
import validation from "@learninglocker/xapi-validation";

const validate = validation.default;
const statements = JSON.parse(readFileSync(process.argv[2], "utf8"));
let wrong = 0;
for (const statement of statements) {
  for (const warning of validate(statement)) {
    wrong += 1;
    console.error(`${statement.id}: ${warning.name ?? warning.constructor?.name} ${JSON.stringify(warning)}`);
  }
}
// A validator that finds nothing wrong with anything proves nothing.
const breaks = [
  (one) => (one.actor.account.homePage = "no iri"),
  (one) => (one.verb.id = "completed"),
  (one) => (one.result = { duration: "6m" }),
  (one) => (one.id = "01JXYZ"),
];
for (const breaking of breaks) {
  const broken = structuredClone(statements[0]);
  breaking(broken);
  if (validate(broken).length === 0) {
    console.error(`the validator takes a statement that is wrong: ${breaking}`);
    wrong += 1;
  }
}
console.log(`${statements.length} statements, ${wrong} warnings`);
process.exit(wrong === 0 && statements.length > 0 ? 0 : 1);
