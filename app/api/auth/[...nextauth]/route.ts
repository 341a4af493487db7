import { cookies, headers } from "next/headers";
import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { signInObserver } from "@/app/sign-in-observer";
import { authOptions } from "@/lib/auth/next-auth";
import { cookieName, readSessionCookie } from "@/lib/auth/session-cookie";
import { requireShownPerson } from "@/lib/auth/shown-to";
import { guardedMount } from "@/lib/http/guarded-mount";

type Context = { params: Promise<{ nextauth: string[] }> };

const SIGN_OUT = /\/signout\/?$/;

const handle = guardedMount(async (request: NextRequest, context: Context): Promise<Response> => {
  const browser = { jar: await cookies(), headers: await headers(), observer: signInObserver };
  if (SIGN_OUT.test(request.nextUrl.pathname)) {
    // A page of one person must not sign another one out. Signing in, one may well be somebody else.
    const session = await readSessionCookie(browser.jar.get(cookieName("session"))?.value);
    if (session) requireShownPerson(request.headers, session.sub);
  }
  return NextAuth(request, context, authOptions(browser));
});

export { handle as GET, handle as POST };
