import { randomUUID } from "node:crypto";
import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminUpdateUserAttributesCommand,
  CreateGroupCommand,
  DeleteGroupCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterEach, describe, expect, test, vi } from "vitest";
import { newPoolUser } from "../../infra/local/testing/cognito-user";
import { provideCognito } from "../../infra/local/testing/provide-cognito";
import { makeTenant } from "../../infra/local/testing/tenant";
import { listAudit } from "../audit/list-audit";
import { signInState } from "../auth/access/not-before";
import { createSession, resumeSession } from "../auth/session/session-store";
import type { TenantContext } from "../auth/tenancy/tenant";
import { tenantName } from "../auth/tenancy/tenants";
import { members } from "../db/schema";
import { withTenant } from "../db/with-tenant";
import { env } from "../env";
import type { AppError } from "../errors";
import { changeMember } from "./change-member";
import type { ListMembers } from "./contract";
import { inviteMember } from "./invite-member";
import { listMembers } from "./list-members";
import { pendingInvitations } from "./pending-invitations";
import { readDirectory } from "./read-directory";
import { readMember } from "./read-member";
import { rememberSignIn } from "./remember-sign-in";
import { removeMember } from "./remove-member";
import { resendInvitation, resetMemberFactors, resetMemberPassword } from "./reset-member";

const UNKNOWN = "01900000-0000-7000-8000-000000000000";
const everyone: ListMembers = { limit: 100 };
const cognito = await provideCognito();
const { sdk, UserPoolId } = cognito;
afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

type Made = { id: string; email: string };

const makeUser = (tenantId: string | null, groups = ["member"], isInvited = false): Promise<Made> =>
  newPoolUser(cognito, tenantId, { groups, isInvited });

/** A tenant of its own with one administrator, who is the caller. */
async function makeAdmin(tenantId?: string): Promise<TenantContext & { me: Made }> {
  const named = tenantId ?? makeTenant().tenantId;
  const me = await makeUser(named, ["admin"]);
  return { ...makeTenant({ tenantId: named, sub: me.id, groups: ["admin"] }), me };
}

async function atCognito({ email }: Made) {
  const user = { UserPoolId, Username: email };
  const { $metadata: _, ...found } = await sdk.send(new AdminGetUserCommand(user));
  const { Groups = [] } = await sdk.send(new AdminListGroupsForUserCommand(user));
  return { ...found, groups: Groups.map(({ GroupName }) => GroupName).sort() };
}

function openSession({ id }: Made): Promise<string> {
  const owner = {
    sub: id,
    username: id,
    client: "server" as const,
    userAgent: "",
    address: "",
    tenant: null,
  };
  return createSession(owner, { accessToken: "a", idToken: "i", refreshToken: "r", expiresIn: 3600 });
}

async function messagesTo(email: string): Promise<string[]> {
  const url = `${cognito.url}/_local/messages?${new URLSearchParams({ to: email })}`;
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  const { messages } = (await answer.json()) as { messages: { body: string }[] };
  return messages.map(({ body }) => body);
}

/** What the audit log shows, the oldest first. */
async function recorded(tenant: TenantContext) {
  const { rows } = await listAudit(tenant, { limit: 100 });
  return rows.reverse().map(({ action, subject, detail }) => ({
    action,
    subjectLabel: subject?.label ?? null,
    detail,
  }));
}

const emailsOf = async (tenant: TenantContext, query: Partial<ListMembers> = {}) =>
  (await listMembers(tenant, { ...everyone, ...query })).rows.map(({ email }) => email);

