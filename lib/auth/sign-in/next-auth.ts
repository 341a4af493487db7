import { createHash } from "node:crypto";
import type { Account, AuthOptions, User } from "next-auth";
import CognitoProvider from "next-auth/providers/cognito";
import CredentialsProvider from "next-auth/providers/credentials";
import { appClient } from "../../cognito/app-client";
import type { Tokens } from "../../cognito/sign-in";
import { env } from "../../env";
import { AppError } from "../../errors";
import { secrets } from "../../secret-keys";
import { unverifiedOwner } from "../access/principal";
import { beginSignIn, type SignInNumber } from "../endings/sign-in-order";
import { clientAddress } from "../limits/client-address";
import {
  cookieName,
  cookieOptions,
  decodeCookie,
  encodeCookie,
  sessionSeconds,
} from "../session/session-cookie";
import { endSession, type Session } from "../session/session-store";
import { authorize, settled } from "./authorize";
import {
  answerBrowserChallenge,
  type Browser,
  enterFromHostedUi,
  signInBrowser,
  signInByPasskey,
} from "./browser-sign-in";
import { errorParameter } from "./error-parameter";
import { libraryLog } from "./library-log";
import { ownAddress } from "./local-path";

/** Where administrators set their single sign-on, and see what a test of it said. */
const SINGLE_SIGN_ON_PAGE = "/single-sign-on";

/** How long a person may spend on the Hosted UI before the answer is no longer taken (seconds). */
const HOSTED_SECONDS = 15 * 60;

/**
 * NextAuth for one request. Signing in stores a session row and puts its id into NextAuth's encrypted cookie;
 * the tokens stay in the row. A refusal reaches the browser as `?error=<error code>`.
 *
 * @param hosted the place of a sign-in that comes back from the Hosted UI, taken before its code is exchanged.
 */
export function authOptions(browser: Browser, hosted?: Promise<SignInNumber>): AuthOptions {
  return {
    secret: secretOf(browser.jar),
    session: { strategy: "jwt", maxAge: sessionSeconds() },
    pages: { signIn: "/signin", signOut: "/signin", error: "/signin" },
    cookies: {
      sessionToken: cookie("session"),
      csrfToken: cookie("csrf"),
      callbackUrl: cookie("callback"),
      pkceCodeVerifier: cookie("pkce", HOSTED_SECONDS),
      state: cookie("state", HOSTED_SECONDS),
      nonce: cookie("nonce", HOSTED_SECONDS),
    },
    jwt: {
      encode: ({ token, secret: _, salt = "", maxAge }) =>
        encodeCookie(token ?? {}, salt, maxAge ?? sessionSeconds()),
      decode: ({ token, salt = "" }) => decodeCookie(token, salt),
    },
    providers: [
      CredentialsProvider({
        id: "password",
        credentials: { email: {}, password: {} },
        authorize: (input) => authorize(() => signInBrowser(browser, input)),
      }),
      CredentialsProvider({
        id: "challenge",
        credentials: { answer: {} },
        authorize: (input) => authorize(() => answerBrowserChallenge(browser, input)),
      }),
      CredentialsProvider({
        id: "passkey",
        credentials: { session: {}, credential: {} },
        authorize: (input) => authorize(() => signInByPasskey(browser, input)),
      }),
      ...(hasHostedUi() ? [hostedUi()] : []),
    ],
    callbacks: {
      signIn: ({ user, account }) => admit(browser, user, account, hosted),
      // A session update posted by the browser also comes here; nothing of it is taken over.
      jwt: ({ token, user }) =>
        user && "sessionId" in user
          ? { sub: user.id, name: user.name ?? null, sessionId: user.sessionId }
          : token,
      session: ({ session, token }) => ({
        expires: session.expires,
        user: { name: token.name ?? null },
      }),
      redirect: ({ url, baseUrl }) => ownAddress(url, new URL(baseUrl).origin) ?? baseUrl,
    },
    events: {
      signOut: async ({ token }) => {
        const ended = typeof token?.sessionId === "string" ? await endSession(token.sessionId) : null;
        if (ended)
          await browser.observer.signedOut(unverifiedOwner(ended.tokens), clientAddress(browser.headers));
      },
    },
    logger: libraryLog,
  };
}

