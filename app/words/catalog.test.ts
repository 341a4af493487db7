import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createTranslator } from "next-intl";
import { describe, expect, test } from "vitest";
import { groupsOf, OUTCOMES } from "@/lib/audit/contract";
import { NOTICES } from "@/lib/auth/sign-in/notices";
import { ERRORS } from "@/lib/errors";
import { ACTIONS, FEATURES } from "@/lib/features";
import { FAULTS } from "@/lib/field-error";
import { LANGUAGES, type Locale } from "@/lib/languages";
import { MEMBER_STATUSES } from "@/lib/members/contract";
import { GIVEN_ROLES, ROLE_NAMES } from "@/lib/roles";
import { TENANT_STATUSES } from "@/lib/tenants/contract";
import { THEMES } from "../theme";
import { messagesIn } from "./messages";

type Catalog = Record<string, Record<string, string>>;
const LOCALES = Object.keys(LANGUAGES) as Locale[];
const CATALOGS = Object.fromEntries(
  await Promise.all(LOCALES.map(async (locale) => [locale, await messagesIn(locale)] as const)),
) as unknown as Record<Locale, Catalog>;
const catalogOf = (locale: Locale) => CATALOGS[locale];
const en = catalogOf("en");
/** Keys that are made from what is listed elsewhere. */
const BUILT: Record<string, readonly string[]> = {
  // Four of them are no answer of the API: what a page sees for itself, and a failure of NextAuth.
  errors: [...Object.keys(ERRORS), "cookies", "network", "other_page", "unavailable"],
  faults: Object.keys(FAULTS),
  nav: FEATURES.flatMap(({ name, page }) => (page ? [name] : [])),
  palette: FEATURES.flatMap(({ page }) => (page?.begin ?? []).map(({ label }) => label)),
  roles: ROLE_NAMES,
  preferences: THEMES,
  memberRole: GIVEN_ROLES,
  memberStatus: MEMBER_STATUSES,
  tenantStatus: TENANT_STATUSES,
  auditOutcome: OUTCOMES,
  accountNotices: NOTICES,
  // Features say it in their dialogs; the frame itself may have none.
  common: ["save"],
  auditNames: [...groupsOf(ACTIONS), ...ACTIONS.map((action) => action.replace(".", "_"))],
  auditSentences: ACTIONS.map((action) => action.replace(".", "_")),
};
/** Words that are the same in every language. */
const NAMES = new Set(["Sekisho", "UTC", "Edge", "Opera", "Firefox", "Chrome", "Safari"]);

const keysOf = (catalog: Catalog) =>
  Object.entries(catalog).flatMap(([namespace, words]) =>
    Object.keys(words).map((key) => `${namespace}.${key}`),
  );
const messageOf = (catalog: Catalog, key: string) => {
  const [namespace = "", name = ""] = key.split(".");
  return catalog[namespace]?.[name] ?? "";
};

/** The arguments and tags of a message. */
function argumentsOf(message: string): string[] {
  const found = [...message.matchAll(/\{(\w+)\s*[,}]|<(\w+)>/g)].map(([, name, tag]) => name ?? `<${tag}>`);
  return [...new Set(found)].sort();
}

type Source = { path: string; text: string };
const sources: Source[] = readdirSync("app", { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
  .map((path) => ({ path, text: readFileSync(`app/${path}`, "utf8") }));

/** What the features put on the start page. */
const homeParts: Source[] = FEATURES.flatMap(({ name }) => [
  `lib/${name}/home.ts`,
  `lib/${name}/first-steps.ts`,
])
  .filter((path) => existsSync(path))
  .map((path) => ({ path, text: readFileSync(path, "utf8") }));

/** The namespaces of which a source takes words. */
function namespacesOf({ text }: Source): string[] {
  const taken = text.matchAll(
    /(?:use|get)Translations\("(\w+)"\)|Words\["(\w+)"\]|Translator<Messages, "(\w+)"/g,
  );
  return [...new Set([...taken].map(([, ...names]) => names.find(Boolean) ?? ""))];
}

const literalsOf = ({ text }: Source) =>
  new Set([...text.matchAll(/"([\w-]+)"/g)].map(([, literal]) => literal));

/** Text in English between tags, in attributes that people meet, and in strings that begin like a sentence. */
function strayWords({ path, text }: Source): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  const patterns = [
    /(?<!=)>\s*([A-Za-z][^<>{}=;()]*?)\s*(?:<\/|\{)/g,
    /^\s+([A-Z][a-z]+ [a-z][\w ,.'’]*[.?!]?)$/gm,
    /\b(?:label|title|hint|placeholder|alt|caption|aria-label|legend)="([^"]*[A-Za-z]{2}[^"]*)"/g,
    /["'`]([A-Z][a-z]+(?: [a-z]+)+[^"'`]*)["'`]/g,
  ];
  return patterns
    .flatMap((pattern) => [...code.matchAll(pattern)].map(([, words = ""]) => words.trim()))
    .filter((words) => !NAMES.has(words))
    .map((words) => `${path}: ${words}`);
}

test.each(LOCALES)("every message of %s can be formatted", (locale) => {
  const faults: string[] = [];
  const onError = (error: Error) => faults.push(error.message);
  const messages = catalogOf(locale);
  const t = createTranslator({ locale, messages, onError }) as unknown as {
    markup: (key: string, values: object) => string;
  };
  for (const key of keysOf(messages)) {
    const given = argumentsOf(messageOf(messages, key)).map((name) =>
      name.startsWith("<") ? [name.slice(1, -1), (inside: string) => inside] : [name, 2],
    );
    t.markup(key, Object.fromEntries(given));
  }
  expect(faults).toEqual([]);
});

test("the catalogs have the same keys, with the same arguments", () => {
  const shape = (catalog: Catalog) =>
    keysOf(catalog).map((key) => `${key}(${argumentsOf(messageOf(catalog, key)).join(", ")})`);
  for (const locale of LOCALES) expect(shape(catalogOf(locale))).toEqual(shape(en));
});

test("every word is used, and every word used is there", () => {
  const used = new Set(
    sources.flatMap((source) =>
      namespacesOf(source).flatMap((name) => [...literalsOf(source)].map((literal) => `${name}.${literal}`)),
    ),
  );
  for (const literal of homeParts.flatMap((source) => [...literalsOf(source)])) used.add(`home.${literal}`);
  for (const [name, keys] of Object.entries(BUILT)) for (const key of keys) used.add(`${name}.${key}`);
  expect(keysOf(en).filter((key) => !used.has(key))).toEqual([]);

  const missing = Object.entries(BUILT).flatMap(([name, keys]) =>
    keys.filter((key) => !messageOf(en, `${name}.${key}`)).map((key) => `${name}.${key}`),
  );
  expect(missing).toEqual([]);
});

test("no words are left in the sources of the pages", () => {
  expect(sources.filter(({ path }) => path.endsWith(".tsx")).flatMap(strayWords)).toEqual([]);
});

describe("stray words are found", () => {
  test.each([
    "<p>Hello there</p>",
    "<b>Edit</b>",
    '<Field label="Name" />',
    'const advice = "Try it again later";',
    "<p>\n      Somebody said so.\n    </p>",
    "<p>Hello {name}</p>",
  ])("%s", (text) => {
    expect(strayWords({ path: "a.tsx", text })).not.toEqual([]);
  });
});
