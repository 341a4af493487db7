import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FEATURES } from "@/lib/features";

/** What a browser runs and the pages, by path. */
const sources = new Map(
  readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|^api\//.test(path))
    .map((path) => [path, readFileSync(`app/${path}`, "utf8")] as const),
);
const holding = (pattern: RegExp) =>
  [...sources].filter(([, text]) => pattern.test(text)).map(([path]) => path);

test("every page of a tenant says whose it is, and so does what they have in common", () => {
  const pages = [...sources.keys()].filter((path) =>
    /^\(tenant\)\/((?!\[\.{3}unknown\]).*\/page|layout)\.tsx$/.test(path),
  );
  // Besides those of features: the start page, the account, and the layout, which what says 403 and 404 comes with.
  expect(pages.length).toBeGreaterThanOrEqual(FEATURES.filter(({ page }) => page).length + 3);
  expect(pages.filter((path) => !/<OfTenant\b/.test(sources.get(path) ?? ""))).toEqual([]);
});

test("only what names whose page it is asks the API, and only what minds the connection leaves the page", () => {
  expect(holding(/\bfetch\(/).sort()).toEqual(["api-client.ts", "connection.ts"]);
  expect(holding(/\blocation\.(?:assign|replace|reload)\(|\blocation(?:\.href)? = /)).toEqual([
    "connection.ts",
  ]);
  expect(holding(/next-auth\/react/)).toEqual([]);
  expect(holding(/\buseRouter\b[^;]*next\/navigation/)).toEqual(["use-router.ts"]);
  expect(holding(/"next\/link"/)).toEqual(["ui/link.tsx"]);
});
