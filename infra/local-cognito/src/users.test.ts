import {
  AdminCreateUserCommand,
  type AdminCreateUserCommandInput,
  AdminDeleteUserAttributesCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  ListUsersCommand,
  type ListUsersCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createClient,
  createPool,
  createUser,
  refused,
  signIn,
  startTestCognito,
  type TestCognito,
} from "./testing/cognito";

let cognito: TestCognito;
let pool: string;

beforeAll(async () => {
  cognito = await startTestCognito();
  pool = await createPool(cognito.sdk);
});
afterAll(() => cognito.stop());

const create = (Username: string, more: Partial<AdminCreateUserCommandInput> = {}, UserPoolId = pool) =>
  cognito.sdk.send(new AdminCreateUserCommand({ UserPoolId, Username, ...more }));
const get = (Username: string, UserPoolId = pool) =>
  cognito.sdk.send(new AdminGetUserCommand({ UserPoolId, Username }));
const attributesOf = async (Username: string, UserPoolId = pool) =>
  Object.fromEntries(
    ((await get(Username, UserPoolId)).UserAttributes ?? []).map(({ Name, Value }) => [Name, Value]),
  );
const update = (Username: string, attributes: Record<string, string>, UserPoolId = pool) =>
  cognito.sdk.send(
    new AdminUpdateUserAttributesCommand({
      UserPoolId,
      Username,
      UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    }),
  );
const messages = async () => {
  const response = await fetch(`${cognito.url}/_local/messages`);
  return (await response.json()).messages as Record<string, string>[];
};

