import { z } from "zod";
import { invalidParameter, notHere, notInTier } from "../../model/failures";
import type { Pool } from "../../model/pool";
import { put } from "../../store/store";
import { signed } from "../operation";
import { userPoolId } from "../parameters";

const arn = z.string().min(20).max(2048);
const configuration = z.object({
  LogLevel: z.enum(["ERROR", "INFO"]),
  EventSource: z.enum(["userNotification", "userAuthEvents"]),
  CloudWatchLogsConfiguration: z.object({ LogGroupArn: arn.optional() }).optional(),
  S3Configuration: z.object({ BucketArn: z.string().min(3).max(1_024).optional() }).optional(),
  FirehoseConfiguration: z.object({ StreamArn: arn.optional() }).optional(),
});
const named = z.object({ UserPoolId: userPoolId });

/**
 * Where a pool would log what became of its messages. Here every message arrives, so that there is nothing to log; what is
 * logged of sign-ins is refused.
 */
export const logDeliveryOperations = {
  SetLogDeliveryConfiguration: signed(
    named.extend({ LogConfigurations: z.array(configuration).max(2) }),
    (cognito, { UserPoolId, LogConfigurations }) => {
      const pool = cognito.pool(UserPoolId);
      for (const each of LogConfigurations) assertConfiguration(pool, each);
      const sources = new Set(LogConfigurations.map(({ EventSource }) => EventSource));
      if (sources.size < LogConfigurations.length)
        throw invalidParameter("An event source is configured twice.");
      const changed = { ...pool, logs: LogConfigurations };
      cognito.commit(put("pools", changed));
      return describe(changed);
    },
  ),

  GetLogDeliveryConfiguration: signed(named, (cognito, { UserPoolId }) => describe(cognito.pool(UserPoolId))),
};

/** @throws FeatureUnavailableInTierException, InvalidParameterException */
function assertConfiguration({ settings }: Pool, each: z.output<typeof configuration>): void {
  if (each.EventSource === "userAuthEvents") {
    if (settings.UserPoolTier !== "PLUS") throw notInTier("Logging of user activity");
    throw notHere("the log source userAuthEvents");
  }
  if (each.LogLevel !== "ERROR" || !each.CloudWatchLogsConfiguration?.LogGroupArn) {
    throw invalidParameter("userNotification logs have the level ERROR and a CloudWatch log group.");
  }
}

function describe({ id, logs = [] }: Pool): object {
  return { LogDeliveryConfiguration: { UserPoolId: id, LogConfigurations: logs } };
}
