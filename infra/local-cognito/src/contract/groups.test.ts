import type { CreateGroupCommandInput } from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import { openBench } from "./bench";
import { everyPage } from "./pool";
import { invalidParameter, refused } from "./refusal";

const { sdk, newUser, pool: UserPoolId } = await openBench();
const user = await newUser();

const create = (GroupName: string, settings: Partial<CreateGroupCommandInput> = {}) =>
  sdk.createGroup({ UserPoolId, GroupName, ...settings });
const get = async (GroupName: string) => (await sdk.getGroup({ UserPoolId, GroupName })).Group;
const add = (GroupName: string, Username = user.email) =>
  sdk.adminAddUserToGroup({ UserPoolId, GroupName, Username });
const groupsOf = async (Username = user.email) =>
  ((await sdk.adminListGroupsForUser({ UserPoolId, Username })).Groups ?? []).map(
    ({ GroupName }) => GroupName,
  );
const membersOf = async (GroupName: string) =>
  ((await sdk.listUsersInGroup({ UserPoolId, GroupName })).Users ?? []).map(({ Username }) => Username);

describe("CreateGroup and GetGroup", () => {
  it("tell everything about the group", async () => {
    const settings = {
      Description: "They decide",
      Precedence: 1,
      RoleArn: "arn:aws:iam::000000000000:role/deciders",
    };
    const { Group } = await create("deciders", settings);
    expect(Group).toMatchObject({ GroupName: "deciders", UserPoolId, ...settings });
    expect(Group?.CreationDate).toBeInstanceOf(Date);
    expect(await get("deciders")).toEqual(Group);
  });

  it("may know no more than the name", async () => {
    await create("plain");
    const group = await get("plain");
    expect(group?.Precedence).toBeUndefined();
    expect(group?.RoleArn).toBeUndefined();
  });

  it("refuse a second group of the name: GroupExistsException", async () => {
    await create("twice");
    await refused(create("twice"), "GroupExistsException", "A group with the name already exists.");
  });

  it.each<[string, Partial<CreateGroupCommandInput>]>([
    ["a negative precedence", { Precedence: -1 }],
    ["a description of 2,049 characters", { Description: "x".repeat(2_049) }],
    ["a name with a space", { GroupName: "two words" }],
    ["a name of 129 characters", { GroupName: "x".repeat(129) }],
    ["a role that is too short to be an ARN", { RoleArn: "role" }],
  ])("refuse %s: InvalidParameterException", async (_, settings) => {
    await invalidParameter(create("refused", settings));
  });
});

describe("UpdateGroup", () => {
  it("changes what it says", async () => {
    await create("changing", { Description: "before", Precedence: 9 });
    const change = { UserPoolId, GroupName: "changing", Description: "after", Precedence: 2 };
    const { Group } = await sdk.updateGroup(change);
    expect(Group).toMatchObject({ Description: "after", Precedence: 2 });
    expect(await get("changing")).toMatchObject({ Description: "after", Precedence: 2 });
  });

  it("keeps what it leaves out [unconfirmed]", async () => {
    await create("keeping", { Description: "kept", Precedence: 9 });
    await sdk.updateGroup({ UserPoolId, GroupName: "keeping", Precedence: 2 });
    expect(await get("keeping")).toMatchObject({ Description: "kept", Precedence: 2 });
  });
});

describe("a membership", () => {
  it("begins, is seen from both sides, and ends", async () => {
    await create("members");
    await add("members");
    expect(await groupsOf()).toContain("members");
    expect(await membersOf("members")).toEqual([user.username]);
    const leaving = { UserPoolId, GroupName: "members", Username: user.email };
    await sdk.adminRemoveUserFromGroup(leaving);
    expect(await groupsOf()).not.toContain("members");
    expect(await membersOf("members")).toEqual([]);
  });

  it("is begun and ended twice without complaint, by address or by sub", async () => {
    await create("again");
    await add("again");
    await add("again", user.username);
    expect(await membersOf("again")).toHaveLength(1);
    const leaving = { UserPoolId, GroupName: "again", Username: user.email };
    await sdk.adminRemoveUserFromGroup(leaving);
    await sdk.adminRemoveUserFromGroup(leaving);
  });

  it("ends with the group", async () => {
    await create("ending");
    await add("ending");
    await sdk.deleteGroup({ UserPoolId, GroupName: "ending" });
    expect(await groupsOf()).not.toContain("ending");
    await refused(get("ending"), "ResourceNotFoundException", "Group not found.");
    // A new one of the name has none of the old one's members.
    await create("ending");
    expect(await groupsOf()).not.toContain("ending");
  });

  it("is listed strongest group first [unconfirmed]", async () => {
    const other = await newUser();
    await create("weak", { Precedence: 50 });
    await create("strong", { Precedence: 0 });
    for (const name of ["weak", "plain", "strong"]) await add(name, other.email);
    expect(await groupsOf(other.email)).toEqual(["strong", "weak", "plain"]);
  });
});

describe("lists", () => {
  it("of groups come page by page, each group once", async () => {
    const seen = await everyPage(
      (NextToken) => sdk.listGroups({ UserPoolId, Limit: 2, NextToken }),
      (page) => {
        expect(page.Groups?.length).toBeLessThanOrEqual(2);
        return page.Groups?.map(({ GroupName }) => GroupName);
      },
    );
    expect(seen).toEqual(expect.arrayContaining(["plain", "weak", "strong"]));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it.each([61, -1])("of groups refuse a Limit of %d: InvalidParameterException", async (Limit) => {
    await invalidParameter(sdk.listGroups({ UserPoolId, Limit }));
  });
});
