import { type Statement, statementsOf } from "./sql-statements";

/** What takes away or narrows what the version before uses, wherever in a statement it is. */
const TAKES_AWAY =
  /\b(drop|rename|revoke|truncate|delete from|restrictive|or replace|alter column "" (set data )?type|set (not null|schema))\b/i;
/** In a block of code also what it might change. */
const CHANGES = /\b(drop|rename|revoke|truncate|delete|update|alter|replace|execute)\b/i;
/** What the version before does not notice. Anything that is not here needs a reason. */
const ADDS = [
  /^create (table|type|sequence|schema|view|index|role|function) /i,
  /^create policy "" on "" as permissive /i,
  /^alter table "" add column "" (?!.*\b(unique|primary key|check|references)\b)((?!.*\bnot null\b)|.*\b(default|generated)\b)/i,
  // Binds the owner alone, and the application never is that.
  /^alter table "" (no )?force row level security$/i,
  // How often the server looks after a table is no part of what a version asks it.
  /^alter table "" set \(autovacuum_\w+ = [\d.]+(, autovacuum_\w+ = [\d.]+)*\)$/i,
  /^(grant|insert into) /i,
  // Whose eyes the next statements see with; each of them is looked at by itself.
  /^(set local|reset) role\b/i,
];
/** On a table that the same migration makes, which the version before does not know. */
const ADDS_TO_NEW = [
  /^alter table "" (enable row level security|add constraint )/i,
  /^create unique index /i,
  /^create trigger /i,
];
/** Says what stopped using it, and in which version. */
const REASON = /^-- contract: \S.*\b\d+\.\d+\.\d+\b/;

/**
 * The statements of a migration with which the version before might not go on, and that give no reason. While a deploy
 * goes on both versions run on one database: what is used no more is taken away a version later.
 *
 * @param sql of one migration. A reason is a comment before its statement:
 *   `-- contract: since 1.4.0 nothing reads name_key`.
 */
export function contractingStatements(sql: string): string[] {
  const statements = statementsOf(sql);
  const made = statements.flatMap(({ text }) => text.match(/^CREATE TABLE ("\w+")/i)?.[1] ?? []);
  return statements
    .filter(({ comments }) => !comments.some((comment) => REASON.test(comment)))
    .filter((statement) => !isUnnoticed(statement, made, statements))
    .map(({ text }) => text);
}

function isUnnoticed({ text, bare }: Statement, made: string[], all: Statement[]): boolean {
  if (/^do \$\$/i.test(bare)) return !CHANGES.test(text);
  if (TAKES_AWAY.test(bare)) return false;
  if (ADDS.some((pattern) => pattern.test(bare))) return true;
  const table = text.match(/^(?:ALTER TABLE|CREATE .*? ON) ("\w+")/i)?.[1];
  if (table && made.includes(table)) return ADDS_TO_NEW.some((pattern) => pattern.test(bare));
  return fillsWhatIsNew(text, all);
}

/** An UPDATE of nothing but columns that the same migration adds. */
function fillsWhatIsNew(text: string, all: Statement[]): boolean {
  const [, table, set = ""] = text.match(/^UPDATE ("\w+") SET (.*?)( WHERE .*)?$/i) ?? [];
  const written = [...set.matchAll(/("\w+") = /g)].map(([, column]) => column);
  const isAdded = (column?: string) =>
    all.some((other) => other.text.startsWith(`ALTER TABLE ${table} ADD COLUMN ${column} `));
  return written.length > 0 && written.every(isAdded);
}
