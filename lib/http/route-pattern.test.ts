import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { OPERATIONS } from "./all-operations";
import { routePattern } from "./route-pattern";

const APP = join(import.meta.dirname, "../../app");

test("every page has a route of its own, and the query is no part of it", () => {
  const pages = readdirSync(APP, { recursive: true, encoding: "utf8" })
    .filter((file) => /(^|\/)page\.tsx$/.test(file))
    // A folder in brackets is no part of an address.
    .map((file) => `/${file.replaceAll(/\([^)]*\)\//g, "").replace(/\/?page\.tsx$/, "")}`)
    .filter((page) => page !== "/[...unknown]");
  expect(pages.length).toBeGreaterThan(10);
  for (const page of pages) {
    expect(routePattern(page)).toBe(page);
    expect(routePattern(`${page}?callbackUrl=/canary`)).toBe(page);
  }
});

test("every operation of the API has the route that it declares", () => {
  for (const { path } of OPERATIONS) {
    expect(routePattern(path.replaceAll("{id}", "alice@example.com"))).toBe(path);
    expect(routePattern(`${path.replaceAll("{id}", "x")}/?q=canary`)).toBe(path);
  }
});

test.each([
  ["/api/auth/callback/cognito?code=canary", "/api/auth/callback/cognito"],
  ["/api/auth/callback/canary", "/api/auth/*"],
  ["/api/canary@example.com", "/api/*"],
  ["/_next/static/chunks/canary.js", "/_next/*"],
  ["/canary@example.com", "*"],
  ["/eyJcanary", "*"],
  ["/members/canary", "*"],
  ["http://canary/", "*"],
  ["*", "*"],
  ["", "*"],
])("what people put into %s is no part of its route", (url, route) => {
  expect(routePattern(url)).toBe(route);
});
