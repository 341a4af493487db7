import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openBench } from "./bench";
import { given, newEmail, OTHER_PASSWORD, PASSWORD, secretHash, tokensOf } from "./pool";
import { invalidParameter, notAuthorized, refused } from "./refusal";
import { srpClient, timestamp } from "./srp";

const flows = {
  ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH" as const, "ALLOW_ADMIN_USER_PASSWORD_AUTH" as const],
};
const { target, sdk, pool, client, newClient, newUser, answer } = await openBench(flows);
const hiding = await newClient({ ...flows, PreventUserExistenceErrors: "ENABLED" });
const bob = await newUser();
const alice = await newUser();

const WRONG = "Incorrect username or password.";
const NAME = "PASSWORD_VERIFIER";

async function begin(USERNAME: string, ClientId = client.id, more: Record<string, string> = {}) {
  const srp = srpClient();
  const AuthParameters = { USERNAME, SRP_A: srp.SRP_A, ...more };
  const asked = await sdk.initiateAuth({ ClientId, AuthFlow: "USER_SRP_AUTH", AuthParameters });
  const proof = (password = PASSWORD, at?: string) =>
    srp.proof(pool, password, asked.ChallengeParameters, at);
  return { asked, proof };
}
async function enter(USERNAME: string, password = PASSWORD, ClientId = client.id) {
  const { proof } = await begin(USERNAME, ClientId);
  return await answer(ClientId, NAME, undefined, proof(password));
}

describe("USER_SRP_AUTH", () => {
  it("asks for a proof of the password, under the real username and without a session", async () => {
    const { asked } = await begin(bob.email);
    expect([asked.ChallengeName, asked.Session, asked.AuthenticationResult]).toEqual([
      NAME,
      undefined,
      undefined,
    ]);
    expect(asked.ChallengeParameters).toEqual({
      SALT: expect.stringMatching(/^[0-9a-f]{30,32}$/),
      SRP_B: expect.stringMatching(/^[0-9a-f]{700,770}$/),
      SECRET_BLOCK: expect.stringMatching(/^[\w+/]{1000,}=*$/),
      USERNAME: bob.username,
      USER_ID_FOR_SRP: bob.username,
    });
  });

  it("gives tokens for it", async () => {
    const { access } = tokensOf(await enter(bob.email));
    expect(access.sub).toBe(bob.username);
  });

  it("gives them to an administrator's client as well", async () => {
    const srp = srpClient();
    const AuthParameters = { USERNAME: bob.email, SRP_A: srp.SRP_A };
    const where = { UserPoolId: pool, ClientId: client.id };
    const asked = await sdk.adminInitiateAuth({ ...where, AuthFlow: "USER_SRP_AUTH", AuthParameters });
    const ChallengeResponses = srp.proof(pool, PASSWORD, asked.ChallengeParameters);
    tokensOf(await sdk.adminRespondToAuthChallenge({ ...where, ChallengeName: NAME, ChallengeResponses }));
  });

  it("is what a client may do that says nothing of flows", async () => {
    const { id } = await newClient({ ExplicitAuthFlows: undefined });
    tokensOf(await enter(bob.email, PASSWORD, id));
  });

  it.each([["USERNAME"], ["SRP_A"]])("is refused without %s: InvalidParameterException", async (missing) => {
    await invalidParameter(
      begin(bob.email, client.id, { [missing]: "" }),
      `Missing required parameter ${missing}`,
    );
  });

  it.each([
    ["zero, which would make any password right", "00"],
    ["not a number", "hello"],
    ["a million digits", "1".repeat(100_000)],
  ])("is refused with a key that is %s: InvalidParameterException", async (_, SRP_A) => {
    await invalidParameter(begin(bob.email, client.id, { SRP_A }));
  });
});

