import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { call, operations } from "./call";
import { createClient, createPool, createUser, signIn, tokensOf } from "./pool";
import { refused } from "./refusal";
import { type SampleRequest, sampleRequests, send } from "./requests";
import { openTarget } from "./target";

const target = await openTarget();
const samples = await sampleRequests(target);
afterAll(() => target.close());

const having = (member: string): [string, SampleRequest["body"]][] =>
  Object.entries(samples)
    .filter(([, { body }]) => member in body)
    .map(([name, { body }]) => [name, body]);
const named = (filter: (sample: SampleRequest) => boolean): string[] =>
  Object.entries(samples)
    .filter(([, sample]) => filter(sample))
    .map(([name]) => name);
const NOBODY = `${target.region}_AAAAAAAAA`;

describe("a request of AWS JSON 1.1", () => {
  it("is answered as application/x-amz-json-1.1, with a request id", async () => {
    const { headers, body } = await send(target, "GetUser", { AccessToken: "x" }, { signed: false });
    expect(headers.get("content-type")).toMatch(/^application\/x-amz-json-1\.1/);
    expect(headers.get("x-amzn-requestid")).toMatch(/^[\w-]{20,}$/);
    expect(body).toMatchObject({ __type: "NotAuthorizedException", message: expect.any(String) });
  });

  it("names the exception in x-amzn-errortype, too [unconfirmed]", async () => {
    const { headers } = await send(target, "GetUser", { AccessToken: "x" }, { signed: false });
    expect(headers.get("x-amzn-errortype")).toMatch(/^NotAuthorizedException:?/);
  });

  it.each(["", "GetUserr", "getuser", "__proto__", "toString", "constructor"])(
    "of an operation that does not exist (%j) is an UnknownOperationException",
    async (operation) => {
      const { status, type } = await send(target, operation, {});
      expect([status, type]).toEqual([400, "UnknownOperationException"]);
    },
  );

  it.each([
    ["cut off", '{"AccessToken":"x"'],
    ["no JSON", "AccessToken=x"],
    ["a list", "[]"],
    ["a string", '"x"'],
    ["a number", "1"],
    ["not UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ["nested a thousand times", `${'{"a":'.repeat(1_000)}1${"}".repeat(1_000)}`],
  ])("whose body is %s gets a 400 [unconfirmed: SerializationException]", async (_, body) => {
    const { status, type } = await send(target, "GetUser", body, { signed: false });
    expect([status, type]).toEqual([400, "SerializationException"]);
  });

  it("may have members that nobody knows, and null for what is absent", async () => {
    const { body } = samples.ListUserPools as SampleRequest;
    await call(target, "ListUserPools", { ...body, Unknown: 1 });
    await call(target, "ListUserPools", { ...body, NextToken: null });
  });

  it("is refused when it is beyond any size that the API takes", async () => {
    const { status } = await send(target, "GetUser", { AccessToken: "x".repeat(2 ** 21) }, { signed: false });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });
});

describe("without AWS credentials", () => {
  it.each(named(({ signed }) => signed))("%s is refused as MissingAuthenticationToken", async (name) => {
    const { status, type } = await send(target, name, samples[name]?.body, { signed: false });
    expect([status, type]).toEqual([400, "MissingAuthenticationTokenException"]);
  });

  it.each(named(({ signed }) => !signed))("%s is heard all the same", async (name) => {
    const { type } = await send(target, name, {}, { signed: false });
    expect(type).toBe("InvalidParameterException");
  });
});

describe("an empty request", () => {
  const whole = named(({ signed }) => signed);
  it.each(whole)("of %s is refused: InvalidParameterException", async (name) => {
    await refused(call(target, name, {}), "InvalidParameterException");
  });
});

describe("a pool that does not exist", () => {
  it.each(having("UserPoolId"))("is what %s says: ResourceNotFoundException", async (name, body) => {
    await refused(call(target, name, { ...body, UserPoolId: NOBODY }), "ResourceNotFoundException");
  });
});

