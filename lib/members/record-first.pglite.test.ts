import {
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterEach, describe, expect, test, vi } from "vitest";
import { newEmail, newPoolUser } from "../../infra/local/testing/cognito-user";
import { duringFault } from "../../infra/local/testing/fault";
import { provideCognito } from "../../infra/local/testing/provide-cognito";
import { makeTenant } from "../../infra/local/testing/tenant";
import { listAudit } from "../audit/list-audit";
import type { TenantContext } from "../auth/tenancy/tenant";
import { takeTurn } from "../db/only-once";
import { withTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { changeMember } from "./change-member";
import { inviteMember } from "./invite-member";
import { removeMember } from "./remove-member";
import { resendInvitation, resetMemberFactors, resetMemberPassword } from "./reset-member";

const cognito = await provideCognito();
const { sdk, UserPoolId } = cognito;
afterEach(() => {
  vi.useRealTimers();
});

const shown = async (tenant: TenantContext) => (await listAudit(tenant, { limit: 100 })).rows;
const codeOf = (failure: unknown) => (failure instanceof AppError ? failure.code : failure);

async function newAdmin(): Promise<TenantContext> {
  const { tenantId } = makeTenant();
  return makeTenant({ tenantId, sub: await newUser(tenantId, ["admin"]), groups: ["admin"] });
}

/** @returns their `sub`. */
const newUser = async (tenantId: string, groups: string[] = [], isInvited = false) =>
  (await newPoolUser(cognito, tenantId, { groups, isInvited })).id;

/** All that Cognito says of a user that gives them rights; null when there is none. */
async function rightsOf(Username: string): Promise<string | null> {
  try {
    const user = await sdk.send(new AdminGetUserCommand({ UserPoolId, Username }));
    const { Groups = [] } = await sdk.send(new AdminListGroupsForUserCommand({ UserPoolId, Username }));
    const groups = Groups.map(({ GroupName }) => GroupName).sort();
    return JSON.stringify([user.Enabled, user.UserStatus, groups, user.UserMFASettingList ?? []]);
  } catch (error) {
    if ((error as Error).name === "UserNotFoundException") return null;
    throw error;
  }
}

async function mailsTo(email: string): Promise<number> {
  const url = `${cognito.url}/_local/messages?${new URLSearchParams({ to: email })}`;
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  return ((await answer.json()) as { messages: unknown[] }).messages.length;
}

test("one key for three addresses at once makes one account, with one mail and one record", async () => {
  const admin = await newAdmin();
  const emails = [newEmail(), newEmail(), newEmail()];
  const outcomes = await Promise.all(
    emails.map((email) => inviteMember(admin, { email, role: "admin" }, "once").then(() => "made", codeOf)),
  );
  expect([...outcomes].sort()).toEqual(["idempotency_key_reused", "idempotency_key_reused", "made"]);
  for (const [at, email] of emails.entries()) {
    const isMade = outcomes[at] === "made";
    expect([(await rightsOf(email)) !== null, await mailsTo(email)]).toEqual([isMade, isMade ? 1 : 0]);
  }
  expect(
    (await shown(admin)).map(({ action, outcome, subject }) => [action, outcome, subject?.label]),
  ).toEqual([["member.invited", "done", emails[outcomes.indexOf("made")]]]);
});

test("one key for one address at once is answered alike each time, and done once", async () => {
  const admin = await newAdmin();
  const input = { email: newEmail(), role: "viewer" as const };
  const answers = await Promise.all([1, 2, 3].map(() => inviteMember(admin, input, "once")));
  expect(answers).toEqual([answers[0], answers[0], answers[0]]);
  expect([await mailsTo(input.email), (await shown(admin)).length]).toEqual([1, 1]);
});

test("an invitation that broke off after the account was made is finished by the same request", async () => {
  const admin = await newAdmin();
  const { tenantId, principal } = admin;
  const input = { email: newEmail(), role: "viewer" as const };
  const once = { tenantId, ownerSub: principal.sub, operation: "inviteMember", key: "broken", input };
  await withTenant(tenantId, (tx) => takeTurn(tx, once));
  // The process ended here: the account is there, without its group and its mail.
  await newPoolUser(cognito, tenantId, { email: input.email, isInvited: true });
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 61_000 });
  const member = await inviteMember(admin, input, "broken");
  expect(member).toMatchObject({ email: input.email, role: "viewer", status: "invited" });
  expect(await mailsTo(input.email)).toBe(1);
  expect(await rightsOf(input.email)).toContain('["viewer"]');
  expect(await inviteMember(admin, input, "broken")).toEqual(member);
});

