import { describe, expect, it } from "vitest";
import { openHostedBench } from "./bench";
import { authorizeUrl, CALLBACK, EMAIL, newPkce, post, signInAt } from "./hosted";
import { given, tokensOf } from "./pool";
import { invalidParameter, notAuthorized, refused } from "./refusal";

const bench = await openHostedBench();
const {
  sdk,
  pool: UserPoolId,
  client,
  target,
  hosted,
  newPool,
  newUser,
  newClient,
  enterBy,
  newBrowser,
} = bench;
const track = (MaxPerUser = 20, UserSessionTracking: "ENABLED" | "DISABLED" = "ENABLED") =>
  sdk.setUserPoolSessionConfiguration({ UserPoolId, UserSessionTracking, TokenSession: { MaxPerUser } });
await track();
const api = await newClient();
const ofClient = { UserPoolId, ClientId: client.id };
const reuse = (MaxValidityMinutes: number) =>
  sdk.setUserPoolClientSessionConfiguration({ ...ofClient, SSOSession: { MaxValidityMinutes } });
const GONE = "tkn0123456789abcdefghijklmno";

async function signedIn(email?: string) {
  const Username = email ?? (await newUser()).email;
  const { AccessToken, RefreshToken } = tokensOf(await enterBy(api.id, Username));
  return { Username, AccessToken, RefreshToken };
}
const listed = async (AccessToken: string) => given((await sdk.listUserSessions({ AccessToken })).Sessions);
const currentOf = async (AccessToken: string) =>
  given((await listed(AccessToken)).find(({ IsCurrentSession }) => IsCurrentSession)?.SessionId);

/** Signs in through the browser, and the tokens of it. */
async function byBrowser(browser = newBrowser()) {
  const { verifier, challenge } = newPkce();
  const { left } = await signInAt(browser, authorizeUrl(hosted, { code_challenge: challenge }));
  const { body } = await post(hosted, "/oauth2/token", {
    grant_type: "authorization_code",
    client_id: client.id,
    code: given(left?.searchParams.get("code")),
    redirect_uri: CALLBACK,
    code_verifier: verifier,
  });
  return { browser, AccessToken: String(body.access_token) };
}
const isShownLogin = async (browser: ReturnType<typeof newBrowser>) =>
  !(await browser.open(authorizeUrl(hosted))).left;

describe("the session configuration of a pool", () => {
  it("is off with 20 sessions a user, and 60 minutes a client, until it is said", async () => {
    const other = await newPool();
    expect(await sdk.getUserPoolSessionConfiguration({ UserPoolId: other })).toMatchObject({
      UserPoolId: other,
      UserSessionTracking: "DISABLED",
      TokenSession: { MaxPerUser: 20 },
    });
    expect(await sdk.getUserPoolClientSessionConfiguration(ofClient)).toMatchObject({
      ...ofClient,
      SSOSession: { MaxValidityMinutes: 60 },
    });
  });

  it("is given back, and bounded", async () => {
    expect(await track(7)).toMatchObject({ UserSessionTracking: "ENABLED", TokenSession: { MaxPerUser: 7 } });
    await invalidParameter(track(101));
    await invalidParameter(track(0));
    await track();
  });

  it("is not for the feature plan LITE, nor a client's without the pool's", async () => {
    const lite = await newPool({ UserPoolTier: "LITE" });
    const TokenSession = { MaxPerUser: 5 };
    const set = { UserPoolId: lite, UserSessionTracking: "ENABLED" as const, TokenSession };
    await refused(sdk.setUserPoolSessionConfiguration(set), "FeatureUnavailableInTierException");
    const other = await newPool();
    const { UserPoolClient } = await sdk.createUserPoolClient({ UserPoolId: other, ClientName: "other" });
    const SSOSession = { MaxValidityMinutes: 5 };
    const ofOther = { UserPoolId: other, ClientId: UserPoolClient?.ClientId, SSOSession };
    // [unconfirmed]: which of the exceptions it is.
    await refused(sdk.setUserPoolClientSessionConfiguration(ofOther), "OperationNotEnabledException");
  });
});