describe("making a user", () => {
  it("gives it a sub for a name, the address as attribute, and a temporary password", async () => {
    const { User } = await create("New@acme.example");
    expect(User).toMatchObject({ Enabled: true, UserStatus: "FORCE_CHANGE_PASSWORD" });
    expect(User?.UserCreateDate?.getTime()).toBe(cognito.clock.ms);
    const attributes = await attributesOf("new@acme.example");
    expect(attributes).toEqual({ sub: User?.Username, email: "New@acme.example", email_verified: "false" });
  });

  it("mails the invitation, with a password that signs in", async () => {
    const client = (await createClient(cognito.sdk, pool)).id;
    await create("invited@acme.example");
    const [message] = await messages();
    expect(message).toMatchObject({ kind: "invitation", medium: "EMAIL", to: "invited@acme.example" });
    const temporary = / password is (.+)\.$/.exec(message?.body ?? "")?.[1] ?? "";
    const { ChallengeName } = await signIn(cognito.sdk, pool, client, "invited@acme.example", temporary);
    expect(ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
  });

  it("mails nothing when told so, and again when told so, with another password", async () => {
    await create("quiet@acme.example", { MessageAction: "SUPPRESS" });
    expect((await messages()).some(({ to }) => to === "quiet@acme.example")).toBe(false);
    await create("quiet@acme.example", { MessageAction: "RESEND" });
    await create("quiet@acme.example", { MessageAction: "RESEND" });
    const [second, first] = (await messages()).filter(({ to }) => to === "quiet@acme.example");
    expect(first?.body).not.toBe(second?.body);
    await refused(create("unknown@acme.example", { MessageAction: "RESEND" }), "UserNotFoundException");
    await createUser(cognito.sdk, pool, "settled@acme.example");
    await refused(
      create("settled@acme.example", { MessageAction: "RESEND" }),
      "UnsupportedUserStateException",
    );
  });

  it("refuses a name that is taken, in any case, also of two who come at once", async () => {
    await create("taken@acme.example");
    const said = "User account already exists";
    await refused(create("TAKEN@acme.example"), "UsernameExistsException", said);
    const both = await Promise.allSettled([create("twice@acme.example"), create("twice@acme.example")]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("refuses a name that is no e-mail, and a weak temporary password", async () => {
    await refused(create("bob"), "InvalidParameterException", "Username should be an email.");
    for (const [TemporaryPassword, flaw] of [
      ["Sh0rt!", "Password not long enough"],
      ["lowercase-1", "Password must have uppercase characters"],
      ["UPPERCASE-1", "Password must have lowercase characters"],
      ["No-numbers", "Password must have numeric characters"],
      ["NoSymbols1", "Password must have symbol characters"],
    ] as const) {
      await refused(
        create("weak@acme.example", { TemporaryPassword }),
        "InvalidPasswordException",
        `Password did not conform with policy: ${flaw}`,
      );
    }
    await refused(get("weak@acme.example"), "UserNotFoundException");
  });

  it("takes declared attributes within their limits only", async () => {
    const making = (Name: string, Value: string) =>
      create("attributes@acme.example", { UserAttributes: [{ Name, Value }] });
    const schema = "Attributes did not conform to the schema: ";
    await refused(
      making("custom:role", "admin"),
      "InvalidParameterException",
      `${schema}custom:role: Attribute does not exist in the schema.\n`,
    );
    await refused(making("custom:tenant_id", "a"), "InvalidParameterException");
    await refused(making("custom:tenant_id", "far-too-long"), "InvalidParameterException");
    await refused(making("email_verified", "yes"), "InvalidParameterException");
    await refused(
      making("phone_number", "03-1234"),
      "InvalidParameterException",
      "Invalid phone number format.",
    );
    await refused(making("sub", "mine"), "InvalidParameterException");
    await refused(get("attributes@acme.example"), "UserNotFoundException");
  });

  it("asks for the pool's required attributes", async () => {
    const strict = await createPool(cognito.sdk, { Schema: [{ Name: "name", Required: true }] });
    await refused(
      create("who@acme.example", {}, strict),
      "InvalidParameterException",
      "Attributes did not conform to the schema: name: The attribute is required\n",
    );
  });
});

describe("a pool with usernames of its own", () => {
  it("keeps them, and tells upper from lower case unless asked not to", async () => {
    const { sdk } = cognito;
    const plain = await createPool(sdk, { UsernameAttributes: undefined, UsernameConfiguration: undefined });
    const { User } = await create("bob", {}, plain);
    expect(User?.Username).toBe("bob");
    await refused(get("BOB", plain), "UserNotFoundException");
    await refused(create("bob", {}, plain), "UsernameExistsException");
    expect((await create("BOB", {}, plain)).User?.Username).toBe("BOB");
  });

  it("finds people by a verified alias only, which one person can have", async () => {
    const aliased = await createPool(cognito.sdk, {
      UsernameAttributes: undefined,
      AliasAttributes: ["email"],
    });
    const email = { Name: "email", Value: "bob@acme.example" };
    await create("bob", { UserAttributes: [email] }, aliased);
    await refused(get("bob@acme.example", aliased), "UserNotFoundException");
    await update("bob", { email_verified: "true" }, aliased);
    expect((await get("bob@acme.example", aliased)).Username).toBe("bob");
    await create("rob", { UserAttributes: [email] }, aliased);
    await refused(update("rob", { email_verified: "true" }, aliased), "AliasExistsException");
  });
});

describe("changing a user", () => {
  it("to a new address makes it unverified and findable there only", async () => {
    await createUser(cognito.sdk, pool, "moving@acme.example");
    await update("moving@acme.example", { email: "moved@acme.example" });
    await refused(get("moving@acme.example"), "UserNotFoundException");
    expect(await attributesOf("moved@acme.example")).toMatchObject({ email_verified: "false" });
    await createUser(cognito.sdk, pool, "moving@acme.example");
    await refused(
      update("moving@acme.example", { email: "Moved@acme.example" }),
      "AliasExistsException",
      "An account with the given email already exists.",
    );
  });

  it("keeps the old address until the new one is verified, where the pool says so, or is said to be", async () => {
    const careful = await createPool(cognito.sdk, {
      AutoVerifiedAttributes: ["email"],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
    });
    const [old, next] = ["old@acme.example", "next@acme.example"];
    await createUser(cognito.sdk, careful, old);
    await update(old, { email: next, email_verified: "false" }, careful);
    expect(await attributesOf(old, careful)).toMatchObject({ email: old, email_verified: "true" });
    expect((await messages())[0]).toMatchObject({ to: next, kind: "changed-attribute" });
    await update(old, { email: next, email_verified: "true" }, careful);
    expect(await attributesOf(next, careful)).toMatchObject({ email: next, email_verified: "true" });
  });

  it("refuses the sub, undeclared names and immutable attributes", async () => {
    const fixed = await createPool(cognito.sdk, { Schema: [{ Name: "badge", Mutable: false }] });
    await create("a@acme.example", { UserAttributes: [{ Name: "custom:badge", Value: "7" }] }, fixed);
    await refused(
      update("a@acme.example", { "custom:badge": "8" }, fixed),
      "InvalidParameterException",
      "user.custom:badge: Attribute cannot be updated.",
    );
    await refused(update("a@acme.example", { sub: "x" }, fixed), "InvalidParameterException");
    await refused(update("a@acme.example", { "custom:x": "x" }, fixed), "InvalidParameterException");
    expect(await attributesOf("a@acme.example", fixed)).toMatchObject({ "custom:badge": "7" });
  });

  it("deletes attributes, and the user, and does not know it any more", async () => {
    const about = { UserPoolId: pool, Username: "short-lived@acme.example" };
    await createUser(cognito.sdk, pool, about.Username);
    const UserAttributeNames = ["custom:tenant_id"];
    await cognito.sdk.send(new AdminDeleteUserAttributesCommand({ ...about, UserAttributeNames }));
    expect(await attributesOf(about.Username)).not.toHaveProperty("custom:tenant_id");
    await cognito.sdk.send(new AdminDeleteUserCommand(about));
    await refused(get(about.Username), "UserNotFoundException", "User does not exist.");
    await refused(cognito.sdk.send(new AdminDeleteUserCommand(about)), "UserNotFoundException");
  });

  it("sets a permanent password, or a temporary one that must be replaced", async () => {
    const about = { UserPoolId: pool, Username: "reset@acme.example" };
    const set = (Password: string, Permanent?: boolean) =>
      cognito.sdk.send(new AdminSetUserPasswordCommand({ ...about, Password, Permanent }));
    await createUser(cognito.sdk, pool, about.Username);
    await refused(set("weak", true), "InvalidPasswordException");
    await set("Another-horse-2");
    expect((await get(about.Username)).UserStatus).toBe("FORCE_CHANGE_PASSWORD");
    await set("Another-horse-3", true);
    expect((await get(about.Username)).UserStatus).toBe("CONFIRMED");
  });
});

describe("listing users", () => {
  const list = (input: Partial<ListUsersCommandInput>, UserPoolId = pool) =>
    cognito.sdk.send(new ListUsersCommand({ UserPoolId, ...input }));
  const emails = async (Filter: string, UserPoolId?: string) =>
    ((await list({ Filter }, UserPoolId)).Users ?? []).map(
      ({ Attributes }) => Attributes?.find(({ Name }) => Name === "email")?.Value,
    );

  it("filters by equality and by beginning, and knows what it cannot search", async () => {
    const crowd = await createPool(cognito.sdk);
    await createUser(cognito.sdk, crowd, "anna@acme.example");
    await createUser(cognito.sdk, crowd, "anton@acme.example", { temporary: true });
    expect(await emails('email = "anna@acme.example"', crowd)).toEqual(["anna@acme.example"]);
    expect(await emails('email ^= "an"', crowd)).toHaveLength(2);
    expect(await emails('email = "an"', crowd)).toEqual([]);
    expect(await emails('cognito:user_status = "confirmed"', crowd)).toEqual(["anna@acme.example"]);
    expect(await emails('status = "Disabled"', crowd)).toEqual([]);
    const { Users } = await list({ Filter: 'email = "anna@acme.example"' }, crowd);
    expect(await emails(`sub = "${Users?.[0]?.Username}"`, crowd)).toEqual(["anna@acme.example"]);
    await refused(emails('custom:tenant_id = "acme"', crowd), "InvalidParameterException");
    await refused(emails("email is anna", crowd), "InvalidParameterException", "Error while parsing filter");
  });

  it("goes by pages that lose and repeat nobody, while others come and go", async () => {
    const crowd = await createPool(cognito.sdk);
    const names = Array.from({ length: 7 }, (_, index) => `user-${index}@acme.example`);
    for (const name of names) await create(name, { MessageAction: "SUPPRESS" }, crowd);
    const seen: (string | undefined)[] = [];
    let PaginationToken: string | undefined;
    do {
      const shown = await list({ Limit: 3, ...(PaginationToken && { PaginationToken }) }, crowd);
      seen.push(
        ...(shown.Users ?? []).map(
          ({ Attributes }) => Attributes?.find(({ Name }) => Name === "email")?.Value,
        ),
      );
      PaginationToken = shown.PaginationToken;
      await update("user-0@acme.example", { name: `${seen.length}` }, crowd);
    } while (PaginationToken);
    expect(seen).toEqual(names);
    await refused(list({ PaginationToken: "made-up" }, crowd), "InvalidParameterException");
  });

  it("shows only the attributes that are asked for", async () => {
    const { Users } = await list({ AttributesToGet: ["email"], Limit: 1 });
    expect(Users?.[0]?.Attributes?.map(({ Name }) => Name)).toEqual(["email"]);
    await refused(list({ AttributesToGet: ["custom:nonesuch"] }), "InvalidParameterException");
  });
});
