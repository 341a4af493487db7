import type { User } from "../model/user";
import { attributesTo, wireTime } from "../protocol/parameters";

/** A user as ListUsers and AdminCreateUser show it. @param only the attributes to show, by default all. */
export function describeUser(user: User, only?: string[]): object {
  return {
    Username: user.username,
    Attributes: attributesTo(user.attributes).filter(({ Name }) => !only || only.includes(Name)),
    UserCreateDate: wireTime(user.createdAt),
    UserLastModifiedDate: wireTime(user.modifiedAt),
    Enabled: user.enabled,
    UserStatus: user.status,
  };
}