describe("a pool id that cannot be one", () => {
  it.each(having("UserPoolId").slice(0, 12))(
    "is refused by %s: InvalidParameterException",
    async (name, body) => {
      await refused(call(target, name, { ...body, UserPoolId: "no pool" }), "InvalidParameterException");
    },
  );
});

describe("a client that does not exist", () => {
  // SetUICustomization and GetUICustomization look at the domain first, which this pool has.
  it.each(having("ClientId"))("is what %s says: ResourceNotFoundException", async (name, body) => {
    const ClientId = "a".repeat(26);
    await refused(call(target, name, { ...body, ClientId }), "ResourceNotFoundException");
  });
});

describe("a user who does not exist", () => {
  const administrative = having("Username").filter(
    ([name]) => name.startsWith("Admin") && name !== "AdminCreateUser",
  );
  it.each(administrative)("is what %s says: UserNotFoundException", async (name, body) => {
    const Username = "nobody@nowhere.example";
    await refused(call(target, name, { ...body, Username }), "UserNotFoundException");
  });
});

describe("a group that does not exist", () => {
  it.each(having("GroupName").filter(([name]) => name !== "CreateGroup"))(
    "is what %s says: ResourceNotFoundException",
    async (name, body) => {
      await refused(call(target, name, { ...body, GroupName: "nobodies" }), "ResourceNotFoundException");
    },
  );
});

describe("an access token", () => {
  const foreign: Record<string, string> = {};
  beforeAll(async () => {
    const pool = await createPool(target);
    const client = await createClient(target, pool);
    const user = await createUser(target, pool);
    const { AccessToken, IdToken } = tokensOf(await signIn(target, pool, client.id, user.email));
    const [header = "", payload = "", signature = ""] = AccessToken.split(".");
    foreign["an ID token"] = IdToken;
    foreign["without a signature"] = `${header}.${payload}.`;
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    foreign["of algorithm none"] = `${none}.${payload}.`;
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;
    const forged = Buffer.from(JSON.stringify({ ...claims, username: "someone-else" })).toString("base64url");
    foreign["with other claims under the same signature"] = `${header}.${forged}.${signature}`;
    const elsewhere = JSON.stringify({ ...claims, iss: target.issuer(NOBODY) });
    foreign["of a pool that does not exist"] =
      `${header}.${Buffer.from(elsewhere).toString("base64url")}.${signature}`;
    foreign["that is no JWT"] = "not-a-token";
  });

  const operationsOfUsers = having("AccessToken");
  it.each(operationsOfUsers)("that is really an ID token is refused by %s", async (name, body) => {
    const AccessToken = foreign["an ID token"];
    await refused(call(target, name, { ...body, AccessToken }), "NotAuthorizedException");
  });

  it.each(operationsOfUsers)("whose claims were changed is refused by %s", async (name, body) => {
    const AccessToken = foreign["with other claims under the same signature"];
    await refused(call(target, name, { ...body, AccessToken }), "NotAuthorizedException");
  });

  it.each(["without a signature", "of algorithm none", "of a pool that does not exist", "that is no JWT"])(
    "%s is refused: NotAuthorizedException",
    async (kind) => {
      const AccessToken = foreign[kind];
      await refused(call(target, "GetUser", { AccessToken }), "NotAuthorizedException");
    },
  );
});

describe("an operation of the API that the target does not have", () => {
  const others = operations.filter((name) => !(name in samples));
  it("is refused by its name and never answered as if it had been done", async () => {
    const supported: string[] = [];
    for (const name of others) {
      const { status, type } = await send(target, name, {});
      expect([name, status]).toEqual([name, 400]);
      if (type !== "UnknownOperationException") supported.push(name);
    }
    if (supported.length > 0)
      process.stdout.write(`outside the contract, yet answered: ${supported.join(", ")}\n`);
  });
});