describe("a wrong proof", () => {
  it("is that of another password: NotAuthorizedException", async () => {
    await notAuthorized(enter(bob.email, OTHER_PASSWORD), WRONG);
    tokensOf(await enter(bob.email));
  });

  it.each<[string, Record<string, string>]>([
    ["with a signature made up", { PASSWORD_CLAIM_SIGNATURE: randomBytes(32).toString("base64") }],
    ["with a secret block made up", { PASSWORD_CLAIM_SECRET_BLOCK: randomBytes(900).toString("base64") }],
    ["under the name of somebody else", { USERNAME: alice.username }],
  ])("is one %s: NotAuthorizedException", async (_, other) => {
    const { proof } = await begin(bob.email);
    await notAuthorized(answer(client.id, NAME, undefined, { ...proof(), ...other }), WRONG);
  });

  it.each([
    ["a day with a zero in front", "Sat Sep 05 11:40:00 UTC 2026"],
    ["a wrong day of the week", "Mon Nov 27 11:40:00 UTC 2026"],
  ])("is one over %s: NotAuthorizedException", async (_, at) => {
    const { proof } = await begin(bob.email);
    await notAuthorized(answer(client.id, NAME, undefined, proof(PASSWORD, at)), WRONG);
  });

  it("is one over something that is no time: InvalidParameterException", async () => {
    for (const at of ["now", new Date().toISOString(), "Fri Foo 27 11:40:00 UTC 2026"]) {
      const { proof } = await begin(bob.email);
      const words = "TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.";
      await invalidParameter(answer(client.id, NAME, undefined, proof(PASSWORD, at)), words);
    }
  });

  it.each(["PASSWORD_CLAIM_SECRET_BLOCK", "PASSWORD_CLAIM_SIGNATURE", "TIMESTAMP"])(
    "is none without %s: InvalidParameterException",
    async (missing) => {
      const { proof } = await begin(bob.email);
      await invalidParameter(answer(client.id, NAME, undefined, { ...proof(), [missing]: "" }));
    },
  );

  it("is one that was used, by another client, or after the password was changed: NotAuthorizedException", async () => {
    const used = (await begin(bob.email)).proof();
    tokensOf(await answer(client.id, NAME, undefined, used));
    await notAuthorized(answer(client.id, NAME, undefined, used), WRONG);
    const foreign = (await begin(bob.email)).proof();
    await notAuthorized(answer(hiding.id, NAME, undefined, foreign), WRONG);
    const { email } = await newUser();
    const before = (await begin(email)).proof();
    await sdk.adminSetUserPassword({
      UserPoolId: pool,
      Username: email,
      Password: PASSWORD,
      Permanent: true,
    });
    await notAuthorized(answer(client.id, NAME, undefined, before), WRONG);
  });

  it("uses the exchange up [unconfirmed]", async () => {
    const { proof } = await begin(bob.email);
    await notAuthorized(answer(client.id, NAME, undefined, proof(OTHER_PASSWORD)), WRONG);
    await notAuthorized(answer(client.id, NAME, undefined, proof()), WRONG);
  });

  it("counts as a wrong password: five lock the user out, of every flow", async () => {
    const { email } = await newUser();
    await target.lockingOut(async () => {
      for (let at = 0; at < 6; at += 1) await notAuthorized(enter(email, OTHER_PASSWORD));
    });
    await notAuthorized(enter(email), /Password attempts exceeded/);
  });

  it.skipIf(!target.isOwn)("is one after the session's three minutes: NotAuthorizedException", async () => {
    const { proof } = await begin(bob.email);
    await target.later(181, () => notAuthorized(answer(client.id, NAME, undefined, proof()), /expired/));
  });
});

describe("somebody who does not exist", () => {
  it("is a UserNotFoundException at once where the client does not hide it", async () => {
    await refused(begin(newEmail()), "UserNotFoundException", "User does not exist.");
  });

  it("is asked like anybody where it does: the same salt and id each time, another key", async () => {
    const email = newEmail();
    const [first, second] = await Promise.all([
      begin(email, hiding.id),
      begin(email.toUpperCase(), hiding.id),
    ]);
    const { asked: real } = await begin(bob.email, hiding.id);
    const [a, b, c] = [first, second, { asked: real }].map(({ asked }) => given(asked.ChallengeParameters));
    expect([a?.SALT, a?.USER_ID_FOR_SRP]).toEqual([b?.SALT, b?.USER_ID_FOR_SRP]);
    expect(a?.SRP_B).not.toBe(b?.SRP_B);
    // A number has a digit less once in sixteen times: it is written without zeros in front.
    const shape = (asked: Record<string, string> | undefined) =>
      Object.entries(asked ?? {}).map(([name, { length }]) => [name, Math.round(length / 8)]);
    expect(shape(a)).toEqual(shape(c));
    expect(a?.USER_ID_FOR_SRP).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(given((await begin(newEmail(), hiding.id)).asked.ChallengeParameters).SALT).not.toBe(a?.SALT);
  });

  it("has no right password: NotAuthorizedException, as for a wrong one", async () => {
    await notAuthorized(enter(newEmail(), PASSWORD, hiding.id), WRONG);
    await notAuthorized(enter(bob.email, OTHER_PASSWORD, hiding.id), WRONG);
  });
});

