import { z } from "zod";
import { alreadyExists } from "../../model/failures";
import type { Group } from "../../model/pool";
import { drop, put } from "../../store/store";
import { signed } from "../operation";
import { page } from "../page";
import { groupName, paging, userPoolId, wireTime } from "../parameters";

const named = z.object({ UserPoolId: userPoolId, GroupName: groupName });
const settings = named.extend({
  Description: z.string().max(2048).optional(),
  RoleArn: z.string().min(20).max(2048).optional(),
  Precedence: z.number().int().min(0).optional(),
});

export const groupOperations = {
  CreateGroup: signed(settings, (cognito, { UserPoolId, GroupName, Description, RoleArn, Precedence }) => {
    const pool = cognito.pool(UserPoolId);
    if (cognito.groups(pool).some((group) => group.name === GroupName)) throw alreadyExists.group();
    const now = cognito.now();
    const group: Group = {
      poolId: pool.id,
      name: GroupName,
      description: Description,
      roleArn: RoleArn,
      precedence: Precedence,
      createdAt: now,
      modifiedAt: now,
    };
    cognito.commit(put("groups", group));
    return { Group: describeGroup(group) };
  }),

  GetGroup: signed(named, (cognito, { UserPoolId, GroupName }) => ({
    Group: describeGroup(cognito.group(cognito.pool(UserPoolId), GroupName)),
  })),

  UpdateGroup: signed(settings, (cognito, { UserPoolId, GroupName, Description, RoleArn, Precedence }) => {
    const group = cognito.group(cognito.pool(UserPoolId), GroupName);
    const updated: Group = {
      ...group,
      description: Description ?? group.description,
      roleArn: RoleArn ?? group.roleArn,
      precedence: Precedence ?? group.precedence,
      modifiedAt: cognito.now(),
    };
    cognito.commit(put("groups", updated));
    return { Group: describeGroup(updated) };
  }),

  DeleteGroup: signed(named, (cognito, { UserPoolId, GroupName }) => {
    const pool = cognito.pool(UserPoolId);
    const group = cognito.group(pool, GroupName);
    const members = cognito.users(pool).filter((user) => user.groups.includes(GroupName));
    cognito.commit(
      ...members.map((user) =>
        put("users", { ...user, groups: user.groups.filter((name) => name !== GroupName) }),
      ),
      drop("groups", group),
    );
    return {};
  }),

  ListGroups: signed(
    z.object({ UserPoolId: userPoolId, ...paging }),
    (cognito, { UserPoolId, Limit, NextToken }) => {
      const groups = cognito.groups(cognito.pool(UserPoolId));
      const { items, next } = page(groups, (group) => group.name, { limit: Limit, token: NextToken });
      return { Groups: items.map(describeGroup), ...next };
    },
  ),
};

export function describeGroup(group: Group): object {
  return {
    GroupName: group.name,
    UserPoolId: group.poolId,
    ...(group.description !== undefined && { Description: group.description }),
    ...(group.roleArn !== undefined && { RoleArn: group.roleArn }),
    ...(group.precedence !== undefined && { Precedence: group.precedence }),
    CreationDate: wireTime(group.createdAt),
    LastModifiedDate: wireTime(group.modifiedAt),
  };
}