describe("the list", () => {
  test("has, the first time, who was created elsewhere, and asks Cognito only then", async () => {
    const admin = await makeAdmin();
    const { tenantId } = admin;
    const viewer = await makeUser(tenantId, ["viewer"]);
    const invited = await makeUser(tenantId, ["member"], true);
    const operator = await makeUser(tenantId, ["operator"]);
    const disabled = await makeUser(tenantId);
    await sdk.send(new AdminDisableUserCommand({ UserPoolId, Username: disabled.email }));
    const { rows } = await listMembers(admin, everyone);
    const shown = rows.map(({ id, role, status, is_operator }) => ({ id, role, status, is_operator }));
    const plain = { role: "member", status: "active", is_operator: false };
    expect(shown).toHaveLength(5);
    expect(shown).toEqual(
      expect.arrayContaining([
        { ...plain, id: admin.me.id, role: "admin" },
        { ...plain, id: viewer.id, role: "viewer" },
        { ...plain, id: invited.id, status: "invited" },
        { ...plain, id: operator.id, is_operator: true },
        { ...plain, id: disabled.id, status: "disabled" },
      ]),
    );
    cognito.calls = [];
    await listMembers(admin, everyone);
    expect(cognito.calls).toEqual([]);
  });

  test("is searched by a part of the address, by role and by status, and paged", async () => {
    const admin = await makeAdmin();
    const viewer = await makeUser(admin.tenantId, ["viewer"]);
    const invited = await makeUser(admin.tenantId, ["member"], true);
    expect(await emailsOf(admin, { q: viewer.email.slice(2, 8).toUpperCase() })).toEqual([viewer.email]);
    expect(await emailsOf(admin, { q: "%" })).toEqual([]);
    expect(await emailsOf(admin, { role: "viewer" })).toEqual([viewer.email]);
    expect(await emailsOf(admin, { status: "invited" })).toEqual([invited.email]);
    const all = await emailsOf(admin);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listMembers(admin, { limit: 1, cursor });
      paged.push(...page.rows.map(({ email }) => email));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(paged).toEqual(all);
    const { next } = await listMembers(admin, { limit: 1 });
    const other = listMembers(makeTenant(), { limit: 1, cursor: next ?? "" });
    await expect(other).rejects.toMatchObject({ code: "invalid_request" });
  });

  test("has a short form: who was invited into the tenant and has not come in, the newest first", async () => {
    const [admin, other] = [await makeAdmin(), await makeAdmin()];
    expect(await pendingInvitations(admin, 2)).toEqual({ invited: 0, newest: [] });
    await makeUser(admin.tenantId);
    await makeUser(other.tenantId, [], true);
    for (let i = 0; i < 3; i++) await makeUser(admin.tenantId, [], true);
    const all = await emailsOf(admin, { status: "invited" });
    const { invited, newest } = await pendingInvitations(admin, 2);
    expect(invited).toBe(3);
    expect(newest.map(({ email }) => email)).toEqual(all.slice(0, 2));
  });

  test("that could not be read is not shown as empty, and is read at the next try", async () => {
    const admin = await makeAdmin();
    cognito.weather = "failing";
    await expect(listMembers(admin, everyone)).rejects.toMatchObject({ code: "cognito_unavailable" });
    cognito.weather = "fine";
    expect(await emailsOf(admin)).toEqual([admin.me.email]);
  });

  test("finds newcomers when asked to look, drops who left, and looks once a minute", async () => {
    const admin = await makeAdmin();
    const [gone, moved] = [await makeUser(admin.tenantId), await makeUser(admin.tenantId)];
    expect(await readDirectory(admin)).toEqual({ found: 3, removed: 0, complete: true });
    await expect(readDirectory(admin)).rejects.toMatchObject({ code: "rate_limited", retryAfter: 60 });
    await sdk.send(new AdminDeleteUserCommand({ UserPoolId, Username: gone.email }));
    await sdk.send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId,
        Username: moved.email,
        UserAttributes: [{ Name: "custom:tenant_id", Value: "elsewhere" }],
      }),
    );
    const newcomer = await makeUser(admin.tenantId);
    await withTenant(admin.tenantId, (tx) =>
      tx.execute("update member_directories set read_at = read_at - interval '61 seconds'"),
    );
    expect(await readDirectory(admin)).toEqual({ found: 2, removed: 2, complete: true });
    expect(await emailsOf(admin)).toEqual([newcomer.email, admin.me.email]);
  });

  test("with MULTI_TENANT_ENABLED=0 has every user of the pool", async () => {
    const nobodys = await makeUser(null);
    vi.stubEnv("MULTI_TENANT_ENABLED", "0");
    vi.resetModules();
    const alone = await import("./list-members");
    const { rows } = await alone.listMembers(makeTenant({ tenantId: "public" }), {
      ...everyone,
      q: nobodys.email,
    });
    expect(rows).toMatchObject([{ id: nobodys.id, tenant_id: "public" }]);
  });
});

describe("a sign-in", () => {
  test("puts whoever completes it into the list and on record", async () => {
    const { tenantId, principal } = makeTenant({ groups: ["viewer"] });
    const tenant = makeTenant({ tenantId });
    const from = { way: "form" as const, address: "192.0.2.7", userAgent: "Browser", isNewDevice: true };
    await rememberSignIn({ ...principal, email: "zoe@acme.example" }, from);
    const rows = await withTenant(tenantId, (tx) => tx.select().from(members));
    expect(rows).toMatchObject([{ email: "zoe@acme.example", role: "viewer", status: "active" }]);
    expect(rows[0]?.lastSignInAt).toBeInstanceOf(Date);
    // The next one is by a token that does not say the address.
    await rememberSignIn(principal, from);
    const [row] = await withTenant(tenantId, (tx) => tx.select().from(members));
    expect(row?.email).toBe("zoe@acme.example");
    const detail = { way: "form", new_device: true, user_agent: "Browser" };
    const event = { action: "sign_in.succeeded", subjectLabel: null, detail };
    expect(await recorded(tenant)).toEqual([event, event]);
  });
});

