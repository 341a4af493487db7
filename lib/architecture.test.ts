import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { describe, expect, test } from "vitest";
import { FEATURES } from "./features";

/** What every room below builds on: files of `lib` itself, which know each other. */
const FOUNDATION = [
  "errors",
  "field-error",
  "env",
  "env-variables",
  "loopback",
  "current-request",
  "log",
  "telemetry",
  "calling",
  "folder-lock",
  "aws-addresses",
  "database-address",
  "reserved-names",
  "weak-secret",
  "secret-keys",
  "published-secret",
  "typed",
  "languages",
  "home",
  "permission",
  "roles",
  "operation",
  "row-operations",
  "recent-map",
  "shape",
  "csv",
  "page-icon",
  "feature-page",
].map((name) => `lib/${name}`);
const AUDIT = "lib/audit";
const OF_FEATURES = FEATURES.map(({ name }) => `lib/${name}`).filter((place) => place !== AUDIT);

/** Who may import whom: left to right, never back. What shares a step does not import each other. */
const STEPS = [
  FOUNDATION,
  ["lib/cognito", "lib/db"],
  // The log lies below those who write it; only its page and its operation make it a feature.
  [AUDIT],
  // Told apart by noun: who may be asked how often, what a browser holds, who is asking, for which tenant, what has ended,
  // and how one signs in.
  ["lib/auth/limits", "lib/auth/session"],
  ["lib/auth/access"],
  ["lib/auth/single-sign-on"],
  ["lib/auth/tenancy"],
  ["lib/auth/endings"],
  ["lib/auth/sign-in"],
  ["lib/demo-tenant"],
  ["lib/feature"],
  OF_FEATURES,
  ["lib/features"],
  ["lib/housekeeping"],
  ["lib/platform"],
  ["lib/http"],
  ["lib/start"],
  ["app", "middleware", "instrumentation", "instrumentation-client"],
];
/** Every method is answered by our wrapper: what a route does not export, Next would answer by itself. */
const RESOURCE =
  /^export const \{ GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS \} = (resource|unknownResource)\(/;
const NEXT_AUTH_MOUNT = "app/api/auth/[...nextauth]/route.ts";

/** Others know it by its name and its exports only. */
const LOCAL_COGNITO = "@sekisho/local-cognito";

/** What somebody else says in prose alone is read where it comes in: Cognito's of a password, the database drivers'. */
const PROSE_ENTERS = [
  "lib/cognito/password-flaw",
  "lib/db/errors",
  "lib/db/fitness",
  "lib/db/limited-client",
  "lib/db/outage",
];
/** An error's message that is compared, and a pattern of several words, such as messages have. */
const READS_PROSE =
  /\bmessage\)?\??\.(?:match|matchAll|replace|replaceAll|split|includes|startsWith|endsWith|search|indexOf)\(|\.(?:test|exec)\([^()\n]*\.message\b|\bmessage\)?\s*[!=]==|switch \([^\n]*\bmessage\)|(?:^\s*|[=([,:|]\s*)\/(?![*/])[^/\n]*[a-z]{2} [a-z]{2}[^/\n]*\/[a-z]*(?=[.,;)\]\s])/m;

type Source = { path: string; text: string };

/** Every module that a source imports, its own ones as paths from the root without an extension. */
function importsOf({ path, text }: Source): string[] {
  const specifiers = text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)["']([^"']+)["']/g);
  return [...specifiers].map(([, specifier = ""]) => {
    if (specifier.startsWith("@/")) return specifier.slice(2);
    if (!specifier.startsWith(".")) return specifier;
    return relative(process.cwd(), resolve(dirname(path), specifier))
      .split(sep)
      .join("/");
  });
}

const isIn = (path: string, place: string) => path === place || new RegExp(`^${place}[/.]`).test(path);
const stepOf = (path: string) => STEPS.findIndex((places) => places.some((place) => isIn(path, place)));
const placeOf = (path: string) => STEPS.flat().find((place) => isIn(path, place));

function mayImport(from: string, to: string): boolean {
  if (isIn(to, "infra/local-cognito")) return isIn(from, "infra/local-cognito");
  if (isIn(to, "infra") || isIn(to, LOCAL_COGNITO)) return isIn(from, "infra") || isIn(from, "e2e");
  const step = stepOf(to);
  if (step === -1 || stepOf(from) === -1 || placeOf(from) === placeOf(to)) return true;
  if (FOUNDATION.some((place) => isIn(from, place))) return step === 0;
  return step < stepOf(from) || stepOf(from) === STEPS.length - 1;
}

