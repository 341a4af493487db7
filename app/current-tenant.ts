import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { type Caller, identify } from "@/lib/auth/access/identify";
import { clientAddress } from "@/lib/auth/limits/client-address";
import { cookieName, type SessionCookie } from "@/lib/auth/session/session-cookie";
import { carriedPath } from "@/lib/auth/sign-in/local-path";
import { enterTenant } from "@/lib/auth/tenancy/enter-tenant";
import { namedTenant } from "@/lib/auth/tenancy/named-tenant";
import { ownName } from "@/lib/auth/tenancy/person";
import type { TenantContext } from "@/lib/auth/tenancy/tenant";
import { tenantOfHost, tenantOrigin } from "@/lib/auth/tenancy/tenant-host";
import { guardedRequest } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { HOME } from "@/lib/home";
import { PATH_HEADER } from "@/lib/http/path-header";

async function identifyPresented(): Promise<Caller> {
  const sessionCookie = (await cookies()).get(cookieName("session"))?.value;
  return identify({ authorization: null, sessionCookie, address: clientAddress(await headers()) });
}

/** Who this browser is, found out once per request for the layout and the page. */
const identifyBrowser = cache(() => refusalOr(identifyPresented()));

type Entered = { caller: Caller; tenant: TenantContext };

/** The same with their tenant: what is to be asked of the database for both goes there together. */
const enterBrowser = cache((named: string | null) =>
  refusalOr<Entered>(
    guardedRequest(async () => {
      const caller = await identifyPresented();
      return { caller, tenant: await enterTenant(caller, named) };
    }),
  ),
);

/** What has been found out for this request: a layout asks for the tenant first. */
const known = cache((): { entered: Promise<Entered | AppError> | null } => ({ entered: null }));

const resolveOnce = cache((caller: Caller, named: string | null) => refusalOr(enterTenant(caller, named)));

/**
 * The person who opened this page, for a page about their own account. Without a session they are sent to sign in and
 * back to the same address.
 *
 * @throws AppError when it cannot be told now (`cognito_unavailable`, `database_unavailable`, `keys_unavailable`).
 */
export async function currentCaller(): Promise<Caller> {
  const entered = await known().entered;
  if (entered && !(entered instanceof AppError)) return entered.caller;
  const caller = await identifyBrowser();
  if (!(caller instanceof AppError)) return caller;
  return askToSignIn(caller);
}

/** Sends them to sign in and back to the same address, where that is what they are refused for. */
async function askToSignIn(refusal: AppError): Promise<never> {
  if (refusal.status !== 401) throw refusal;
  const path = (await askedFor()).path ?? HOME;
  if ((await askedFor()).tenantHost) redirect(`/api/enter?${new URLSearchParams({ to: carriedPath(path) })}`);
  const query = new URLSearchParams({ callbackUrl: carriedPath(path) });
  if (refusal.code !== "missing_token") query.set("error", "session_ended");
  redirect(`/signin?${query}`);
}

/**
 * The tenant of the person who opened this page, for it to hand to its feature. People without one are sent
 * to a page that says so; in subdomain mode, people on the main host are sent on to their tenant's.
 *
 * @throws AppError as currentCaller does, `invalid_tenant` for a host that is not ours.
 */
export const currentTenant = cache(async (): Promise<TenantContext> => {
  const entering = enterBrowser(namedTenant(await headers()));
  known().entered = entering;
  const entered = await entering;
  const { tenant } = entered instanceof AppError ? await askElsewhere(entered) : entered;
  const { path, tenantHost } = await askedFor();
  const home = tenantOrigin(tenant.tenantId);
  if (home !== null && tenantHost === null) redirect(home + (path ?? HOME));
  return tenant;
});

/** The tenant that goes by this name, if the caller may be there; otherwise a page says why not. */
export async function tenantCalled(named: string | null, caller: Caller): Promise<TenantContext> {
  const tenant = await resolveOnce(caller, named);
  return tenant instanceof AppError ? askElsewhere(tenant) : tenant;
}

async function askElsewhere(refusal: AppError): Promise<never> {
  if (refusal.status === 403) redirect("/no-tenant");
  return askToSignIn(refusal);
}

/** The caller's own tenant, for the page that they are sent to instead of another's; or why there is none for them. */
export async function ownTenant(): Promise<string | AppError> {
  const tenant = await resolveOnce(await currentCaller(), null);
  if (!(tenant instanceof AppError)) return tenant.tenantId;
  if (tenant.status === 403) return tenant;
  throw tenant;
}

/**
 * Whether this browser is signed in, for a page that is open to everyone.
 *
 * @throws AppError when it cannot be told now: whoever is signed in would be asked to sign in again, in vain.
 */
export async function isSignedIn(): Promise<boolean> {
  const caller = await identifyBrowser();
  if (caller instanceof AppError && caller.status === 503) throw caller;
  return !(caller instanceof AppError);
}

/**
 * What the person who opened this page is called, and their address: of an operator elsewhere the tenant knows no name.
 */
export const currentPerson = cache(
  async (): Promise<{ sub: string; name: string | null; address: string }> => {
    const [tenant, { name: address }] = await Promise.all([currentTenant(), currentSession()]);
    return { sub: tenant.principal.sub, name: await ownName(tenant), address };
  },
);

/** What the session cookie of this browser says. @throws AppError `session_ended`. */
export async function currentSession(): Promise<SessionCookie> {
  const { cookie } = await currentCaller();
  if (!cookie) throw new AppError("session_ended");
  return cookie;
}

/** The address that was asked for, as the middleware says it, and the tenant whose own host that was. */
async function askedFor(): Promise<{ path: string | null; tenantHost: string | null }> {
  const asked = await headers();
  return { path: asked.get(PATH_HEADER), tenantHost: tenantOfHost(asked.get("host")) };
}

async function refusalOr<T>(work: Promise<T>): Promise<T | AppError> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
