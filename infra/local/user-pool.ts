import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { findPool, localClient } from "./provision";
import { Refusal } from "./refusal";

/** The user pool that a command works on. */
export interface UserPool {
  cognito: CognitoIdentityProvider;
  id: string;
  /** Of a local Cognito; undefined on AWS. */
  endpoint?: string;
  /** For the person who reads the result. */
  name: string;
}

/**
 * The pool that the environment means. Never guesses between a laptop and production: the real one is meant
 * only by a pool id without an endpoint, and an endpoint must be on loopback.
 *
 * @throws Refusal
 */
export async function findUserPool(poolName = "sekisho"): Promise<UserPool> {
  const { COGNITO_ENDPOINT: endpoint, COGNITO_USER_POOL_ID: id } = process.env;
  if (endpoint || !id) {
    return localPool(endpoint || `http://127.0.0.1:${process.env.COGNITO_LOCAL_PORT || 9229}`, poolName);
  }
  const [region, name] = id.split("_");
  if (!region || !name) throw new Refusal(`COGNITO_USER_POOL_ID must look like region_name, and is "${id}".`);
  const configured = process.env.AWS_REGION;
  if (configured && configured !== region) {
    throw new Refusal(`COGNITO_USER_POOL_ID is a pool in ${region}, but AWS_REGION is ${configured}.`);
  }
  return { cognito: new CognitoIdentityProvider({ region }), id, name: `pool ${id} on AWS` };
}

async function localPool(endpoint: string, poolName: string): Promise<UserPool> {
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : "";
  if (!["127.0.0.1", "localhost", "[::1]"].includes(host)) {
    throw new Refusal(
      `COGNITO_ENDPOINT must be a local Cognito, and is "${endpoint}". Unset it to reach a pool on AWS.`,
    );
  }
  const cognito = localClient(endpoint);
  const nobody = `No local Cognito answers at ${endpoint}. Start one (npm run dev, or npm run cognito), or set COGNITO_USER_POOL_ID to reach a pool on AWS.`;
  const id = await answered(findPool(cognito, poolName), {
    ECONNREFUSED: nobody,
    ECONNRESET: nobody,
    ETIMEDOUT: nobody,
  });
  if (!id) throw new Refusal(`The local Cognito at ${endpoint} has no pool named "${poolName}".`);
  return { cognito, id, endpoint, name: `pool ${id} on the local Cognito at ${endpoint}` };
}

/** @throws Refusal for a group that the pool does not have: a user without it would be another than was meant. */
export async function requireGroup({ cognito, id, name }: UserPool, group: string): Promise<void> {
  await answered(cognito.getGroup({ UserPoolId: id, GroupName: group }), {
    ResourceNotFoundException: `There is no group "${group}" in ${name}.`,
  });
}

/**
 * Waits for Cognito's answer.
 *
 * @param known sentences for what may be wrong, by the exception's name or the system's code.
 * @throws Refusal with what Cognito says, or why it says nothing.
 */
export async function answered<T>(answer: Promise<T>, known: Record<string, string> = {}): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const { name, code } = error as Partial<NodeJS.ErrnoException>;
    throw new Refusal(known[name ?? ""] ?? known[code ?? ""] ?? whyCognito(error));
  }
}

/** What came instead of Cognito's answer, in a sentence. */
export function whyCognito(error: unknown): string {
  if (!(error instanceof Error)) return "Cognito does not answer in time.";
  const { name } = error;
  // The SDK adds lines for programmers.
  const said = (error.message.split("\n")[0] ?? "").replace(/[.\s]+$/, "");
  if (name === "CredentialsProviderError") return `There are no credentials for AWS: ${said}.`;
  if ("$fault" in error) return `Cognito refuses: ${said || "it does not say why"} (${name}).`;
  const { code } = error as NodeJS.ErrnoException;
  return `Cognito does not answer: ${said || code || name}.`;
}