describe("who may not sign in", () => {
  it.each<[string, (Username: string) => Promise<unknown>, string]>([
    [
      "a disabled user",
      (Username) => sdk.adminDisableUser({ UserPoolId: pool, Username }),
      "NotAuthorizedException",
    ],
    [
      "who must reset the password",
      (Username) => sdk.adminResetUserPassword({ UserPoolId: pool, Username }),
      "PasswordResetRequiredException",
    ],
  ])("is %s, told to who knows the password alone", async (_, change, name) => {
    const { email } = await newUser();
    await change(email);
    await refused(enter(email), name);
    await notAuthorized(enter(email, OTHER_PASSWORD), WRONG);
  });

  it("is who has not confirmed the sign-up: UserNotConfirmedException", async () => {
    const Username = newEmail();
    await sdk.signUp({ ClientId: client.id, Username, Password: PASSWORD });
    await refused(enter(Username), "UserNotConfirmedException");
  });
});

describe("after the proof", () => {
  it("comes NEW_PASSWORD_REQUIRED for a temporary password, and then the new one is proven", async () => {
    const { email } = await newUser({ temporary: true });
    const asked = await enter(email);
    expect(asked.ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
    tokensOf(
      await answer(client.id, "NEW_PASSWORD_REQUIRED", asked.Session, {
        USERNAME: email,
        NEW_PASSWORD: OTHER_PASSWORD,
      }),
    );
    tokensOf(await enter(email, OTHER_PASSWORD));
    await notAuthorized(enter(email), WRONG);
  });

  it("comes the second factor of a pool that wants one", async () => {
    const MfaConfiguration = "ON";
    const SoftwareTokenMfaConfiguration = { Enabled: true };
    const { email } = await newUser();
    await sdk.setUserPoolMfaConfig({ UserPoolId: pool, MfaConfiguration, SoftwareTokenMfaConfiguration });
    const asked = await enter(email);
    await sdk.setUserPoolMfaConfig({ UserPoolId: pool, MfaConfiguration: "OFF" });
    expect(asked.ChallengeName).toBe("MFA_SETUP");
  });
});

describe("a client with a secret", () => {
  it("shows its hash over the name that stands in each call", async () => {
    const secretive = await newClient({ ...flows, GenerateSecret: true });
    const first = { SECRET_HASH: secretHash(secretive, bob.email) };
    const { asked, proof } = await begin(bob.email, secretive.id, first);
    const SECRET_HASH = secretHash(secretive, given(asked.ChallengeParameters?.USER_ID_FOR_SRP));
    await notAuthorized(begin(bob.email, secretive.id), /SECRET_HASH/);
    await notAuthorized(answer(secretive.id, NAME, undefined, { ...proof(), ...first }), /secret hash/);
    tokensOf(await answer(secretive.id, NAME, undefined, { ...proof(), SECRET_HASH }));
  });
});

/** Of every kind: short and long, with what ends strings elsewhere, in several scripts, composed and not. */
function passwords(count: number): string[] {
  const pieces = [
    "a",
    "Z",
    "9",
    "!",
    " ",
    ":",
    "'",
    '"',
    "\\",
    "\0",
    "é",
    "e\u0301",
    "ß",
    "日本語",
    "ж",
    "🔑",
    "%s",
    "\u202e",
    "&lt;",
  ];
  return Array.from({ length: count }, (_, at) => {
    const chosen = randomBytes(1 + ((at * 7) % 40)).map((byte) => byte % pieces.length);
    return `Aa1!${[...chosen].map((index) => pieces[index]).join("")}.word`;
  });
}

describe("two hundred sign-ins with passwords of every kind", () => {
  it("are right each time, and wrong with one letter more", { timeout: 300_000 }, async () => {
    const { email: Username } = await newUser();
    const chosen = passwords(200);
    for (const Password of chosen) {
      await sdk.adminSetUserPassword({ UserPoolId: pool, Username, Password, Permanent: true });
      tokensOf(await enter(Username, Password));
    }
    await notAuthorized(enter(Username, `${chosen.at(-1)}x`), WRONG);
  });
});

it("a time stamp has no zero before its day", () => {
  expect(timestamp(new Date(Date.UTC(2026, 8, 5, 1, 2, 3)))).toBe("Sat Sep 5 01:02:03 UTC 2026");
});
