import { z } from "zod";
import { triggerFailed } from "../../model/failures";
import type { IdentityProvider, Profile } from "../../model/identity-provider";
import { claimsOf } from "../../rules/provider-claims";
import type { ThroughClient } from "../../store/cognito";
import { runTrigger } from "../../tokens/trigger";
import { eventOf } from "./triggers";

const answer = z.object({ userAttributesToMap: z.record(z.string(), z.unknown()).nullish() });

/**
 * The provider's claims as the pool's inbound federation trigger has them mapped: those alone that it answers with, or all as
 * they were where it answers with none. Source: developer guide, "Inbound federation Lambda trigger".
 *
 * @throws UserLambdaValidationException and its kin
 */
export async function transformedClaims(
  context: ThroughClient,
  { name: providerName, type: providerType }: IdentityProvider,
  { subject, claims, raw }: Profile,
): Promise<Profile["claims"]> {
  const { cognito, pool } = context;
  const arn = pool.settings.LambdaConfig.InboundFederation?.LambdaArn;
  if (!arn) return claims;
  const user = {
    username: `${providerName}_${subject}`,
    attributes: {},
    status: "EXTERNAL_PROVIDER" as const,
  };
  const told = await runTrigger(
    { triggers: cognito.triggers, arn, name: "InboundFederation" },
    {
      ...eventOf({ ...context, user }, { source: "InboundFederation_ExternalProvider" }),
      request: { providerName, providerType, attributes: raw },
      response: { userAttributesToMap: {} },
    },
  );
  const { success, data } = answer.safeParse(told);
  if (!success) throw triggerFailed.badResponse();
  const transformed = claimsOf(data.userAttributesToMap ?? {});
  return Object.keys(transformed).length > 0 ? transformed : claims;
}
