import type { User } from "../../model/user";
import { attributesTold } from "../../rules/federation";
import { attributesTo, wireTime } from "../parameters";

/** A user as ListUsers and AdminCreateUser show it. @param only the attributes to show, by default all. */
export function describeUser(user: User, only?: string[]): object {
  return {
    Username: user.username,
    Attributes: attributesTo(attributesTold(user)).filter(({ Name }) => !only || only.includes(Name)),
    UserCreateDate: wireTime(user.createdAt),
    UserLastModifiedDate: wireTime(user.modifiedAt),
    Enabled: user.enabled,
    UserStatus: user.status,
  };
}

/** The user's second factors, as GetUser and AdminGetUser tell them; nothing where there are none. */
export function describeMfa({ mfa }: User): object {
  return {
    ...(mfa && mfa.enabled.length > 0 && { UserMFASettingList: mfa.enabled }),
    ...(mfa?.preferred && { PreferredMfaSetting: mfa.preferred }),
  };
}
