import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { scripts } from "../../package.json" with { type: "json" };

type Document = { path: string; text: string };

const documents = [
  ...documentsIn("."),
  ...["app", "e2e", "infra", "lib"].flatMap((folder) => documentsIn(folder, true)),
];

test("the README is one that a stranger reads to its end: at most 10 KB", () => {
  expect(statSync("README.md").size).toBeLessThanOrEqual(10 * 1024);
});

test("every command that a document names is one that there is", () => {
  expect(
    faultsOf(
      ({ text }) => allIn(text, /\bnpm run (?:--silent )?([\w:-]+)/g),
      (name) => name in scripts,
    ),
  ).toEqual([]);
});

test("every link leads to a file that there is, and to a heading of it", () => {
  const links = ({ text }: Document) => allIn(text, /\]\((?!https?:)([^)\s]+)\)/g);
  expect(faultsOf(links, isThere)).toEqual([]);
});

test("a file that a document names is there, where its folder is: it was renamed, or never was", () => {
  const named = ({ text }: Document) => allIn(text, /`((?:app|e2e|infra|lib)\/[\w()[\]./-]+\.\w+)`/g);
  expect(faultsOf(named, (path) => existsSync(path) || !existsSync(dirname(path)))).toEqual([]);
});

function faultsOf(
  findIn: (document: Document) => string[],
  isRight: (found: string, path: string) => boolean,
): string[] {
  expect(documents.flatMap(findIn).length).toBeGreaterThan(5);
  return documents.flatMap((document) =>
    findIn(document)
      .filter((found) => !isRight(found, document.path))
      .map((found) => `${document.path}: ${found}`),
  );
}

function isThere(link: string, path: string): boolean {
  const [file = "", heading] = link.split("#");
  const target = file === "" ? path : join(dirname(path), file);
  if (!existsSync(target)) return false;
  return heading === undefined || headingsOf(readFileSync(target, "utf8")).includes(heading);
}

/** As those who show Markdown name them: small, without punctuation, a hyphen for a blank. */
function headingsOf(text: string): string[] {
  return allIn(text, /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function allIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, found = ""]) => found);
}

function documentsIn(folder: string, recursive = false): Document[] {
  return readdirSync(folder, { encoding: "utf8", recursive })
    .filter((name) => name.endsWith(".md") && !name.includes("node_modules"))
    .map((name) => join(folder, name))
    .map((path) => ({ path, text: readFileSync(path, "utf8") }));
}