describe("an invitation", () => {
  test("says which tenant it is to and who invites, as what they wrote, also when it is sent again", async () => {
    const nameless = await makeAdmin();
    const admin = { ...nameless, principal: { ...nameless.principal, name: "Ada <b>" } };
    const email = `${randomUUID()}@new.example`;
    const { id } = await inviteMember(admin, { email, role: "viewer" });
    await resendInvitation(nameless, id);
    const [again = "", first = ""] = await messagesTo(email);
    const name = await tenantName(admin.tenantId);
    expect(first).toContain(`Ada &lt;b&gt; invites you to ${name} on Sekisho: ${env().NEXTAUTH_URL}/signin`);
    expect(again).toContain(`You are invited to ${name} on Sekisho: ${env().NEXTAUTH_URL}/signin`);
  });

  test("makes an account of this tenant with its role, and mails a temporary password", async () => {
    const admin = await makeAdmin();
    const email = `${randomUUID()}@new.example`;
    const member = await inviteMember(admin, { email, role: "viewer" });
    expect(member).toMatchObject({ email, role: "viewer", status: "invited", tenant_id: admin.tenantId });
    const found = await atCognito({ id: member.id, email });
    expect(found).toMatchObject({ UserStatus: "FORCE_CHANGE_PASSWORD", groups: ["viewer"] });
    expect(found.UserAttributes).toEqual(
      expect.arrayContaining([
        { Name: "custom:tenant_id", Value: admin.tenantId },
        { Name: "email_verified", Value: "true" },
      ]),
    );
    expect(await messagesTo(email)).toHaveLength(1);
    await resendInvitation(admin, member.id);
    expect(await messagesTo(email)).toHaveLength(2);
    const subjectLabel = email;
    expect(await recorded(admin)).toEqual([
      { action: "member.invited", subjectLabel, detail: { role: "viewer" } },
      { action: "member.invitation_resent", subjectLabel, detail: {} },
    ]);
  });

  test("of an address that has an account is refused, the same for one's own tenant and another's", async () => {
    const admin = await makeAdmin();
    const other = await makeUser("some-other-tenant");
    const refusal = async (email: string) => {
      const error: AppError = await inviteMember(admin, { email, role: "member" }).catch((each) => each);
      return { code: error.code, detail: error.detail, message: error.message };
    };
    const own = await refusal(admin.me.email);
    expect(own.code).toBe("member_exists");
    expect(await refusal(other.email)).toEqual(own);
    expect(await refusal(other.email.toUpperCase())).toEqual(own);
  });

  test("with a key is carried out once, however often and however fast it comes", async () => {
    const admin = await makeAdmin();
    const input = { email: `${randomUUID()}@new.example`, role: "member" as const };
    const first = await inviteMember(admin, input, "key");
    expect(await inviteMember(admin, input, "key")).toEqual(first);
    expect(await messagesTo(input.email)).toHaveLength(1);
    const another = inviteMember(admin, { ...input, role: "admin" }, "key");
    await expect(another).rejects.toMatchObject({ code: "idempotency_key_reused" });
  });

  test("that cannot be finished is taken back: no account stays behind with more rights than were meant", async () => {
    const admin = await makeAdmin();
    const email = `${randomUUID()}@new.example`;
    await sdk.send(new DeleteGroupCommand({ UserPoolId, GroupName: "viewer" }));
    try {
      const invited = inviteMember(admin, { email, role: "viewer" });
      await expect(invited).rejects.toMatchObject({
        code: "conflict",
        detail: expect.stringContaining("has no group viewer"),
      });
    } finally {
      await sdk.send(new CreateGroupCommand({ UserPoolId, GroupName: "viewer", Precedence: 2 }));
    }
    await expect(atCognito({ id: "", email })).rejects.toMatchObject({ name: "UserNotFoundException" });
    expect(await messagesTo(email)).toEqual([]);
  });
});

/** Signs somebody in elsewhere, now, and tells how that sign-in stands when it is asked. */
const signInElsewhere = (sub: string) => {
  const signedInAt = Math.floor(Date.now() / 1000);
  return () => signInState({ sub, signInId: null, signedInAt });
};

