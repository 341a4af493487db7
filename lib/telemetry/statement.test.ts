import { expect, test } from "vitest";
import { flightName } from "./statement";

test.each([
  ['select "id", "name" from "members" where "members"."tenant_id" = $1', "select members"],
  ['insert into "audit_events" ("id") values ($1) returning "id"', "insert audit_events"],
  ['update "sessions" set "seen_at" = now() where "id" = $1', "update sessions"],
  ['delete from "sessions" where "id" = $1', "delete sessions"],
  ["select set_config('role','app_user',true), set_config('app.tenant_id', $1, true)", "select"],
  ["begin", "begin"],
  ["  WITH old AS (SELECT 1) DELETE FROM rate_limits", "with rate_limits"],
  ["", "other"],
  ["/* alice@example.com */ select 1", "other"],
])("%s is called %s", (text, name) => {
  expect(flightName([text])).toBe(name);
});

test("what goes along with a statement on a table does not name it", () => {
  const settings = "select set_config('role', 'app_session', true)";
  expect(flightName(["begin", settings, "update sessions set seen_at = now()"])).toBe("update sessions");
  expect(flightName(["begin", settings])).toBe("select");
});
