import { z } from "zod";
import { CognitoFailure, triggerFailed } from "../../model/failures";
import { type Occasion, run } from "./triggers";

const answer = z.object({
  userAttributes: z.record(z.string(), z.string()).nullish(),
  finalUserStatus: z.string().nullish(),
  messageAction: z.string().nullish(),
  desiredDeliveryMediums: z.array(z.string()).nullish(),
  forceAliasCreation: z.boolean().nullish(),
});

export interface Migrated {
  attributes: Record<string, string>;
  isConfirmed: boolean;
}

/**
 * Asks for somebody who is not in the pool (developer guide, "Migrate user Lambda trigger"). Undefined without such a
 * trigger, and where it refuses or gives nobody.
 *
 * @param password absent for a forgotten one
 * @throws UnexpectedLambdaException, InvalidLambdaResponseException
 */
export async function migratedUser(
  { clientMetadata, ...occasion }: Omit<Occasion, "user">,
  name: string,
  password?: string,
): Promise<Migrated | undefined> {
  const source = password === undefined ? "UserMigration_ForgotPassword" : "UserMigration_Authentication";
  const request = { password: password ?? null, validationData: clientMetadata ?? null };
  const response = {
    userAttributes: null,
    finalUserStatus: null,
    messageAction: null,
    desiredDeliveryMediums: null,
    forceAliasCreation: null,
  };
  const user = { username: name, attributes: {}, status: "UNCONFIRMED" as const };
  const event = { source, request, response };
  const told = await run("UserMigration", { ...occasion, user, clientMetadata }, event).catch(
    refusedAsNobody,
  );
  if (!told) return undefined;
  const { success, data } = answer.safeParse(told);
  if (!success) throw triggerFailed.badResponse();
  const { userAttributes, finalUserStatus } = data;
  return userAttributes
    ? { attributes: userAttributes, isConfirmed: finalUserStatus === "CONFIRMED" }
    : undefined;
}

/** A trigger that throws says that there is nobody of that name and password. */
function refusedAsNobody(error: unknown): undefined {
  if (error instanceof CognitoFailure && error.name === "UserLambdaValidationException") return undefined;
  throw error;
}
