import {
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { stepAt, totpCode } from "@sekisho/local-cognito/testing";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { newPoolUser } from "../../infra/local/testing/cognito-user";
import { provideCognito } from "../../infra/local/testing/provide-cognito";
import { asSuperuser } from "../../infra/local/testing/superuser";
import { makeTenant } from "../../infra/local/testing/tenant";
import { listAudit } from "../audit/list-audit";
import { identify } from "../auth/access/identify";
import type { SignInObserver } from "../auth/sign-in/sign-in-observer";
import { signInWithPassword } from "../cognito/sign-in";
import { AppError } from "../errors";
import { changePassword } from "./recovery";
import {
  beginOwnAuthenticator,
  dropAuthenticator,
  preferFactor,
  verifyOwnAuthenticator,
} from "./second-factors";

const PASSWORD = "Passw0rd!of-before";
const CHOSEN = "Passw0rd!of-after";

const cognito = await provideCognito();
const { sdk, UserPoolId } = cognito;

const codeOf = (failure: unknown) => (failure instanceof AppError ? failure.code : failure);

/** Somebody with a phone for codes, signed in by a script; without a tenant where that is null. */
async function newCaller(tenantId: string | null = makeTenant().tenantId) {
  const attributes = { phone_number: "+81312345678", phone_number_verified: "true" };
  const { email: Username } = await newPoolUser(cognito, tenantId, { password: PASSWORD, attributes });
  const outcome = await signInWithPassword(Username, PASSWORD);
  if ("challenge" in outcome) throw new Error("a challenge where none was expected");
  const authorization = `Bearer ${outcome.tokens.accessToken}`;
  const caller = await identify({ authorization, sessionCookie: undefined, address: "192.0.2.7" });
  const SMSMfaSettings = { Enabled: true, PreferredMfa: false };
  await sdk.send(new AdminSetUserMFAPreferenceCommand({ UserPoolId, Username, SMSMfaSettings }));
  const shown = async () =>
    (await listAudit(makeTenant({ tenantId: tenantId ?? "none" }), { limit: 10 })).rows.map(
      ({ action, outcome, address }) => [action, outcome, address],
    );
  return { caller, shown, Username };
}

async function isPassword(Username: string, password: string): Promise<boolean> {
  return signInWithPassword(Username, password).then(
    () => true,
    () => false,
  );
}

async function withFault<T>(target: string, kind: string, work: () => Promise<T>): Promise<T> {
  const url = `${cognito.url}/_local/faults`;
  const headers = { "Content-Type": "application/json" };
  await fetch(url, { method: "POST", headers, body: JSON.stringify({ target, kind, times: 1_000 }) });
  try {
    return await work();
  } finally {
    await fetch(url, { method: "DELETE" });
  }
}

let told: string[] = [];
const observer = {
  accountChanged: async (_, change) => {
    told.push(change);
  },
} as Pick<SignInObserver, "accountChanged"> as SignInObserver;

type Somebody = Awaited<ReturnType<typeof newCaller>>;
type Change = [action: string, operations: string[], make: (by: Somebody) => Promise<() => Promise<void>>];
const CHANGES: Change[] = [
  [
    "account.password_changed",
    ["ChangePassword"],
    async ({ caller }) =>
      () =>
        changePassword(observer, caller, { old_password: PASSWORD, new_password: CHOSEN }),
  ],
  [
    "account.authenticator_added",
    ["VerifySoftwareToken", "AdminSetUserMFAPreference"],
    async ({ caller }) => {
      const { secret_code } = await beginOwnAuthenticator(caller, { password: PASSWORD });
      const code = totpCode(secret_code, stepAt(Date.now()));
      return () => verifyOwnAuthenticator(observer, caller, { code, password: PASSWORD });
    },
  ],
  [
    "account.authenticator_removed",
    ["AdminSetUserMFAPreference"],
    async ({ caller }) =>
      () =>
        dropAuthenticator(observer, caller, { password: PASSWORD }),
  ],
  [
    "account.factor_preferred",
    ["AdminSetUserMFAPreference"],
    async ({ caller }) =>
      () =>
        preferFactor(observer, caller, { preferred: "SMS_MFA", password: PASSWORD }),
  ],
];

describe.each(CHANGES)("%s", (action, operations, make) => {
  test("is one line on the record of one's own tenant, and is told", async () => {
    const somebody = await newCaller();
    told = [];
    await (await make(somebody))();
    expect(await somebody.shown()).toEqual([[action, "done", "192.0.2.7"]]);
    expect(told).toEqual([action.replace("account.", "")]);
  });

  test.for(operations)("is on record as begun where it breaks off at %s", async (operation) => {
    const somebody = await newCaller();
    const change = await make(somebody);
    expect(await withFault(operation, "reset", () => change().catch(codeOf))).toBe("cognito_unavailable");
    expect(await somebody.shown()).toEqual([[action, "begun", "192.0.2.7"]]);
  });

  test("can be done by somebody without a tenant, who has no record to be on", async () => {
    const somebody = await newCaller(null);
    await (await make(somebody))();
    expect(await somebody.shown()).toEqual([]);
  });

  test("is not done where it cannot be put on record", async () => {
    const somebody = await newCaller();
    const change = await make(somebody);
    const before = await factorsOf(somebody);
    await asSuperuser((tx) => tx.execute(sql`revoke insert on audit_events from app_user`));
    try {
      await expect(change()).rejects.toThrow();
    } finally {
      await asSuperuser((tx) => tx.execute(sql`grant insert on audit_events to app_user`));
    }
    expect(await isPassword(somebody.Username, PASSWORD)).toBe(true);
    expect(await factorsOf(somebody)).toEqual(before);
  });
});

async function factorsOf({ Username }: Somebody): Promise<unknown[]> {
  const user = await sdk.send(new AdminGetUserCommand({ UserPoolId, Username }));
  return [user.UserMFASettingList, user.PreferredMfaSetting];
}

test("a password that was changed although Cognito's answer broke off is on record as begun", async () => {
  const { caller, shown, Username } = await newCaller();
  const change = () => changePassword(observer, caller, { old_password: PASSWORD, new_password: CHOSEN });
  await withFault("ChangePassword", "half", () => expect(change()).rejects.toThrow());
  expect(await isPassword(Username, CHOSEN)).toBe(true);
  expect(await shown()).toEqual([["account.password_changed", "begun", "192.0.2.7"]]);
});

test("what is refused, a wrong password or code, leaves nothing to see", async () => {
  const { caller, shown } = await newCaller();
  const wrong = { old_password: "Wr0ng!password", new_password: CHOSEN };
  expect(await changePassword(observer, caller, wrong).catch(codeOf)).toBe("invalid_credentials");
  const { secret_code } = await beginOwnAuthenticator(caller, { password: PASSWORD });
  const near = [-2, -1, 0, 1, 2].map((offset) => totpCode(secret_code, stepAt(Date.now()) + offset));
  const code = ["000000", "111111", "222222", "333333", "444444", "555555"].find(
    (each) => !near.includes(each),
  );
  const guess = { code: code ?? "", password: PASSWORD };
  expect(await verifyOwnAuthenticator(observer, caller, guess).catch(codeOf)).toBe("code_rejected");
  expect(await shown()).toEqual([]);
});