test("an account that was there before is not taken over by a request that broke off", async () => {
  const admin = await newAdmin();
  const { tenantId, principal } = admin;
  const id = await newUser(tenantId, [], true);
  const email = (await sdk.send(new AdminGetUserCommand({ UserPoolId, Username: id }))).UserAttributes?.find(
    ({ Name }) => Name === "email",
  )?.Value;
  const input = { email: email ?? "", role: "admin" as const };
  const once = { tenantId, ownerSub: principal.sub, operation: "inviteMember", key: "late", input };
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 5_000 });
  await withTenant(tenantId, (tx) => takeTurn(tx, once));
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 61_000 });
  expect(await inviteMember(admin, input, "late").catch(codeOf)).toBe("member_exists");
  expect(await rightsOf(id)).not.toContain("admin");
});

type Change = [
  name: string,
  operations: string[],
  make: (admin: TenantContext) => Promise<[id: string, run: () => Promise<unknown>]>,
];
const CHANGES: Change[] = [
  [
    "an invitation",
    ["AdminCreateUser", "AdminAddUserToGroup"],
    async (admin) => {
      const email = newEmail();
      return [email, () => inviteMember(admin, { email, role: "admin" })];
    },
  ],
  [
    "a higher role",
    ["AdminAddUserToGroup", "AdminRemoveUserFromGroup", "AdminGetUser"],
    async (admin) => {
      const id = await newUser(admin.tenantId, ["viewer"]);
      return [id, () => changeMember(admin, id, { role: "admin" })];
    },
  ],
  [
    "a lower role",
    ["AdminUserGlobalSignOut", "AdminAddUserToGroup", "AdminRemoveUserFromGroup"],
    async (admin) => {
      const id = await newUser(admin.tenantId, ["admin"]);
      return [id, () => changeMember(admin, id, { role: "viewer" })];
    },
  ],
  [
    "disabling",
    ["AdminDisableUser"],
    async (admin) => {
      const id = await newUser(admin.tenantId);
      return [id, () => changeMember(admin, id, { status: "disabled" })];
    },
  ],
  [
    "a reset password",
    ["AdminResetUserPassword"],
    async (admin) => {
      const id = await newUser(admin.tenantId);
      return [id, () => resetMemberPassword(admin, id)];
    },
  ],
  [
    "reset factors",
    ["AdminSetUserMFAPreference"],
    async (admin) => {
      const id = await newUser(admin.tenantId);
      return [id, () => resetMemberFactors(admin, id)];
    },
  ],
  [
    "a repeated invitation",
    ["AdminCreateUser"],
    async (admin) => {
      const id = await newUser(admin.tenantId, [], true);
      return [id, () => resendInvitation(admin, id)];
    },
  ],
  [
    "a removal",
    ["AdminDeleteUser"],
    async (admin) => {
      const id = await newUser(admin.tenantId);
      return [id, () => removeMember(admin, id)];
    },
  ],
];

const LOSES_ITS_ANSWER = new Set([
  "an invitation AdminCreateUser",
  "an invitation AdminAddUserToGroup",
  "a higher role AdminAddUserToGroup",
  "a removal AdminDeleteUser",
]);

describe("whatever breaks off, nobody has a right that is not on record", () => {
  for (const [name, operations, make] of CHANGES) {
    test.for(operations)(`${name}, at %s`, async (operation) => {
      // An answer that breaks off is waited for until the call's time is up: only where it gives somebody a right.
      for (const kind of LOSES_ITS_ANSWER.has(`${name} ${operation}`) ? ["half"] : ["reset"]) {
        const admin = await newAdmin();
        const [id, run] = await make(admin);
        const before = await rightsOf(id);
        const outcome = await duringFault(cognito.url, operation, kind, () =>
          run().then(() => "done", codeOf),
        );
        const isChanged = (await rightsOf(id)) !== before;
        // That Cognito has not confirmed a sign-out yet, and that it has by now, is on record by itself.
        const records = (await shown(admin)).filter(({ action }) => !action.startsWith("sign_out."));
        if (isChanged || outcome === "done") expect(records.length, `${kind} ${outcome}`).toBeGreaterThan(0);
        for (const record of records) expect(record.outcome).toBe(outcome === "done" ? "done" : "begun");
      }
    });
  }

  test("and what is refused leaves nothing to see", async () => {
    const admin = await newAdmin();
    const { sub } = admin.principal;
    expect(await changeMember(admin, sub, { role: "viewer" }).catch(codeOf)).toBe("last_admin");
    expect(await shown(admin)).toEqual([]);
  });
});

test("nobody is sent more than five mails an hour, whoever asks, and no tenant sends without end", async () => {
  const admin = await newAdmin();
  const id = await newUser(admin.tenantId, [], true);
  for (let sent = 0; sent < 5; sent++) await resendInvitation(admin, id);
  const refused = await resendInvitation(admin, id).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: "rate_limited", retryAfter: expect.any(Number) });
  const email = newEmail();
  for (let sent = 0; sent < 5; sent++) {
    const made = await inviteMember(admin, { email, role: "member" });
    await removeMember(admin, made.id);
  }
  expect(await inviteMember(admin, { email, role: "member" }).catch(codeOf)).toBe("rate_limited");
  expect(await mailsTo(email)).toBe(5);
});
