import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

async function rolesWhere(noGroup: string) {
  vi.resetModules();
  vi.stubEnv("COGNITO_NO_GROUP_ROLE", noGroup);
  return import("./roles");
}

test("whoever lost every group may read and nothing else", async () => {
  const { may, roleOf } = await rolesWhere("");
  const role = roleOf({ groups: [] });
  expect([role, may(role, "items:read"), may(role, "items:write"), may(role, "alerts:write")]).toEqual([
    "viewer",
    true,
    false,
    false,
  ]);
});

test("each role has a group that gives it", async () => {
  const { groupOf, ROLE_GROUPS, roleOf } = await rolesWhere("");
  for (const role of ROLE_GROUPS)
    expect(roleOf({ groups: [groupOf(role)].flatMap((each) => each ?? []) })).toBe(role);
  expect(groupOf("member")).toBe("member");
});

test("in a pool from before the group member, its absence gives the role while the setting says so", async () => {
  const { groupOf, roleOf } = await rolesWhere("member");
  expect([roleOf({ groups: [] }), groupOf("member"), groupOf("viewer")]).toEqual(["member", null, "viewer"]);
  expect(roleOf({ groups: ["viewer"] })).toBe("viewer");
});
