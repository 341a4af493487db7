import { z } from "zod";
import { invalidParameter, notEnabled, resourceNotFound } from "../../model/failures";
import type { HostedSession } from "../../model/hosted";
import type { Grant, User } from "../../model/user";
import { liveGrants } from "../../rules/tracked-sessions";
import type { Cognito } from "../../store/cognito";
import { type Change, drop, put } from "../../store/store";
import { readAccessToken } from "../../tokens/access-token";
import { signed, unsigned } from "../operation";
import { accessToken, pageToken, text, username, userPoolId, wireTime } from "../parameters";

const listing = { NextToken: pageToken.optional() };
const revoking = {
  SessionId: text(28, 28, /^(?:tkn|sso)[a-z0-9]{25}$/),
  RevokeAssociatedSessions: z.enum(["NONE", "LINKED"]).default("NONE"),
};
const ofUser = z.object({ UserPoolId: userPoolId, Username: username });
const own = z.object({ AccessToken: accessToken });

/** Where somebody is signed in: families of tokens, and browsers at the Hosted UI. */
export const sessionOperations = {
  ListUserSessions: unsigned(own.extend(listing), async (cognito, { AccessToken }) => {
    const { user, grant } = await readAccessToken(AccessToken, cognito);
    assertTracking(cognito, user.poolId);
    return { Sessions: described(cognito, user, grant.tracked?.id) };
  }),

  AdminListUserSessions: signed(ofUser.extend(listing), (cognito, { UserPoolId, Username }) => {
    const user = cognito.existingUser(cognito.pool(UserPoolId), Username);
    assertTracking(cognito, UserPoolId);
    return { Sessions: described(cognito, user) };
  }),

  RevokeUserSession: unsigned(
    own.extend(revoking),
    async (cognito, { AccessToken, SessionId, RevokeAssociatedSessions }) => {
      const { user, grant } = await readAccessToken(AccessToken, cognito);
      assertTracking(cognito, user.poolId);
      if (grant.tracked?.id === SessionId) throw invalidParameter("The current session cannot be revoked.");
      const ending = revocation(cognito, user, {
        SessionId,
        isLinked: RevokeAssociatedSessions === "LINKED",
      });
      cognito.commit(...ending);
      return {};
    },
  ),

  AdminRevokeUserSession: signed(
    ofUser.extend(revoking),
    (cognito, { UserPoolId, Username, SessionId, RevokeAssociatedSessions }) => {
      const user = cognito.existingUser(cognito.pool(UserPoolId), Username);
      assertTracking(cognito, UserPoolId);
      const ending = revocation(cognito, user, {
        SessionId,
        isLinked: RevokeAssociatedSessions === "LINKED",
      });
      cognito.commit(...ending);
      return {};
    },
  ),
};

/** @throws OperationNotEnabledException */
function assertTracking(cognito: Cognito, poolId: string): void {
  if (!cognito.pool(poolId).sessions?.isTracking) throw notEnabled("Session tracking");
}

function browsersOf(cognito: Cognito, user: User): HostedSession[] {
  return cognito
    .hostedSessionsOf(user)
    .filter(
      ({ tracked, sub, expiresAt }) => tracked && sub === user.attributes.sub && cognito.now() < expiresAt,
    );
}

/** What ends with a session; linked ones are the browser that it came through, or what came through it. */
function revocation(
  cognito: Cognito,
  user: User,
  { SessionId, isLinked }: { SessionId: string; isLinked: boolean },
): Change[] {
  const grants = liveGrants(cognito.grantsOf(user), cognito.now());
  const browsers = browsersOf(cognito, user);
  const grant = grants.find(({ tracked }) => tracked?.id === SessionId);
  const browser = browsers.find(({ tracked }) => tracked?.id === SessionId);
  if (!grant && !browser) throw resourceNotFound.session();
  const alsoGrants = grants.filter(({ tracked }) => browser && isLinked && tracked?.origin === SessionId);
  const alsoBrowsers = browsers.filter(({ tracked }) => isLinked && tracked?.id === grant?.tracked?.origin);
  const ended = (each: Grant) => put("grants", { ...each, revoked: true });
  return [
    ...[...(grant ? [grant] : []), ...alsoGrants].map(ended),
    ...[...(browser ? [browser] : []), ...alsoBrowsers].map((each) => drop("sessions", each)),
  ];
}

function described(cognito: Cognito, user: User, current?: string): object[] {
  // Neither addresses nor user agents are looked at here: what AWS says where it cannot tell.
  const unknown = { DeviceType: "unknown", LastLocation: { Country: "unknown" } };
  const tokens = liveGrants(cognito.grantsOf(user), cognito.now()).map(
    ({ clientId, authenticatedAt, tracked }) => ({
      SessionId: tracked?.id,
      SessionType: "TOKEN",
      ClientId: clientId,
      CreateDate: wireTime(authenticatedAt),
      LastActiveDate: wireTime(tracked?.activeAt ?? authenticatedAt),
      ...unknown,
      ...(tracked?.origin && { OriginSessionId: tracked.origin }),
      IsCurrentSession: tracked?.id === current && current !== undefined,
    }),
  );
  const browsers = browsersOf(cognito, user).map(({ authenticatedAt, tracked }) => ({
    SessionId: tracked?.id,
    SessionType: "SSO",
    ClientId: tracked?.clientId,
    CreateDate: wireTime(authenticatedAt),
    LastActiveDate: wireTime(tracked?.activeAt ?? authenticatedAt),
    ...unknown,
    IsCurrentSession: false,
  }));
  return [...tokens, ...browsers];
}
