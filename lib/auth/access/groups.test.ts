import { afterEach, expect, test, vi } from "vitest";
import { permission } from "../../permission";
import { GIVEN_ROLES, may } from "../../roles";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

async function rolesWhere(noGroup: string) {
  vi.resetModules();
  vi.stubEnv("COGNITO_NO_GROUP_ROLE", noGroup);
  return import("./groups");
}

test("whoever lost every group may read and nothing else", async () => {
  const { roleOf } = await rolesWhere("");
  const role = roleOf({ groups: [] });
  const levels = ["read", "write", "oversee", "manage"] as const;
  expect([role, ...levels.map((level) => may(role, permission("a:b", level)))]).toEqual([
    "viewer",
    true,
    false,
    false,
    false,
  ]);
});

test("each role has a group that gives it", async () => {
  const { groupOf, roleOf } = await rolesWhere("");
  for (const role of GIVEN_ROLES)
    expect(roleOf({ groups: [groupOf(role)].flatMap((each) => each ?? []) })).toBe(role);
  expect(groupOf("member")).toBe("member");
});

test("in a pool from before the group member, its absence gives the role while the setting says so", async () => {
  const { groupOf, roleOf } = await rolesWhere("member");
  expect([roleOf({ groups: [] }), groupOf("member"), groupOf("viewer")]).toEqual(["member", null, "viewer"]);
  expect(roleOf({ groups: ["viewer"] })).toBe("viewer");
});
