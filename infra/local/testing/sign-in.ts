import { beginSignIn } from "../../../lib/auth/endings/sign-in-order";
import { usableTokens } from "../../../lib/auth/endings/usable-tokens";
import { createSession } from "../../../lib/auth/session/session-store";
import type { TenantContext } from "../../../lib/auth/tenancy/tenant";
import { signInWithPassword } from "../../../lib/cognito/sign-in";
import { members } from "../../../lib/db/schema";
import { withTenant } from "../../../lib/db/with-tenant";
import { rememberSignIn } from "../../../lib/members/remember-sign-in";
import { DEMO_PASSWORD } from "../provision";
import { makeTenant } from "./tenant";

/** Signs in as the application has it: with a session of a browser, and on the tenant's list and record. */
export async function signIn(email: string) {
  const number = await beginSignIn();
  const outcome = await signInWithPassword(email, DEMO_PASSWORD);
  if ("challenge" in outcome) throw new Error(`${email} is asked for ${outcome.challenge.name}`);
  const { tokens, principal } = await usableTokens(outcome.tokens, number);
  const { sub, username } = principal;
  const origin = { address: "192.0.2.1", userAgent: "test" };
  await createSession({ sub, username, client: "server", tenant: principal.tenantClaim, ...origin }, tokens);
  await rememberSignIn(principal, { way: "form", ...origin, isNewDevice: false });
  return { principal, tokens };
}

type Row = Partial<Pick<typeof members.$inferInsert, "name" | "email" | "role" | "status">>;

/**
 * A caller who is on the tenant's list of members, in the tenant of another where one is given.
 *
 * @public for features
 */
export async function listedMember(row: Row = {}, of: Partial<TenantContext> = {}): Promise<TenantContext> {
  const { role = "member" } = row;
  const tenant = makeTenant({ ...(of.tenantId && { tenantId: of.tenantId }), groups: [role] });
  const { tenantId, principal } = tenant;
  const now = new Date();
  await withTenant(tenantId, (tx) =>
    tx.insert(members).values({
      email: `${principal.sub.slice(0, 8)}@people.example`,
      status: "active",
      ...row,
      tenantId,
      sub: principal.sub,
      username: principal.sub,
      role,
      isOperator: false,
      createdAt: now,
      updatedAt: now,
    }),
  );
  return tenant;
}