describe("a change", () => {
  test("of a role to a lower one ends the sessions and refuses the tokens, and is on record", async () => {
    const admin = await makeAdmin();
    const member = await makeUser(admin.tenantId);
    const session = await openSession(member);
    const elsewhere = signInElsewhere(member.id);
    cognito.calls = [];
    const changed = await changeMember(admin, member.id, { role: "viewer" });
    // Once the role is another one, a second try would not know that this is still to be done.
    expect(cognito.calls.indexOf("AdminUserGlobalSignOut")).toBeGreaterThan(-1);
    expect(cognito.calls.indexOf("AdminUserGlobalSignOut")).toBeLessThan(
      cognito.calls.indexOf("AdminAddUserToGroup"),
    );
    expect(changed).toMatchObject({ role: "viewer", status: "active" });
    expect(await atCognito(member)).toMatchObject({ groups: ["viewer"] });
    expect(await resumeSession(session)).toBeNull();
    expect(await elsewhere()).toEqual({ hasEnded: true, isUnfinished: false });
    const detail = { from: "member", to: "viewer" };
    expect(await recorded(admin)).toEqual([
      { action: "member.role_changed", subjectLabel: member.email, detail },
    ]);
  });

  test("of a role to a higher one keeps the session and has its tokens renewed", async () => {
    const admin = await makeAdmin();
    const viewer = await makeUser(admin.tenantId, ["viewer"]);
    const session = await openSession(viewer);
    const elsewhere = signInElsewhere(viewer.id);
    await changeMember(admin, viewer.id, { role: "admin" });
    expect(await atCognito(viewer)).toMatchObject({ groups: ["admin"] });
    expect((await resumeSession(session))?.secondsLeft).toBeLessThanOrEqual(0);
    expect(await elsewhere()).toEqual({ hasEnded: false, isUnfinished: false });
    await changeMember(admin, viewer.id, { role: "member" });
    expect(await atCognito(viewer)).toMatchObject({ groups: ["member"] });
  });

  test("disables a member at once and enables them again", async () => {
    const admin = await makeAdmin();
    const member = await makeUser(admin.tenantId);
    const session = await openSession(member);
    expect(await changeMember(admin, member.id, { status: "disabled" })).toMatchObject({
      status: "disabled",
    });
    expect(await atCognito(member)).toMatchObject({ Enabled: false });
    expect(await resumeSession(session)).toBeNull();
    expect(await changeMember(admin, member.id, { status: "enabled" })).toMatchObject({ status: "active" });
    // Nothing changes, and nothing is recorded, when it is so already.
    await changeMember(admin, member.id, { status: "enabled", role: "member" });
    expect((await recorded(admin)).map(({ action }) => action)).toEqual([
      "member.disabled",
      "member.enabled",
    ]);
  });

  test("that Cognito does not come to carry out leaves the role, and can be tried again", async () => {
    const admin = await makeAdmin();
    const member = await makeUser(admin.tenantId, ["admin"]);
    cognito.weather = "failing";
    const change = changeMember(admin, member.id, { role: "viewer" });
    await expect(change).rejects.toMatchObject({ code: "cognito_unavailable" });
    cognito.weather = "fine";
    expect(await atCognito(member)).toMatchObject({ groups: ["admin"] });
    await changeMember(admin, member.id, { role: "viewer" });
    expect(await atCognito(member)).toMatchObject({ groups: ["viewer"] });
  });

  test("resets a password: the old one is void, and a code is mailed", async () => {
    const admin = await makeAdmin();
    const member = await makeUser(admin.tenantId);
    const session = await openSession(member);
    expect(await resetMemberPassword(admin, member.id)).toMatchObject({ status: "reset_required" });
    expect(await resumeSession(session)).toBeNull();
    expect((await messagesTo(member.email))[0]).toMatch(/\d{6}/);
    const invited = await makeUser(admin.tenantId, [], true);
    await expect(resetMemberPassword(admin, invited.id)).rejects.toMatchObject({ code: "conflict" });
    await expect(resendInvitation(admin, member.id)).rejects.toMatchObject({ code: "conflict" });
  });

  test("turns second factors off and ends the sessions", async () => {
    const admin = await makeAdmin("acme");
    const erin = await atCognito({ id: "", email: "erin@acme.example" });
    await resetMemberFactors(admin, erin.Username ?? "");
    expect((await atCognito({ id: "", email: "erin@acme.example" })).UserMFASettingList).toBeUndefined();
  });

  test("removes a member, and a second time there is nobody", async () => {
    const admin = await makeAdmin();
    const member = await makeUser(admin.tenantId);
    await readMember(admin, member.id);
    await removeMember(admin, member.id);
    await expect(atCognito(member)).rejects.toMatchObject({ name: "UserNotFoundException" });
    expect(await emailsOf(admin)).toEqual([admin.me.email]);
    await expect(removeMember(admin, member.id)).rejects.toMatchObject({ code: "not_found" });
  });
});

