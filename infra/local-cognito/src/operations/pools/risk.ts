import { z } from "zod";
import { addOnNotEnabled, notHere } from "../../model/failures";
import { type Pool, riskSettings } from "../../model/pool";
import { riskOf } from "../../rules/compromised";
import type { InPool } from "../../store/cognito";
import { put } from "../../store/store";
import { signed } from "../operation";
import { clientId, userPoolId, wireTime } from "../parameters";

const named = z.object({ UserPoolId: userPoolId, ClientId: clientId.optional() });

/**
 * What is done about dangers, in a pool with threat protection. Passwords that everybody knows are refused by it. No sign-in
 * looks risky here, so what is to be done about those that do has no occasion; addresses to block are refused, since
 * addresses are not looked at.
 */
export const riskOperations = {
  SetRiskConfiguration: signed(
    named.extend(riskSettings.shape),
    (cognito, { UserPoolId, ClientId, ...settings }) => {
      const pool = protectedPool(cognito.inPool(UserPoolId), ClientId);
      if (settings.RiskExceptionConfiguration?.BlockedIPRangeList?.length)
        throw notHere("BlockedIPRangeList");
      const others = (pool.risks ?? []).filter(({ clientId: other }) => other !== ClientId);
      const isReset = Object.values(settings).every((each) => each === undefined);
      const risk = { clientId: ClientId, settings, modifiedAt: cognito.now() };
      const changed = { ...pool, risks: isReset ? others : [...others, risk] };
      cognito.commit(put("pools", changed));
      return { RiskConfiguration: describe(changed, ClientId) };
    },
  ),

  DescribeRiskConfiguration: signed(named, (cognito, { UserPoolId, ClientId }) => ({
    RiskConfiguration: describe(protectedPool(cognito.inPool(UserPoolId), ClientId), ClientId),
  })),
};

/** @throws UserPoolAddOnNotEnabledException, ResourceNotFoundException */
function protectedPool({ cognito, pool }: InPool, client: string | undefined): Pool {
  if (client !== undefined) cognito.client(client, pool);
  const mode = pool.settings.UserPoolAddOns?.AdvancedSecurityMode ?? "OFF";
  if (mode === "OFF") throw addOnNotEnabled();
  return pool;
}

function describe(pool: Pool, client: string | undefined): object {
  const risk = riskOf(pool, client);
  return {
    UserPoolId: pool.id,
    ...(client !== undefined && { ClientId: client }),
    ...risk?.settings,
    ...(risk && { LastModifiedDate: wireTime(risk.modifiedAt) }),
  };
}
