import {
  AdminAddUserToGroupCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  CreateGroupCommand,
  DeleteGroupCommand,
  DeleteUserPoolClientCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetGroupCommand,
  ListGroupsCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
  ListUsersInGroupCommand,
  UpdateGroupCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
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
beforeAll(async () => {
  cognito = await startTestCognito();
});
afterAll(() => cognito.stop());

it("keeps no old address that it does not verify by itself", async () => {
  const settings = (AutoVerifiedAttributes: ("email" | "phone_number")[]) => ({
    AutoVerifiedAttributes,
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email" as const] },
  });
  await refused(createPool(cognito.sdk, settings(["phone_number"])), "InvalidParameterException");
  await refused(createPool(cognito.sdk, settings([])), "InvalidParameterException");
  await createPool(cognito.sdk, settings(["email"]));
});

describe("a user pool", () => {
  const describePool = async (UserPoolId: string) =>
    (await cognito.sdk.send(new DescribeUserPoolCommand({ UserPoolId }))).UserPool;

  it("is described as it was made, with the whole schema", async () => {
    const pool = await createPool(cognito.sdk, { UserPoolTags: { team: "blue" } });
    expect(pool).toMatch(/^ap-northeast-1_[0-9A-Za-z]{9}$/);
    const described = await describePool(pool);
    expect(described).toMatchObject({
      Id: pool,
      Name: "test",
      UsernameAttributes: ["email"],
      UsernameConfiguration: { CaseSensitive: false },
      MfaConfiguration: "OFF",
      DeletionProtection: "INACTIVE",
      EstimatedNumberOfUsers: 0,
      UserPoolTags: { team: "blue" },
      Policies: {
        PasswordPolicy: { MinimumLength: 8, RequireSymbols: true, TemporaryPasswordValidityDays: 7 },
      },
    });
    const names = described?.SchemaAttributes?.map(({ Name }) => Name);
    expect(names).toContain("sub");
    expect(names).toContain("custom:tenant_id");
    expect(names).toHaveLength(21);
  });

  it("takes back to its default whatever an update leaves out", async () => {
    const UserPoolId = await createPool(cognito.sdk, { Policies: { PasswordPolicy: { MinimumLength: 20 } } });
    await cognito.sdk.send(new UpdateUserPoolCommand({ UserPoolId, DeletionProtection: "ACTIVE" }));
    const described = await describePool(UserPoolId);
    expect(described?.Policies?.PasswordPolicy?.MinimumLength).toBe(8);
    expect(described?.DeletionProtection).toBe("ACTIVE");
    await refused(cognito.sdk.send(new DeleteUserPoolCommand({ UserPoolId })), "InvalidParameterException");
  });

  it("goes with everything in it", async () => {
    const { sdk } = cognito;
    const UserPoolId = await createPool(sdk);
    const client = (await createClient(sdk, UserPoolId)).id;
    await createUser(sdk, UserPoolId, "bob@acme.example");
    await signIn(sdk, UserPoolId, client, "bob@acme.example");
    await sdk.send(new DeleteUserPoolCommand({ UserPoolId }));
    await refused(
      describePool(UserPoolId),
      "ResourceNotFoundException",
      `User pool ${UserPoolId} does not exist.`,
    );
    expect((await fetch(`${cognito.url}/${UserPoolId}/.well-known/jwks.json`)).status).toBe(404);
  });

  it("is listed page by page", async () => {
    const made = new Set<string | undefined>([await createPool(cognito.sdk), await createPool(cognito.sdk)]);
    const seen: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const shown = await cognito.sdk.send(
        new ListUserPoolsCommand({ MaxResults: 1, ...(NextToken && { NextToken }) }),
      );
      seen.push(...(shown.UserPools ?? []).map(({ Id }) => Id));
      NextToken = shown.NextToken;
    } while (NextToken);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => made.has(id))).toHaveLength(2);
  });

  it("does not accept a setting that it would not honour", async () => {
    const LambdaConfig = { UserMigration: "arn:aws:lambda:ap-northeast-1:000000000000:function:x" };
    await refused(createPool(cognito.sdk, { LambdaConfig }), "InvalidParameterException");
    await refused(
      createPool(cognito.sdk, { Schema: [{ Name: "x", Required: true }] }),
      "InvalidParameterException",
      "Required custom attributes are not supported currently.",
    );
  });
});

