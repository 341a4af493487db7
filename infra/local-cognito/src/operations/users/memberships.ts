import { z } from "zod";
import { limitExceeded } from "../../model/failures";
import { put } from "../../store/store";
import { signed } from "../operation";
import { page } from "../page";
import { groupName, paging, username, userPoolId } from "../parameters";
import { describeGroup } from "../pools/groups";
import { describeUser } from "./user-answer";

/** Developer guide, "Quotas in Amazon Cognito". */
const MOST_GROUPS = 100;

const membership = z.object({ UserPoolId: userPoolId, Username: username, GroupName: groupName });

export const membershipOperations = {
  AdminAddUserToGroup: signed(membership, (cognito, { UserPoolId, Username, GroupName }) => {
    const pool = cognito.pool(UserPoolId);
    const user = cognito.existingUser(pool, Username);
    const group = cognito.group(pool, GroupName);
    if (!user.groups.includes(group.name)) {
      if (user.groups.length >= MOST_GROUPS) throw limitExceeded("A user can be in 100 groups.");
      cognito.commit(put("users", { ...user, groups: [...user.groups, group.name] }));
    }
    return {};
  }),

  AdminRemoveUserFromGroup: signed(membership, (cognito, { UserPoolId, Username, GroupName }) => {
    const pool = cognito.pool(UserPoolId);
    const user = cognito.existingUser(pool, Username);
    const group = cognito.group(pool, GroupName);
    if (user.groups.includes(group.name)) {
      cognito.commit(put("users", { ...user, groups: user.groups.filter((name) => name !== group.name) }));
    }
    return {};
  }),

  AdminListGroupsForUser: signed(
    z.object({
      UserPoolId: userPoolId,
      Username: username,
      ...paging,
    }),
    (cognito, { UserPoolId, Username, Limit, NextToken }) => {
      const groups = cognito.groupsOf(cognito.existingUser(cognito.pool(UserPoolId), Username));
      const { items, next } = page(groups, (group) => group.name, { limit: Limit, token: NextToken });
      return { Groups: items.map(describeGroup), ...next };
    },
  ),

  ListUsersInGroup: signed(
    z.object({
      UserPoolId: userPoolId,
      GroupName: groupName,
      ...paging,
    }),
    (cognito, { UserPoolId, GroupName, Limit, NextToken }) => {
      const pool = cognito.pool(UserPoolId);
      const group = cognito.group(pool, GroupName);
      const members = cognito.users(pool).filter((user) => user.groups.includes(group.name));
      const { items, next } = page(members, (user) => user.username, { limit: Limit, token: NextToken });
      return { Users: items.map((user) => describeUser(user)), ...next };
    },
  ),
};
