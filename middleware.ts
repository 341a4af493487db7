import { type NextRequest, NextResponse } from "next/server";
import { cookieName, readSessionCookie } from "./lib/auth/session/session-cookie";
import { carriedPath } from "./lib/auth/sign-in/local-path";
import { expectedOrigin } from "./lib/auth/tenancy/tenant-host";
import { env } from "./lib/env";
import { HOME } from "./lib/home";
import { PATH_HEADER } from "./lib/http/path-header";

const OPEN_PAGES = new Set(["/signin", "/challenge", "/forgot-password"]);

/**
 * A convenience for people, never the authorisation: whoever has no session is sent to sign in and brought back.
 * Every page and handler decides by itself again. Also gives each page its security headers.
 */
export async function middleware(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  const isOpen = OPEN_PAGES.has(pathname.replace(/(.)\/+$/, "$1"));
  const origin = expectedOrigin(request.headers.get("host"));
  const isTenantHost = origin !== new URL(env().NEXTAUTH_URL).origin;
  const path = pathname + search;
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce);
  if (isTenantHost && (isOpen || !(await hasSession(request)))) {
    // People sign in on the main host; this one is handed the session from there.
    const enter = `${origin}/api/enter?${new URLSearchParams({ to: isOpen ? HOME : carriedPath(path) })}`;
    return secured(NextResponse.redirect(enter), policy);
  }
  if (!isOpen && !(await hasSession(request))) {
    const signIn = new URL("/signin", env().NEXTAUTH_URL);
    signIn.searchParams.set("callbackUrl", carriedPath(path));
    return secured(NextResponse.redirect(signIn), policy);
  }
  const headers = new Headers(request.headers);
  // Next reads the nonce from the request's policy and puts it on its own scripts.
  headers.set("Content-Security-Policy", policy);
  // A layout does not know which page it is around: whose session has ended is brought back to this address.
  headers.set(PATH_HEADER, path);
  return secured(NextResponse.next({ request: { headers } }), policy);
}

/** Pages only: the API answers with its own headers, and static files need none. */
export const config = {
  matcher: "/((?!api/|_next/static/|_next/image/|favicon.ico$|icon.svg$|signin/opengraph-image$).*)",
};

async function hasSession(request: NextRequest): Promise<boolean> {
  const cookie = request.cookies.get(cookieName("session"))?.value;
  return (await readSessionCookie(cookie)) !== null;
}

function contentSecurityPolicy(nonce: string): string {
  const isDevelopment = env().NODE_ENV === "development";
  return [
    "default-src 'self'",
    // React's development build explains errors with eval; its overlay writes styles.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function secured(response: NextResponse, policy: string): NextResponse {
  response.headers.set("Content-Security-Policy", policy);
  response.headers.set("Cache-Control", "private, no-store");
  return response;
}
