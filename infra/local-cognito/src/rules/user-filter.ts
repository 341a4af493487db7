import { invalidParameter } from "../model/failures";
import type { User } from "../model/user";

/** The attributes that ListUsers can search (developer guide, "Searching for user attributes"). */
const searchable = new Set([
  "username",
  "email",
  "phone_number",
  "name",
  "given_name",
  "family_name",
  "preferred_username",
  "cognito:user_status",
  "status",
  "sub",
]);

/**
 * ListUsers' `Filter`: `attribute = "value"` or `attribute ^= "value"` (begins with). Empty: everybody.
 * @throws InvalidParameterException
 */
export function parseFilter(filter: string | undefined): (user: User) => boolean {
  if (!filter) return () => true;
  const match = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/.exec(filter);
  const [, name, operator, quoted] = match ?? [];
  if (name === undefined || quoted === undefined) throw invalidParameter("Error while parsing filter");
  if (!searchable.has(name)) throw invalidParameter(`Invalid search attribute: ${name}`);
  const sought = quoted.replace(/\\(.)/g, "$1");
  return (user) => {
    const value = searchedValue(user, name);
    if (value === undefined) return false;
    // The status is the one attribute that is compared without regard to case.
    const wanted = name === "cognito:user_status" ? sought.toUpperCase() : sought;
    return operator === "=" ? value === wanted : value.startsWith(wanted);
  };
}

function searchedValue(user: User, name: string): string | undefined {
  switch (name) {
    case "username":
      return user.username;
    case "status":
      return user.enabled ? "Enabled" : "Disabled";
    case "cognito:user_status":
      return user.status;
    default:
      return user.attributes[name];
  }
}