/**
 * The secret that NextAuth made this browser's CSRF token with (`token|sha256(token + secret)`), so that it holds while
 * the secret is being changed and another instance gave it out. NextAuth uses it for nothing else here.
 */
function secretOf(jar: Browser["jar"]): string {
  const [token, hash] = (jar.get(cookieName("csrf"))?.value ?? "").split("|");
  const isMadeWith = (secret: string) =>
    createHash("sha256").update(`${token}${secret}`).digest("hex") === hash;
  return secrets().find(isMadeWith) ?? env().NEXTAUTH_SECRET;
}

/** Whether people may also sign in on Cognito's own pages. */
export function hasHostedUi(): boolean {
  return env().COGNITO_DOMAIN !== undefined;
}

/**
 * Where a browser goes after signing out: to the sign-in page of the main host. One that came in through the Hosted UI
 * goes by way of its `/logout`, which alone clears Cognito's own cookie; otherwise it would be let in again without
 * being asked. Cognito developer guide, "Logout endpoint".
 *
 * @param notice the error code that the sign-in page puts into words.
 */
export function afterSignOut(session: Pick<Session, "client"> | null, notice?: string): string {
  const { COGNITO_DOMAIN, NEXTAUTH_URL } = env();
  if (session?.client !== "web") return `${NEXTAUTH_URL}/signin${notice ? `?error=${notice}` : ""}`;
  const query = new URLSearchParams({ client_id: appClient("web").id, logout_uri: `${NEXTAUTH_URL}/signin` });
  return `${COGNITO_DOMAIN}/logout?${query}`;
}

function cookie(purpose: Parameters<typeof cookieName>[0], maxAge?: number) {
  return { name: cookieName(purpose), options: { ...cookieOptions(), ...(maxAge && { maxAge }) } };
}

/** RFC 9700 section 2.1.1: PKCE against injected codes, state and nonce against somebody else's sign-in. */
function hostedUi() {
  const { id, secret } = appClient("web");
  return CognitoProvider({
    clientId: id,
    clientSecret: secret ?? "",
    issuer: env().COGNITO_ISSUER,
    checks: ["pkce", "state", "nonce"],
    authorization: { params: { scope: "openid email profile" } },
    ...(!secret && { client: { token_endpoint_auth_method: "none" } }),
    // What the session calls them follows from the verified token: see enterFromHostedUi.
    profile: ({ sub }) => ({ id: sub }),
  });
}

/**
 * Our own form has stored its session by now; somebody who comes from the Hosted UI gets theirs here.
 *
 * @returns true, or where to go instead.
 */
async function admit(
  browser: Browser,
  user: User,
  account: Account | null,
  hosted: Promise<SignInNumber> | undefined,
): Promise<boolean | string> {
  if (account?.type !== "oauth") return "sessionId" in user;
  const result = await settled(async () =>
    enterFromHostedUi(browser, tokensOf(account), await (hosted ?? beginSignIn())),
  );
  if ("signedIn" in result) {
    Object.assign(user, result.signedIn);
    return true;
  }
  if ("tested" in result) return `${SINGLE_SIGN_ON_PAGE}?test=${result.tested}`;
  if ("linked" in result) return "/signin?error=single_sign_on_linked";
  // Cognito's own cookie outlived what ended their access: once it is cleared, Cognito asks who they are again.
  if (result.refused.code === "session_ended") return afterSignOut({ client: "web" });
  return `/signin?${new URLSearchParams({ error: errorParameter(result.refused) })}`;
}

function tokensOf({ access_token, id_token, refresh_token, expires_at }: Account): Tokens {
  if (!access_token || !id_token || !expires_at) {
    throw new AppError("cognito_unavailable", { cause: "the token endpoint answered without tokens" });
  }
  return {
    accessToken: access_token,
    idToken: id_token,
    refreshToken: refresh_token,
    expiresIn: Math.max(0, expires_at - Math.floor(Date.now() / 1000)),
  };
}
