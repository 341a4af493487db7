import { describe, expect, it } from "vitest";
import { newBench, openForFile } from "./bench";
import { call, operations } from "./call";
import { invalidParameter, notAuthorized, refused } from "./refusal";
import { type SampleRequest, sampleRequests, send } from "./requests";

const target = await openForFile();
const samples = await sampleRequests(target);

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

  it("names the exception in x-amzn-errortype, too, and tells its message [unconfirmed]", async () => {
    const { headers, body } = await send(target, "GetUser", { AccessToken: "x" }, { signed: false });
    expect(headers.get("x-amzn-errortype")).toMatch(/^NotAuthorizedException:?/);
    expect(headers.get("x-amzn-errormessage")).toBe(body.message);
  });

  it.each(["", "GetUserr", "getuser", "__proto__", "toString", "constructor", "ListTables"])(
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
    ["a bare null", "null"],
    ["a string", '"x"'],
    ["a number", "1"],
    ["not UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ["half a text", '{"AccessToken":"'],
    ["nested too deep", `{"AccessToken":${"[".repeat(100_000)}${"]".repeat(100_000)}}`],
  ])("whose body is %s gets a 400 [unconfirmed: SerializationException]", async (_, body) => {
    const { status, type } = await send(target, "GetUser", body, { signed: false });
    expect([status, type]).toEqual([400, "SerializationException"]);
  });

  it.each([
    ["a number for a text", { UserPoolId: 5 }],
    ["a structure for a list", { UserPoolId: "a_b", Username: "x", UserAttributes: {} }],
  ])("with %s is a SerializationException", async (_, body) => {
    const { status, type } = await send(target, "AdminUpdateUserAttributes", body);
    expect([status, type]).toEqual([400, "SerializationException"]);
  });

  it("of another service is an UnknownOperationException", async () => {
    const headers = { "x-amz-target": "DynamoDB_20120810.ListTables" };
    const { type } = await send(target, "ListUserPools", {}, { headers });
    expect(type).toBe("UnknownOperationException");
  });

  it.each([
    [
      "a missing member",
      "DescribeUserPool",
      {},
      "1 validation error detected: Value at 'userPoolId' failed to satisfy constraint: Member must not be null",
    ],
    ["null for a missing member", "DescribeUserPool", { UserPoolId: null }, "Member must not be null"],
    [
      "a wrong pattern",
      "DescribeUserPool",
      { UserPoolId: "nonsense" },
      "Value 'nonsense' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+",
    ],
    [
      "a value outside its set",
      "InitiateAuth",
      { ClientId: "x", AuthFlow: "PLEASE" },
      "Value 'PLEASE' at 'authFlow' failed to satisfy constraint: Member must satisfy enum value set: [",
    ],
    [
      "a number out of range",
      "ListUserPools",
      { MaxResults: 61 },
      "Value '61' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 60",
    ],
    [
      "a fault within a list",
      "AdminUpdateUserAttributes",
      { UserPoolId: "a_b", Username: "x", UserAttributes: [{ Name: "" }] },
      "at 'userAttributes.1.member.name' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    ["several faults", "AdminGetUser", {}, "2 validation errors detected: "],
  ])("with %s is an InvalidParameterException that says so", async (_, operation, input, words) => {
    const { status, type, body } = await send(target, operation, input);
    expect([status, type]).toEqual([400, "InvalidParameterException"]);
    expect(body.message).toContain(words);
  });

  it("with a bad password is refused without repeating it", async () => {
    const request = { ...samples.AdminSetUserPassword?.body, Password: ` ${"hunter2".repeat(50)}` };
    const { type, body } = await send(target, "AdminSetUserPassword", request);
    expect(type).toBe("InvalidParameterException");
    expect(JSON.stringify(body)).not.toContain("hunter2");
  });

  it.each([
    ["prototype names", '{"__proto__":{"UserPoolId":"a_b"},"constructor":1}'],
    ["a lone surrogate", '{"UserPoolId":"\\ud800_x"}'],
    ["line breaks meant for the headers", '{"UserPoolId":"a\\r\\nx-injected: 1"}'],
    ["a NUL", '{"UserPoolId":"a\\u0000"}'],
    ["an infinite number", '{"UserPoolId":"a_b","MaxResults":1e999}'],
  ])("with %s is refused, and does no harm", async (_, text) => {
    const { status, headers } = await send(target, "ListUserPools", text);
    expect(status).toBe(400);
    expect(headers.get("x-injected")).toBeNull();
    expect((await send(target, "ListUserPools", { MaxResults: 1 })).status).toBe(200);
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
  it.each(named(({ signed }) => signed))("of %s is refused: InvalidParameterException", async (name) => {
    await invalidParameter(call(target, name, {}));
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
      await invalidParameter(call(target, name, { ...body, UserPoolId: "no pool" }));
    },
  );
});

describe("a client that does not exist", () => {
  // SetUICustomization and GetUICustomization look at the domain first, which this pool has.
  it.each(having("ClientId"))("is what %s says: ResourceNotFoundException", async (name, body) => {
    await refused(call(target, name, { ...body, ClientId: "a".repeat(26) }), "ResourceNotFoundException");
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
      const request = call(target, name, { ...body, GroupName: "nobodies" });
      await refused(request, "ResourceNotFoundException", "Group not found.");
    },
  );
});

const { AccessToken, IdToken, RefreshToken } = await (await newBench(target)).signedIn();

describe("an access token", () => {
  const encoded = (claims: object) => Buffer.from(JSON.stringify(claims)).toString("base64url");
  const [header = "", payload = "", signature = ""] = AccessToken.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
  const changed = `${header}.${encoded({ ...claims, username: "someone-else" })}.${signature}`;

  const operationsOfUsers = having("AccessToken");
  it.each(operationsOfUsers)("that is really an ID token is refused by %s", async (name, body) => {
    await notAuthorized(call(target, name, { ...body, AccessToken: IdToken }));
  });

  it.each(operationsOfUsers)("whose claims were changed is refused by %s", async (name, body) => {
    await notAuthorized(call(target, name, { ...body, AccessToken: changed }));
  });

  it.each([
    ["without a signature", `${header}.${payload}.`],
    ["of algorithm none", `${encoded({ alg: "none" })}.${payload}.`],
    [
      "of a pool that does not exist",
      `${header}.${encoded({ ...claims, iss: target.issuer(NOBODY) })}.${signature}`,
    ],
    ["that is no JWT", "not-a-token"],
    ["that is a refresh token", RefreshToken],
  ])("%s is refused: NotAuthorizedException", async (_, token) => {
    await notAuthorized(call(target, "GetUser", { AccessToken: token }));
  });
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
