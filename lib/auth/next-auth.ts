import type { AuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { respondWithNewPassword, type SignInOutcome, signInWithPassword } from "../cognito/sign-in";
import { env } from "../env";
import { AppError } from "../errors";
import { log } from "../log";
import { dropChallenge, keepChallenge, readChallenge } from "./challenge-cookie";
import type { CookieJar } from "./cookie-jar";
import { NewPasswordForm, PasswordForm } from "./forms";
import { cookieName, cookieOptions, decodeCookie, encodeCookie, SESSION_SECONDS } from "./session-cookie";
import { createSession, endSession } from "./session-store";
import { usableTokens } from "./usable-tokens";

/** What `authorize` gives to the `jwt` callback: never a token. */
type SignedIn = { id: string; name: string; sessionId: string };

/**
 * NextAuth for one request. Signing in stores a session row and puts its id into NextAuth's encrypted cookie;
 * the tokens stay in the row. A refusal reaches the browser as `?error=<error code>`.
 *
 * @param jar the request's cookies: a further step (a new password) is kept there, before any session exists.
 */
export function authOptions(jar: CookieJar): AuthOptions {
  const cookie = (purpose: Parameters<typeof cookieName>[0]) => ({
    name: cookieName(purpose),
    options: cookieOptions(),
  });
  return {
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/signin", signOut: "/signin", error: "/signin" },
    cookies: {
      sessionToken: cookie("session"),
      csrfToken: cookie("csrf"),
      callbackUrl: cookie("callback"),
    },
    jwt: {
      encode: ({ token, maxAge }) => encodeCookie(token ?? {}, "", maxAge ?? SESSION_SECONDS),
      decode: ({ token }) => decodeCookie(token, ""),
    },
    providers: [
      CredentialsProvider({
        id: "password",
        credentials: { email: {}, password: {} },
        authorize: (input) => explainRefusal(() => signIn(jar, input)),
      }),
      CredentialsProvider({
        id: "new-password",
        credentials: { new_password: {} },
        authorize: (input) => explainRefusal(() => chooseNewPassword(jar, input)),
      }),
    ],
    callbacks: {
      // A session update posted by the browser also comes here; nothing of it is taken over.
      jwt: ({ token, user }) =>
        user && "sessionId" in user
          ? { sub: user.id, name: user.name ?? null, sessionId: user.sessionId }
          : token,
      session: ({ session, token }) => ({
        expires: session.expires,
        user: { name: token.name ?? null },
      }),
      redirect: ({ url, baseUrl }) => sameOriginUrl(url, baseUrl) ?? baseUrl,
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.sessionId === "string") await endSession(token.sessionId);
      },
    },
    logger: {
      error: (code, metadata) => log("error", "next_auth.error", { error_code: code, metadata }),
      warn: (code) => log("warn", "next_auth.warning", { error_code: code }),
    },
  };
}

async function signIn(jar: CookieJar, input: unknown): Promise<SignedIn> {
  const { email, password } = parseForm(PasswordForm, input);
  return finish(jar, email, await signInWithPassword(email, password));
}

async function chooseNewPassword(jar: CookieJar, input: unknown): Promise<SignedIn> {
  const { new_password: newPassword } = parseForm(NewPasswordForm, input);
  const pending = await readChallenge(jar);
  if (!pending) throw new AppError("challenge_expired");
  const { username, session, email } = pending;
  return finish(jar, email, await respondWithNewPassword({ username, newPassword, session }));
}

async function finish(jar: CookieJar, email: string, outcome: SignInOutcome): Promise<SignedIn> {
  if (outcome.kind === "challenge") {
    const isKept = await keepChallenge(jar, email, outcome.challenge);
    throw isKept ? new ChallengeKept() : new AppError("unsupported_challenge");
  }
  const { tokens, principal } = await usableTokens(outcome.tokens);
  const sessionId = await createSession({ sub: principal.sub, username: principal.username }, tokens);
  dropChallenge(jar);
  log("info", "auth.signed_in", { sub: principal.sub });
  return { id: principal.sub, name: email, sessionId };
}

/** NextAuth knows two ends of a sign-in only, so a further step travels as an error with this name. */
class ChallengeKept extends Error {
  override message = "challenge";
}

/** NextAuth shows the message of whatever is thrown to the browser: it must be an error code of ours. */
async function explainRefusal<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ChallengeKept) throw error;
    if (!(error instanceof AppError)) log("error", "auth.sign_in_failed", { error });
    else log("warn", "auth.sign_in_refused", { code: error.code, cause: error.cause });
    const { code, fields } = error instanceof AppError ? error : new AppError("internal");
    throw new Error(fields?.[0] ? `${code}:${fields[0].message}` : code);
  }
}

function parseForm<T>(
  form: { safeParse(input: unknown): { success: true; data: T } | { success: false } },
  input: unknown,
): T {
  const result = form.safeParse(input);
  if (!result.success) throw new AppError("invalid_credentials", { cause: "malformed form" });
  return result.data;
}

/** The URL in full when it stays on this origin, as a browser would resolve it (`//evil`, `/\\evil`); else null. */
function sameOriginUrl(url: string, baseUrl: string): string | null {
  if (!URL.canParse(url, baseUrl)) return null;
  const resolved = new URL(url, baseUrl);
  return resolved.origin === new URL(baseUrl).origin ? resolved.href : null;
}
