import { expect, test } from "vitest";
import { groups } from "../infra/local/pool-shape";
import terraform from "../infra/terraform/groups.json" with { type: "json" };
import { permission } from "./permission";
import { GIVEN_ROLES, may, ROLE_NAMES, type Role, rankOf, rolesWith } from "./roles";

// A second time, lowest first, so that a slip in the table is noticed.
const MAY: Partial<Record<Role, string[]>> = {
  viewer: ["read"],
  member: ["read", "write"],
  admin: ["read", "write", "oversee", "manage"],
  operator: ["read", "write", "oversee"],
};

test("each role may do what its level says, and nothing else", () => {
  const levels = ["read", "write", "oversee", "manage"] as const;
  for (const [role, expected] of Object.entries(MAY) as [Role, string[]][]) {
    expect(levels.filter((level) => may(role, permission("a:b", level)))).toEqual(expected);
  }
});

test("the roles that carry a permission are told from the lowest on", () => {
  const expected = Object.keys(MAY).filter((role) => MAY[role as Role]?.includes("oversee"));
  expect(expected.length).toBeGreaterThan(1);
  expect(rolesWith(permission("a:b", "oversee")).filter((role) => role in MAY)).toEqual(expected);
});

test("no two roles are of one rank, and the platform's staff is given by no administrator", () => {
  expect(new Set(ROLE_NAMES.map(rankOf)).size).toBe(ROLE_NAMES.length);
  expect(GIVEN_ROLES).not.toContain("operator");
});

test("Terraform makes the groups of the table, as the local pool has them: what is missing there is written down", () => {
  const expected = groups.map(({ GroupName, Precedence, Description }) => [
    GroupName,
    { precedence: Precedence, description: Description },
  ]);
  expect(terraform).toEqual(Object.fromEntries(expected));
});
