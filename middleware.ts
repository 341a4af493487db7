import { type NextRequest, NextResponse } from "next/server";
import { cookieName, readSessionCookie } from "./lib/auth/session-cookie";
import { tenantOfHost } from "./lib/auth/tenant-host";
import { env } from "./lib/env";
import { PATH_HEADER } from "./lib/http/path-header";

const OPEN_PAGES = new Set(["/signin", "/challenge", "/forgot-password"]);

/**
 * A convenience for people, never the authorisation: whoever has no session is sent to sign in and brought back.
 * Every page and handler decides by itself again. Also gives each page its security headers.
 */
export async function middleware(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  const isOpen = OPEN_PAGES.has(pathname.replace(/(.)\/+$/, "$1"));
  const isTenantHost = tenantOfHost(request.headers.get("host")) !== null;
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce);
  if (isOpen && isTenantHost) {
    return secured(NextResponse.redirect(new URL(pathname + search, env().NEXTAUTH_URL)), policy);
  }
  if (!isOpen && !(await hasSession(request))) {
    return secured(signInFirst(pathname + search, isTenantHost), policy);
  }
  const headers = new Headers(request.headers);
  // Next reads the nonce from the request's policy and puts it on its own scripts.
  headers.set("Content-Security-Policy", policy);
  // A layout does not know which page it is around: whose session has ended is brought back to this address.
  headers.set(PATH_HEADER, pathname + search);
  return secured(NextResponse.next({ request: { headers } }), policy);
}

/** Pages only: the API answers with its own headers, and static files need none. */
export const config = {
  matcher: "/((?!api/|_next/static/|_next/image/|favicon.ico$|icon.svg$).*)",
};

/** People sign in on the main host; a tenant's own host is handed the session from there. */
function signInFirst(path: string, isTenantHost: boolean): NextResponse {
  // Relative, so that no host that a client made up shows up in it.
  if (isTenantHost) {
    const location = `/api/enter?${new URLSearchParams({ to: path })}`;
    return new NextResponse(null, { status: 307, headers: { Location: location } });
  }
  const signIn = new URL("/signin", env().NEXTAUTH_URL);
  signIn.searchParams.set("callbackUrl", path);
  return NextResponse.redirect(signIn);
}

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
  if (env().NEXTAUTH_URL.startsWith("https:")) {
    response.headers.set("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
  }
  return response;
}
