import { cookies, headers } from "next/headers";
import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { signInObserver } from "@/app/sign-in-observer";
import { beginSignIn } from "@/lib/auth/endings/sign-in-order";
import { clientAddress } from "@/lib/auth/limits/client-address";
import { spend } from "@/lib/auth/limits/rate-limit";
import { cookieName, readSessionCookie } from "@/lib/auth/session/session-cookie";
import { requireShownPerson } from "@/lib/auth/session/shown-to";
import { errorParameter } from "@/lib/auth/sign-in/error-parameter";
import { authOptions } from "@/lib/auth/sign-in/next-auth";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { guardedMount } from "@/lib/http/guarded-mount";

type Context = { params: Promise<{ nextauth: string[] }> };

const SIGN_OUT = /\/signout\/?$/;

const handle = guardedMount(async (request: NextRequest, context: Context): Promise<Response> => {
  const browser = { jar: await cookies(), headers: await headers(), observer: signInObserver };
  if (SIGN_OUT.test(request.nextUrl.pathname)) {
    // A page of one person must not sign another one out. A sign-in may change who it is.
    const session = await readSessionCookie(browser.jar.get(cookieName("session"))?.value);
    if (session) requireShownPerson(request.headers, session.sub);
  }
  const path = (await context.params).nextauth;
  const limit = await limitHostedSignIn(request, path);
  if (limit) return limit;
  const number = path.join("/") === "callback/cognito" ? beginSignIn() : undefined;
  // Before NextAuth exchanges the code; a failure is told where the sign-in is taken up.
  await Promise.allSettled([number]);
  const answer: Response = await NextAuth(request, context, authOptions(browser, number));
  // Asked by pages in passing: a late answer would put back the cookie of before somebody signed in or out, or take theirs.
  if (path[0] === "session") answer.headers.delete("set-cookie");
  return path[0] === "callback" && answer.status === 401 ? asStep(answer) : answer;
});

/** NextAuth calls a further step a refusal, and the browser would put a failure into its console. */
async function asStep(answer: Response): Promise<Response> {
  const body = await answer.text();
  if (!body.includes('error=challenge"')) return new Response(body, answer);
  const url = `${env().NEXTAUTH_URL}/signin?error=challenge`;
  return new Response(JSON.stringify({ url }), { headers: answer.headers });
}

/**
 * Both ways, to the Hosted UI and back, ask Cognito something, whoever goes them. A browser that is led back reads no
 * problem: it is told on the sign-in page.
 *
 * @throws AppError `rate_limited` for a script.
 */
async function limitHostedSignIn({ method, headers }: Request, path: string[]): Promise<Response | null> {
  const [action, provider] = path;
  if (provider !== "cognito" || (action !== "signin" && action !== "callback")) return null;
  try {
    await spend("hosted_sign_in", { address: clientAddress(headers) });
    return null;
  } catch (error) {
    const isNavigation = method === "GET" && error instanceof AppError && error.code === "rate_limited";
    if (!isNavigation) throw error;
    const query = new URLSearchParams({ error: errorParameter(error) });
    return new Response(null, {
      status: 303,
      headers: { Location: `${env().NEXTAUTH_URL}/signin?${query}` },
    });
  }
}

export { handle as GET, handle as POST };