/** What is wrong with a source, a sentence each. */
function faultsOf(source: Source): string[] {
  const { path, text } = source;
  const isUnder = (...places: string[]) => places.some((place) => isIn(path, place));
  const imports = importsOf(source);
  const faults = imports
    .filter((each) => !mayImport(path, each))
    .map((each) => `${path} must not import ${each}`);
  const check = (isFine: boolean, fault: string) => {
    if (!isFine) faults.push(`${path} ${fault}`);
  };

  check(!path.startsWith("lib/") || stepOf(path) !== -1, "is in no room that the import order knows");

  const knowsNext = isUnder("app", "middleware", "instrumentation", "next.config");
  check(knowsNext || !imports.some((each) => /^next(\/|$)/.test(each)), "must not know Next");
  const knowsNextAuth = isUnder("app", "lib/auth");
  check(knowsNextAuth || !imports.some((each) => /^next-auth(\/|$)/.test(each)), "must not know NextAuth");

  const environment = text.match(/process\.env(\.\w+)?/g) ?? [];
  const isOutside = isUnder("lib/env", "infra", "e2e", "playwright.config", "vitest.config");
  const forNext =
    isUnder("instrumentation") && environment.every((each) => each === "process.env.NEXT_RUNTIME");
  check(environment.length === 0 || isOutside || forNext, "must not read process.env");

  // The one wrapper around handlers passes the header on, unread.
  const handedOver = text.replace('sessionCookieFrom(request.headers.get("cookie"))', "");
  const isCookieRead = /\bcookies\b|\bcookieName\b|["']cookie["']/i.test(handedOver);
  // Bounds are of the header as it came: cookies are counted there, none is read.
  const mayRead = isUnder("app", "lib/auth", "middleware", "infra", "e2e", "lib/http/request-bounds");
  check(!isCookieRead || mayRead, "must not read cookies");

  const mayReadProse = !isUnder("app", "lib") || isUnder(...PROSE_ENTERS);
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "");
  check(mayReadProse || !READS_PROSE.test(code), "must not read the prose of an error");

  check(!/^\s*["']use server["']/m.test(text), "must not be a Server Action");
  check(!/(^|\/)(index|utils?|helpers?)\.tsx?$/.test(path), "must be named for what it is");

  if (/^app\/api\/.*route\.ts$/.test(path) && path !== NEXT_AUTH_MOUNT) {
    const exports = text.split("\n").filter((line) => /^\s*export\b/.test(line));
    check(
      exports.length === 1 && exports.every((line) => RESOURCE.test(line)),
      "must export one resource only",
    );
    check(imports.includes("lib/http/resource"), "must take its wrapper from lib/http/resource");
  }
  return faults;
}

function sourcesUnder(folder: string): Source[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourcesUnder(path);
    return /\.tsx?$/.test(path)
      ? [{ path: path.split(sep).join("/"), text: readFileSync(path, "utf8") }]
      : [];
  });
}
const isTest = ({ path }: Source) => /\.test\.tsx?$/.test(path);
const all = ["app", "lib", "infra", "e2e"].flatMap(sourcesUnder);

test("tests too know of the local Cognito only what it exports", () => {
  const tests = all.filter((source) => isTest(source) && !isIn(source.path, "infra/local-cognito"));
  const reaching = tests.filter((each) => importsOf(each).some((to) => isIn(to, "infra/local-cognito")));
  expect(tests.length).toBeGreaterThan(60);
  expect(reaching.map(({ path }) => path)).toEqual([]);
});

test("every source keeps the import order and the other rules of the design", () => {
  const roots = ["middleware.ts", "instrumentation.ts", "instrumentation-client.ts", "next.config.ts"];
  const sources = [
    ...all.filter((source) => !isTest(source)),
    ...roots.map((path) => ({ path, text: readFileSync(path, "utf8") })),
  ];
  expect(sources.length).toBeGreaterThan(60);
  expect(sources.flatMap(faultsOf)).toEqual([]);
});

describe("between the files of lib", () => {
  const sources = all.filter((source) => !isTest(source) && source.path.startsWith("lib/"));
  const nameOf = (path: string) => path.replace(/\.tsx?$/, "");
  const known = new Set(sources.map(({ path }) => nameOf(path)));
  const arrows = new Map(
    sources.map((source) => [nameOf(source.path), importsOf(source).filter((to) => known.has(to))]),
  );
  /** What is in no folder of lib stands for itself. */
  const folderOf = (name: string) => (dirname(name) === "lib" ? name : dirname(name));

  test("no import leads back to where it came from", () => {
    const reach = (from: string, seen = new Set<string>()): Set<string> => {
      for (const to of arrows.get(from) ?? []) if (!seen.has(to)) reach(to, seen.add(to));
      return seen;
    };
    expect([...known].filter((name) => reach(name).has(name))).toEqual([]);
  });

  test("no two folders import each other", () => {
    const pairs = [...arrows].flatMap(([from, each]) =>
      each.map((to) => [folderOf(from), folderOf(to)]).filter(([one, other]) => one !== other),
    );
    const said = new Set(pairs.map((pair) => pair.join(" ")));
    expect([...said].filter((pair) => said.has(pair.split(" ").reverse().join(" ")))).toEqual([]);
  });
});

