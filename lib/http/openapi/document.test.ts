import { readdirSync, readFileSync } from "node:fs";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { expect, test } from "vitest";
import { callsCognito } from "../../operation";
import { OPERATIONS, TAGS } from "../all-operations";
import { openApiDocument } from "./document";
import { refusalsOf } from "./refusals";

const ROUTES = readdirSync("app/api", { recursive: true, encoding: "utf8" }).filter((path) =>
  /(^|\/)route\.ts$/.test(path),
);
/** Without operations of ours: NextAuth's mount, and what answers for every path that is not there. */
const NO_OPERATIONS = ["[...unknown]/route.ts", "auth/[...nextauth]/route.ts"];

test("every operation that a route answers is in the document under the route's own path, and no other", () => {
  const answered = ROUTES.filter((path) => !NO_OPERATIONS.includes(path)).flatMap((path) => {
    const address = `/api/${path.replace(/\/route\.ts$/, "").replace(/\[(\w+)\]/g, "{$1}")}`;
    const text = readFileSync(`app/api/${path}`, "utf8");
    const names = [
      ...text.matchAll(/\b(?:route|callerRoute|operatorRoute|publicRoute)\(\s*(?:operations\.)?(\w+)/g),
    ];
    return names.map(([, name]) => `${name} ${address}`);
  });
  expect(ROUTES.length).toBeGreaterThan(20);
  expect(OPERATIONS.map(({ id, path }) => `${id} ${path}`).sort()).toEqual(answered.sort());
});

test("every operation has an id and a method of its own, and a tag that is described", () => {
  expect(new Set(OPERATIONS.map(({ id }) => id)).size).toBe(OPERATIONS.length);
  expect(new Set(OPERATIONS.map(({ method, path }) => `${method} ${path}`)).size).toBe(OPERATIONS.length);
  const described = TAGS.map(({ name }) => name);
  expect(OPERATIONS.filter(({ tag }) => !described.includes(tag))).toEqual([]);
});

test("every operation that has us call Cognito is limited, and says so", () => {
  const calling = OPERATIONS.filter(({ errors }) => errors?.includes("cognito_unavailable"));
  expect(calling.length).toBeGreaterThan(20);
  const silent = calling.filter((each) => !refusalsOf(each).has("rate_limited"));
  expect(silent.map(({ id }) => id)).toEqual([]);
  // Who is signed in is limited by the wrapper; for those who are not, each feature does it.
  const open = calling.filter((each) => !callsCognito(each)).map(({ access }) => access);
  expect(new Set(open)).toEqual(new Set(["public"]));
});

/** `/api/enter` sends a browser on and has nothing to answer itself: a 2xx in its place would be a lie. */
const EXCEPTED = "operation-2xx-response #/paths/~1api~1enter/get/responses";

test("the document passes Redocly's recommended rules without a warning", async () => {
  const config = await createConfig({ extends: ["recommended"] });
  const problems = await lintFromString({ source: JSON.stringify(openApiDocument()), config });
  expect(problems.map(({ ruleId, location }) => `${ruleId} ${location[0]?.pointer ?? ""}`)).toEqual([
    EXCEPTED,
  ]);
});