describe("the sessions of a user", () => {
  it("are listed with their kind, client and times, the caller's own marked", async () => {
    const first = await signedIn();
    const second = await signedIn(first.Username);
    const sessions = await listed(second.AccessToken);
    expect(sessions.map(({ SessionType, ClientId }) => [SessionType, ClientId])).toEqual([
      ["TOKEN", api.id],
      ["TOKEN", api.id],
    ]);
    expect(sessions.map(({ IsCurrentSession }) => IsCurrentSession)).toEqual([false, true]);
    for (const { SessionId, CreateDate, LastActiveDate } of sessions) {
      expect(SessionId).toMatch(/^tkn[a-z0-9]{25}$/);
      expect([CreateDate, LastActiveDate]).toEqual([expect.any(Date), expect.any(Date)]);
    }
    const { Sessions } = await sdk.adminListUserSessions({ UserPoolId, Username: first.Username });
    expect(Sessions?.map(({ IsCurrentSession }) => IsCurrentSession)).toEqual([false, false]);
  });

  it("are active when they are refreshed", async () => {
    const { AccessToken, RefreshToken } = await signedIn();
    const [before] = await listed(AccessToken);
    await target.later(600, async () => {
      await sdk.getTokensFromRefreshToken({ ClientId: api.id, RefreshToken });
      const [after] = await listed(AccessToken);
      const moved = Number(after?.LastActiveDate) - Number(before?.LastActiveDate);
      expect(moved).toBeGreaterThanOrEqual(590_000);
      expect(after?.CreateDate).toEqual(before?.CreateDate);
    });
  });

  it("are ended one by one: its refresh and access tokens are refused, others' are not", async () => {
    const first = await signedIn();
    const second = await signedIn(first.Username);
    const SessionId = await currentOf(first.AccessToken);
    await sdk.revokeUserSession({ AccessToken: second.AccessToken, SessionId });
    await notAuthorized(listed(first.AccessToken), /revoked/);
    const token = first.RefreshToken;
    await notAuthorized(sdk.getTokensFromRefreshToken({ ClientId: api.id, RefreshToken: token }));
    expect(await listed(second.AccessToken)).toHaveLength(1);
  });

  it("are not ended by themselves, nor by somebody else [unconfirmed: the exceptions]", async () => {
    const { AccessToken, Username } = await signedIn();
    const SessionId = await currentOf(AccessToken);
    await invalidParameter(sdk.revokeUserSession({ AccessToken, SessionId }), /current/);
    const stranger = await signedIn();
    const NOT_FOUND = "ResourceNotFoundException";
    await refused(sdk.revokeUserSession({ AccessToken: stranger.AccessToken, SessionId }), NOT_FOUND);
    await refused(sdk.revokeUserSession({ AccessToken, SessionId: GONE }), NOT_FOUND);
    const ofStranger = { UserPoolId, Username: stranger.Username, SessionId };
    await refused(sdk.adminRevokeUserSession(ofStranger), NOT_FOUND);
    await sdk.adminRevokeUserSession({ UserPoolId, Username, SessionId });
    await notAuthorized(sdk.getUser({ AccessToken }), /revoked/);
  });

  it("are as many as the pool allows: one more ends the least recently used", async () => {
    await track(2);
    const first = await signedIn();
    const second = await signedIn(first.Username);
    await target.later(60, async () => {
      await sdk.getTokensFromRefreshToken({ ClientId: api.id, RefreshToken: first.RefreshToken });
    });
    await target.later(120, async () => {
      const third = await signedIn(first.Username);
      expect(await listed(third.AccessToken)).toHaveLength(2);
      await notAuthorized(listed(second.AccessToken));
      await listed(first.AccessToken);
    });
    await track();
  });

  it("are not told where the pool does not keep track", async () => {
    const { AccessToken, Username } = await signedIn();
    await track(20, "DISABLED");
    const NOT_ENABLED = "OperationNotEnabledException";
    await refused(listed(AccessToken), NOT_ENABLED);
    await refused(sdk.adminListUserSessions({ UserPoolId, Username }), NOT_ENABLED);
    await track();
  });
});

describe("a browser's session", () => {
  it("is listed beside the tokens that came through it, and ends them where it is said", async () => {
    const { AccessToken, browser } = await byBrowser();
    const { Sessions = [] } = await sdk.adminListUserSessions({ UserPoolId, Username: EMAIL });
    const sso = Sessions.find(({ SessionType }) => SessionType === "SSO");
    expect(sso?.SessionId).toMatch(/^sso[a-z0-9]{25}$/);
    const tokens = Sessions.find(({ OriginSessionId }) => OriginSessionId === sso?.SessionId);
    expect(tokens?.SessionType).toBe("TOKEN");
    const revoke = (RevokeAssociatedSessions: "NONE" | "LINKED") =>
      sdk.adminRevokeUserSession({
        UserPoolId,
        Username: EMAIL,
        SessionId: sso?.SessionId,
        RevokeAssociatedSessions,
      });
    expect(await isShownLogin(browser)).toBe(false);
    await revoke("LINKED");
    expect(await isShownLogin(browser)).toBe(true);
    const info = await fetch(new URL("/oauth2/userInfo", hosted.url), {
      headers: { authorization: `Bearer ${AccessToken}` },
    });
    expect(info.status).toBe(401);
  });

  it("stays when the tokens alone are ended, and goes with them where they are linked", async () => {
    const { browser } = await byBrowser();
    const sessionsOf = async () =>
      given((await sdk.adminListUserSessions({ UserPoolId, Username: EMAIL })).Sessions);
    const token = given((await sessionsOf()).find(({ OriginSessionId }) => OriginSessionId));
    const ended = { UserPoolId, Username: EMAIL, SessionId: token.SessionId };
    await sdk.adminRevokeUserSession(ended);
    expect(await isShownLogin(browser)).toBe(false);
    const other = await byBrowser();
    const last = given((await sessionsOf()).filter(({ OriginSessionId }) => OriginSessionId).at(-1));
    await sdk.adminRevokeUserSession({
      ...ended,
      SessionId: last.SessionId,
      RevokeAssociatedSessions: "LINKED",
    });
    expect(await isShownLogin(other.browser)).toBe(true);
  });

  it("is reused without a page for the client's minutes since the person signed in", async () => {
    await reuse(5);
    const { browser } = await byBrowser();
    await target.later(290, async () => expect(await isShownLogin(browser)).toBe(false));
    await target.later(310, async () => expect(await isShownLogin(browser)).toBe(true));
    await reuse(0);
    expect(await isShownLogin(browser)).toBe(true);
    await reuse(180);
    const long = await byBrowser();
    await target.later(9_000, async () => expect(await isShownLogin(long.browser)).toBe(false));
  });
});