describe("the rules catch", () => {
  const wrapped = 'import { resource } from "@/lib/http/resource";\n';
  const all = "export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } =";
  test.each<[path: string, text: string, fault: RegExp]>([
    ["lib/members/a.ts", 'import { b } from "../account/b";', /must not import lib\/account\/b/],
    ["lib/members/a.ts", 'import type { Route } from "@/lib/http/route";', /must not import lib\/http/],
    ["lib/db/a.ts", 'import "../cognito/client";', /must not import lib\/cognito/],
    ["lib/db/a.ts", 'const a = await import("../auth/tenancy/tenant");', /must not import lib\/auth/],
    ["lib/log.ts", 'import { a } from "./db/client";', /must not import lib\/db/],
    ["lib/http/a.ts", 'export { page } from "../../app/page";', /must not import app\/page/],
    [
      "lib/auth/access/a.ts",
      'import { startCognito } from "@sekisho/local-cognito";',
      /must not import @sekisho\/local-cognito/,
    ],
    ["infra/local/a.ts", 'import "../local-cognito/src/server";', /must not import infra\/local-cognito/],
    ["app/a.tsx", 'import "../infra/local/secret";', /must not import infra/],
    ["lib/members/a.ts", 'import { headers } from "next/headers";', /must not know Next$/],
    ["lib/http/a.ts", 'import { NextResponse } from "next/server";', /must not know Next$/],
    ["lib/members/a.ts", 'import { getServerSession } from "next-auth";', /must not know NextAuth/],
    ["lib/db/a.ts", "const url = process.env.DATABASE_URL;", /must not read process.env/],
    ["app/a.tsx", "const all = process.env;", /must not read process.env/],
    ["instrumentation.ts", "process.env.NEXT_RUNTIME; process.env.PORT", /must not read process.env/],
    ["lib/members/a.ts", 'request.headers.get("Cookie")', /must not read cookies/],
    ["lib/http/a.ts", "const jar = await cookies();", /must not read cookies/],
    ["app/a.ts", 'if (error.message.startsWith("is missing")) return;', /must not read the prose/],
    ["app/a.ts", 'if ((error as Error).message === "session_ended") return;', /must not read the prose/],
    ["lib/http/a.ts", "if (PATTERN.test(error.message)) return;", /must not read the prose/],
    ["lib/cognito/a.ts", "message?.replace(PREFIX, '')", /must not read the prose/],
    ["app/a.ts", "  [/must not be empty/, 'required'],", /must not read the prose/],
    ["app/a.ts", "const said = /not long enough|too short/i;", /must not read the prose/],
    ["app/members/a.ts", '"use server";', /must not be a Server Action/],
    ["app/members/a.tsx", 'async function f() {\n  "use server";\n}', /must not be a Server Action/],
    ["lib/members/index.ts", "", /must be named for what it is/],
    ["lib/utils.ts", "", /must be named for what it is/],
    ["lib/billing/plan.ts", "", /is in no room that the import order knows/],
    ["lib/features.ts", 'import "./http/route";', /must not import lib\/http/],
    ["lib/operation.ts", 'import type { Role } from "./auth/access/groups";', /must not import lib\/auth/],
    ["lib/audit/a.ts", 'import { a } from "../auth/tenancy/tenant";', /must not import lib\/auth/],
    ["app/api/a/route.ts", `${wrapped}export async function GET() {}`, /one resource only/],
    ["app/api/a/route.ts", `${wrapped}const GET = 1;\nexport { GET };`, /one resource only/],
    ["app/api/a/route.ts", `${wrapped}export const { GET } = resource(`, /one resource only/],
    ["app/api/a/route.ts", `${wrapped}${all} open(resource(`, /one resource only/],
    ["app/api/a/route.ts", `${wrapped}${all} resource(f);\nexport const GET = f;`, /one resource only/],
    ["app/api/a/route.ts", wrapped, /one resource only/],
    ["app/api/a/route.ts", `${all} resource(f);`, /take its wrapper from/],
  ])("%s: %s", (path, text, fault) => {
    expect(faultsOf({ path, text }).join("\n")).toMatch(fault);
  });

  test.each<[path: string, text: string]>([
    ["lib/members/a.ts", 'import { b } from "../db/schema";\nimport { c } from "../auth/access/groups";'],
    ["lib/env.ts", 'import { z } from "zod";\nprocess.env.PORT'],
    ["lib/env.ts", 'import { AppError } from "./errors";'],
    ["app/page.tsx", 'import { cookies } from "next/headers";\nimport "@/lib/http/route";'],
    ["app/api/a/route.ts", `${wrapped}${all} resource(f);`],
    ["lib/cognito/password-flaw.ts", "  [/not long enough/i, 'password_short'],"],
    ["app/a.tsx", "const shown = <p>{refusal.message}</p>;\n// Of one and the same / or another / kind."],
    ["infra/local/a.ts", 'import "../../lib/folder-lock";\nprocess.env.PORT'],
    ["instrumentation.ts", 'if (process.env.NEXT_RUNTIME === "nodejs") await import("./lib/start");'],
  ])("and let pass %s: %s", (path, text) => {
    expect(faultsOf({ path, text })).toEqual([]);
  });
});
