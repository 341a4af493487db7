import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { type Caller, identify } from "@/lib/auth/authenticate";
import { cookieName, readSessionCookie } from "@/lib/auth/session-cookie";
import { resolveTenant, type TenantContext } from "@/lib/auth/tenant";
import { AppError } from "@/lib/errors";
import { PATH_HEADER } from "@/lib/http/path-header";

/** Who this browser is, once per request: the layout and the page ask alike. */
const identifyBrowser = cache(async (): Promise<Caller | AppError> => {
  const sessionCookie = (await cookies()).get(cookieName("session"))?.value;
  return refusalOr(identify({ authorization: null, sessionCookie }));
});

const tenantOf = cache((caller: Caller) => refusalOr(resolveTenant(caller.principal, null)));

/**
 * The person who opened this page, for a page about their own account. Without a session they are sent to sign in and
 * back to the same address.
 *
 * @throws AppError when it cannot be told now (`cognito_unavailable`, `database_unavailable`, `keys_unavailable`).
 */
export async function currentCaller(): Promise<Caller> {
  const caller = await identifyBrowser();
  if (!(caller instanceof AppError)) return caller;
  if (caller.status !== 401) throw caller;
  const query = new URLSearchParams({ callbackUrl: (await headers()).get(PATH_HEADER) ?? "/items" });
  if (caller.code !== "missing_token") query.set("error", "session_ended");
  redirect(`/signin?${query}`);
}

/**
 * The tenant of the person who opened this page, for it to hand to its feature. Who has none is sent to a page that
 * says so.
 *
 * @throws AppError as currentCaller does.
 */
export async function currentTenant(): Promise<TenantContext> {
  const tenant = await tenantOf(await currentCaller());
  if (!(tenant instanceof AppError)) return tenant;
  if (tenant.status === 403) redirect("/no-tenant");
  throw tenant;
}

/** Whether this browser is signed in, for a page that is open to everyone. */
export async function isSignedIn(): Promise<boolean> {
  return !((await identifyBrowser()) instanceof AppError);
}

/** The name to greet, from the session cookie. */
export async function currentName(): Promise<string> {
  const cookie = await readSessionCookie((await cookies()).get(cookieName("session"))?.value);
  return cookie?.name ?? "";
}

async function refusalOr<T>(work: Promise<T>): Promise<T | AppError> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
