import { describe, expect, it } from "vitest";
import { newBench, openForFile } from "./bench";
import { codeFor, mapOf, newEmail, OTHER_PASSWORD, PASSWORD, tokensOf } from "./pool";
import { refused } from "./refusal";
import type { TriggerEvent } from "./target";

const ARN = "arn:aws:lambda:ap-northeast-1:000000000000:function:migration";
const events: TriggerEvent[] = [];
/** Who is elsewhere, with PASSWORD; whoever's address begins with "reset" is to choose another. */
const elsewhere = new Set<string>();
const target = await openForFile({
  [ARN]: (event: TriggerEvent) => {
    events.push(event);
    const { password } = event.request as { password: string | null };
    const isForgotten = event.triggerSource === "UserMigration_ForgotPassword";
    if (!elsewhere.has(event.userName) || (!isForgotten && password !== PASSWORD)) throw new Error("Nobody");
    return {
      ...event,
      response: {
        userAttributes: { email: event.userName, email_verified: "true", name: "Migrated" },
        ...(!event.userName.startsWith("reset") && { finalUserStatus: "CONFIRMED" }),
        messageAction: "SUPPRESS",
      },
    };
  },
});
const bench = await newBench(target, {}, { LambdaConfig: { UserMigration: ARN } });
const { sdk, pool: UserPoolId, client, enter, newUser } = bench;
const person = (name?: string) => {
  const email = newEmail(name);
  elsewhere.add(email);
  return email;
};
const byPassword = (USERNAME: string, secret = PASSWORD) =>
  sdk.initiateAuth({
    ClientId: client.id,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME, PASSWORD: secret },
    ClientMetadata: { from: "test" },
  });

describe("the user migration trigger", () => {
  it("takes over who signs in with the password they have elsewhere, once", async () => {
    const email = person();
    events.length = 0;
    tokensOf(await byPassword(email));
    expect(events).toMatchObject([
      {
        triggerSource: "UserMigration_Authentication",
        userName: email,
        request: { password: PASSWORD, validationData: { from: "test" } },
      },
    ]);
    tokensOf(await enter(email));
    expect(events).toHaveLength(1);
    const user = await sdk.adminGetUser({ UserPoolId, Username: email });
    expect(user.UserStatus).toBe("CONFIRMED");
    expect(mapOf(user.UserAttributes)).toMatchObject({ email, email_verified: "true", name: "Migrated" });
  });

  it("makes nobody of a wrong password or an unknown name, who is told as always", async () => {
    const email = person();
    await refused(byPassword(email, OTHER_PASSWORD), "UserNotFoundException");
    await refused(byPassword(newEmail()), "UserNotFoundException");
    await refused(sdk.adminGetUser({ UserPoolId, Username: email }), "UserNotFoundException");
  });

  it("is not asked about who is there", async () => {
    const { email } = await newUser();
    events.length = 0;
    await refused(byPassword(email, OTHER_PASSWORD), "NotAuthorizedException");
    expect(events).toEqual([]);
  });

  it("has who is not CONFIRMED choose a password", async () => {
    const email = person("reset");
    await refused(byPassword(email), "PasswordResetRequiredException");
    const about = { ClientId: client.id, Username: email };
    await sdk.forgotPassword(about);
    const ConfirmationCode = await codeFor(target, email);
    await sdk.confirmForgotPassword({ ...about, ConfirmationCode, Password: OTHER_PASSWORD });
    tokensOf(await enter(email, OTHER_PASSWORD));
  });

  it("takes over who has forgotten the password: a code goes to the address that it tells", async () => {
    const email = person();
    const about = { ClientId: client.id, Username: email };
    events.length = 0;
    await sdk.forgotPassword(about);
    expect(events[0]).toMatchObject({
      triggerSource: "UserMigration_ForgotPassword",
      request: { password: null },
    });
    const ConfirmationCode = await codeFor(target, email);
    await sdk.confirmForgotPassword({ ...about, ConfirmationCode, Password: OTHER_PASSWORD });
    tokensOf(await enter(email, OTHER_PASSWORD));
  });

  it("is asked once more by a second sign-in at the same time, and makes one user", async () => {
    const email = person();
    const both = await Promise.allSettled([byPassword(email), byPassword(email)]);
    expect(both.map(({ status }) => status)).toContain("fulfilled");
    const { Users } = await sdk.listUsers({ UserPoolId, Filter: `email = "${email}"` });
    expect(Users).toHaveLength(1);
  });
});
