import { and, eq, sql } from "drizzle-orm";
import { recordAudit } from "../../audit/record";
import { revokeRefreshToken } from "../../cognito/refresh-tokens";
import type { Tokens } from "../../cognito/sign-in";
import { deleteUser } from "../../cognito/user-administration";
import { singleSignOns } from "../../db/schema";
import { withTenant } from "../../db/with-tenant";
import { unverifiedOwner } from "../access/principal";
import type { SingleSignOnTest } from "../session/single-sign-on-test";
import { addressIn } from "./acceptance";
import { findAccepted } from "./accepted-users";
import { isExternal, providerNameOf } from "./provider-name";

/** `other_way`: they signed in by something else than the provider. `changed`: that is set otherwise by now. */
export type TestResult = "passed" | "other_way" | "changed";

/**
 * Ends a test of the tenant's provider: notes that somebody came back from it and who they are there, and has nothing
 * left of it. Nobody is signed in.
 *
 * @param address where the request comes from.
 * @throws AppError `cognito_unavailable`, `database_unavailable`.
 */
export async function finishTest(
  { sub, tenantId, version }: SingleSignOnTest,
  tokens: Tokens,
  address: string,
): Promise<TestResult> {
  const owner = unverifiedOwner(tokens);
  const subject = owner.identities?.find(({ provider }) => provider === providerNameOf(tenantId))?.subject;
  if (tokens.refreshToken) await revokeRefreshToken(tokens.refreshToken, "web");
  if (subject === undefined) return "other_way";
  if (isExternal(owner) && !(await findAccepted(owner.sub, tenantId))) await deleteUser(owner.username);
  const email = addressIn(tokens)?.email ?? null;
  return withTenant(tenantId, async (tx) => {
    const whereSame = and(eq(singleSignOns.tenantId, tenantId), eq(singleSignOns.providerVersion, version));
    const tested = await tx
      .update(singleSignOns)
      .set({
        testedAt: new Date(),
        testedSubject: subject,
        testedEmail: email,
        version: sql`${singleSignOns.version} + 1`,
      })
      .where(whereSame)
      .returning({ version: singleSignOns.version });
    if (tested.length === 0) return "changed";
    await recordAudit(
      tx,
      { tenantId, principal: { sub, email: null }, role: null, address },
      { action: "single_sign_on.tested", subject: { id: subject, label: email ?? subject } },
    );
    return "passed";
  });
}