describe("a client", () => {
  it("is described as it was made, keeps its secret through updates, and goes", async () => {
    const { sdk } = cognito;
    const UserPoolId = await createPool(sdk);
    const { id: ClientId, secret } = await createClient(sdk, UserPoolId, { GenerateSecret: true });
    expect(ClientId).toMatch(/^[0-9a-z]{26}$/);
    expect(secret).toMatch(/^[0-9a-z]{52}$/);
    await sdk.send(new UpdateUserPoolClientCommand({ UserPoolId, ClientId, ClientName: "renamed" }));
    const find = () => sdk.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
    const { UserPoolClient } = await find();
    expect(UserPoolClient).toMatchObject({
      ClientName: "renamed",
      ClientSecret: secret,
      RefreshTokenValidity: 30,
      EnableTokenRevocation: true,
      AuthSessionValidity: 3,
    });
    expect(UserPoolClient?.ReadAttributes).toBeUndefined();
    const listed = await sdk.send(new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 10 }));
    expect(listed.UserPoolClients).toEqual([{ ClientId, UserPoolId, ClientName: "renamed" }]);
    await sdk.send(new DeleteUserPoolClientCommand({ UserPoolId, ClientId }));
    await refused(find(), "ResourceNotFoundException", `User pool client ${ClientId} does not exist.`);
  });

  it("may read and write only what the pool has, and may never write what says that an address is verified", async () => {
    const { sdk } = cognito;
    const pool = await createPool(sdk);
    await refused(
      createClient(sdk, pool, { ReadAttributes: ["custom:nonesuch"] }),
      "InvalidParameterException",
      "Invalid read attributes specified while creating a client",
    );
    await refused(
      createClient(sdk, pool, { WriteAttributes: ["email_verified"] }),
      "InvalidParameterException",
      "Invalid write attributes specified while creating a client",
    );
  });
});

describe("a group", () => {
  it("is made once, changed, listed with its members, and leaves them when it goes", async () => {
    const { sdk } = cognito;
    const UserPoolId = await createPool(sdk);
    const GroupName = "admin";
    const Username = await createUser(sdk, UserPoolId, "alice@acme.example");
    const group = { UserPoolId, GroupName };
    await sdk.send(new CreateGroupCommand({ ...group, Precedence: 1, Description: "first" }));
    await refused(
      sdk.send(new CreateGroupCommand(group)),
      "GroupExistsException",
      "A group with the name already exists.",
    );
    await sdk.send(new UpdateGroupCommand({ ...group, Precedence: 0 }));
    const found = await sdk.send(new GetGroupCommand(group));
    expect(found.Group).toMatchObject({ GroupName, Precedence: 0, Description: "first" });

    await sdk.send(new AdminAddUserToGroupCommand({ ...group, Username: "alice@acme.example" }));
    await sdk.send(new AdminAddUserToGroupCommand({ ...group, Username }));
    const members = await sdk.send(new ListUsersInGroupCommand(group));
    expect(members.Users?.map((user) => user.Username)).toEqual([Username]);
    const groups = async () =>
      (await sdk.send(new AdminListGroupsForUserCommand({ UserPoolId, Username }))).Groups?.map(
        (g) => g.GroupName,
      );
    expect(await groups()).toEqual([GroupName]);

    await sdk.send(new AdminRemoveUserFromGroupCommand({ ...group, Username }));
    expect(await groups()).toEqual([]);
    await sdk.send(new AdminAddUserToGroupCommand({ ...group, Username }));
    await sdk.send(new DeleteGroupCommand(group));
    expect(await groups()).toEqual([]);
    await sdk.send(new CreateGroupCommand(group));
    expect(await groups()).toEqual([]);
    expect((await sdk.send(new ListGroupsCommand({ UserPoolId }))).Groups).toHaveLength(1);
  });

  it("that does not exist is not found", async () => {
    const { sdk } = cognito;
    const UserPoolId = await createPool(sdk);
    const Username = await createUser(sdk, UserPoolId, "alice@acme.example");
    const group = { UserPoolId, GroupName: "none" };
    await refused(sdk.send(new GetGroupCommand(group)), "ResourceNotFoundException", "Group not found.");
    await refused(
      sdk.send(new AdminAddUserToGroupCommand({ ...group, Username })),
      "ResourceNotFoundException",
    );
  });
});
