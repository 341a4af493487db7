import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { authenticate } from "@/lib/auth/authenticate";
import { cookieName, readSessionCookie } from "@/lib/auth/session-cookie";
import { resolveTenant, type TenantContext } from "@/lib/auth/tenant";
import { AppError } from "@/lib/errors";
import { PATH_HEADER } from "@/lib/http/path-header";

/** Who this browser is, once per request: the layout and the page ask alike. */
const identify = cache(async (): Promise<TenantContext | AppError> => {
  const sessionCookie = (await cookies()).get(cookieName("session"))?.value;
  try {
    const principal = await authenticate({ authorization: null, sessionCookie });
    return await resolveTenant(principal, null);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
});

/**
 * The tenant of the person who opened this page, for it to hand to its feature. Without a session they are sent to
 * sign in and back to the same address; without a tenant, to a page that says so.
 *
 * @throws AppError when it cannot be told now (`cognito_unavailable`, `database_unavailable`, `keys_unavailable`).
 */
export async function currentTenant(): Promise<TenantContext> {
  const identity = await identify();
  if (!(identity instanceof AppError)) return identity;
  if (identity.status === 401) {
    const query = new URLSearchParams({ callbackUrl: (await headers()).get(PATH_HEADER) ?? "/items" });
    if (identity.code !== "missing_token") query.set("error", "session_ended");
    redirect(`/signin?${query}`);
  }
  if (identity.status === 403) redirect("/no-tenant");
  throw identity;
}

/** Whether this browser is signed in, for a page that is open to everyone. */
export async function isSignedIn(): Promise<boolean> {
  const identity = await identify();
  return !(identity instanceof AppError) || identity.status === 403;
}

/** The name to greet, from the session cookie. */
export async function currentName(): Promise<string> {
  const cookie = await readSessionCookie((await cookies()).get(cookieName("session"))?.value);
  return cookie?.name ?? "";
}
