import { groupOf } from "../auth/access/groups";
import { groupsOf } from "../cognito/pool-users";
import { addToGroup, removeFromGroup } from "../cognito/user-administration";
import { GIVEN_ROLES, type GivenRole } from "../roles";

/**
 * Gives a user of the pool a role, and no other one beside it. First into the new group, then out of the old ones: what
 * breaks off in between leaves the higher of the two.
 *
 * @throws AppError `not_found`, `conflict`, `cognito_unavailable`.
 */
export async function setRole(username: string, role: GivenRole): Promise<void> {
  const given = groupOf(role);
  if (given !== null) await addToGroup(username, given);
  // Only those that they are in: a pool may be older than a group, and takes nobody out of what it lacks.
  const groups = await groupsOf(username);
  for (const group of GIVEN_ROLES) {
    if (group !== given && groups.includes(group)) await removeFromGroup(username, group);
  }
}
