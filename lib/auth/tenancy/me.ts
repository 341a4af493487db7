import { z } from "zod";
import { env } from "../../env";
import type { Principal } from "../access/principal";
import type { TenantContext } from "./tenant";

const TokenUse = z.enum(["access", "id"]);
const EXAMPLE = "b7d4ca28-50f1-70c5-9c3e-2f6d1a5e8b90";

export const Me = z
  .object({
    sub: z.string(),
    username: z.string().describe("Cognito's own name of the user."),
    email: z
      .string()
      .nullable()
      .describe("Null for an access token, which does not carry it, and while it is not verified."),
    name: z
      .string()
      .nullable()
      .describe("What they are called; null for an access token, and while they have not said it."),
    token_use: TokenUse,
  })
  .meta({
    id: "Me",
    examples: [{ sub: EXAMPLE, username: EXAMPLE, email: null, name: null, token_use: "access" }],
  });
export const CurrentTenant = z
  .object({
    tenant_id: z.string(),
    token_use: TokenUse,
    mode: z.enum(["header", "subdomain", "claim"]).describe("How this deployment lets one name a tenant."),
  })
  .meta({ id: "CurrentTenant", examples: [{ tenant_id: "acme", token_use: "access", mode: "header" }] });

/** Who the token says one is, as the API shows it. */
export function toMe({ sub, username, email, name, tokenUse }: Principal): z.output<typeof Me> {
  return { sub, username, email, name, token_use: tokenUse };
}

/** For which tenant one is working, as the API shows it. */
export function toCurrentTenant({ tenantId, principal }: TenantContext): z.output<typeof CurrentTenant> {
  return { tenant_id: tenantId, token_use: principal.tokenUse, mode: env().TENANT_MODE };
}