const actions: [string, (tenant: TenantContext, id: string) => Promise<unknown>][] = [
  ["reading", readMember],
  ["changing a role", (tenant, id) => changeMember(tenant, id, { role: "viewer" })],
  ["disabling", (tenant, id) => changeMember(tenant, id, { status: "disabled" })],
  ["removing", removeMember],
  ["inviting again", resendInvitation],
  ["resetting a password", resetMemberPassword],
  ["resetting second factors", resetMemberFactors],
];

describe("somebody else's member", () => {
  test.each(actions)("%s: answered as an id that never was, and nothing changes", async (_, act) => {
    const admin = await makeAdmin();
    const theirs = await makeUser("some-other-tenant", ["admin"]);
    // Whatever our list may say: Cognito decides.
    const row = { sub: theirs.id, username: theirs.id, email: theirs.email, isOperator: false };
    const times = { createdAt: new Date(), updatedAt: new Date() };
    await withTenant(admin.tenantId, (tx) =>
      tx
        .insert(members)
        .values({ ...row, ...times, tenantId: admin.tenantId, role: "member", status: "active" }),
    );
    const [before, session] = [await atCognito(theirs), await openSession(theirs)];
    const refusal = async (id: string) => {
      const error: AppError = await act(admin, id).then(
        () => expect.unreachable(),
        (each) => each,
      );
      return { code: error.code, detail: error.detail, message: error.message };
    };
    const unknown = await refusal(UNKNOWN);
    expect(unknown.code).toBe("not_found");
    expect(await refusal(theirs.id)).toEqual(unknown);
    expect(await atCognito(theirs)).toEqual(before);
    expect(await resumeSession(session)).not.toBeNull();
    expect(await recorded(admin)).toEqual([]);
  });

  test.each(actions.slice(1))("%s: not of the platform's own staff either", async (_, act) => {
    const admin = await makeAdmin();
    const operator = await makeUser(admin.tenantId, ["operator"]);
    const before = await atCognito(operator);
    await expect(act(admin, operator.id)).rejects.toMatchObject({ code: "forbidden" });
    expect(await atCognito(operator)).toEqual(before);
    expect(await readMember(admin, operator.id)).toMatchObject({ is_operator: true });
  });
});

describe("the last administrator", () => {
  const takeAway: [string, (tenant: TenantContext, id: string) => Promise<unknown>][] = [
    ["removed", removeMember],
    ["demoted", (tenant, id) => changeMember(tenant, id, { role: "member" })],
    ["disabled", (tenant, id) => changeMember(tenant, id, { status: "disabled" })],
  ];

  test.each(takeAway)("cannot be %s, whether or not others are invited or disabled", async (_, act) => {
    const admin = await makeAdmin();
    const [invited, disabled] = [
      await makeUser(admin.tenantId, ["admin"], true),
      await makeUser(admin.tenantId, ["admin"]),
    ];
    await sdk.send(new AdminDisableUserCommand({ UserPoolId, Username: disabled.email }));
    await makeUser("some-other-tenant", ["admin"]);
    const before = await atCognito(admin.me);
    await expect(act(admin, admin.me.id)).rejects.toMatchObject({ code: "last_admin", status: 409 });
    expect(await atCognito(admin.me)).toEqual(before);
    await act(admin, invited.id);
  });

  test.each(takeAway)(
    "that is not the last one can be %s, also when only Cognito knows of the other",
    async (_, act) => {
      const admin = await makeAdmin();
      await listMembers(admin, everyone);
      await makeUser(admin.tenantId, ["admin"]);
      await act(admin, admin.me.id);
    },
  );

  test("stays, when two demote each other at once", async () => {
    const one = await makeAdmin();
    const other = await makeAdmin(one.tenantId);
    const outcomes = await Promise.allSettled([
      changeMember(one, other.me.id, { role: "viewer" }),
      changeMember(other, one.me.id, { role: "viewer" }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = outcomes.find(({ status }) => status === "rejected");
    expect(refused).toMatchObject({ reason: { code: "last_admin" } });
    const groups = [(await atCognito(one.me)).groups, (await atCognito(other.me)).groups];
    expect(groups.flat().sort()).toEqual(["admin", "viewer"]);
  });
});
