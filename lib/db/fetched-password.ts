import { z } from "zod";
import { AppError } from "../errors";
import { UnfitDatabaseError } from "./errors";
import { jsonOf } from "./json-of";

/** What one logs in to the server with. */
export type LoginPassword = {
  /** Asked for each new connection; undefined when none was given. @throws UnfitDatabaseError; AppError. */
  current: (() => Promise<string>) | undefined;
  /**
   * To be told of a refusal (28P01).
   *
   * @param since when the refused connection was begun, by performance.now().
   * @returns whether another try would be with another password.
   */
  refused(since: number): boolean;
};

const CONNECT_MS = 1_000;
const TOTAL_MS = 3_000;
/** A password that is wrong for good is not asked for with every request. */
const PAUSE_MS = 1_000;
const RETRY_AFTER_SECONDS = 2;

/** As RDS keeps it. AWS Secrets Manager, "JSON structure of secrets". */
const OfRds = z.object({ username: z.string().optional(), password: z.string().min(1) });

/**
 * A password in AWS Secrets Manager: fetched once, and anew when the server refuses it, because it rotates while the
 * process runs.
 *
 * @param secret its name or ARN.
 * @param login whose password it must be.
 */
export function fetchedPassword(secret: string, login: string, region: string): LoginPassword {
  let known: Promise<string> | undefined;
  let fetchedAt = 0;
  const fetchOnce = () => {
    fetchedAt = performance.now();
    known = fetchPassword(secret, login, region);
    known.catch(() => {
      known = undefined;
    });
    return known;
  };
  return {
    current: () => known ?? fetchOnce(),
    refused: (since) => {
      // Somebody else has heard of it, and has another one by now.
      if (fetchedAt > since) return known !== undefined;
      if (performance.now() - fetchedAt < PAUSE_MS) return false;
      known = undefined;
      return true;
    },
  };
}

async function fetchPassword(SecretId: string, login: string, region: string): Promise<string> {
  const { GetSecretValueCommand, SecretsManagerClient } = await import("@aws-sdk/client-secrets-manager");
  const client = new SecretsManagerClient({
    // An ARN says where the secret is.
    region: /^arn:[\w-]+:secretsmanager:([\w-]+):/.exec(SecretId)?.[1] ?? region,
    maxAttempts: 2,
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: TOTAL_MS },
  });
  try {
    const { SecretString = "" } = await client.send(new GetSecretValueCommand({ SecretId }));
    return passwordIn(SecretString, login);
  } catch (error) {
    throw explained(error);
  } finally {
    client.destroy();
  }
}

function passwordIn(text: string, login: string): string {
  const found = OfRds.safeParse(jsonOf(text)).data ?? { password: text };
  if (found.username !== undefined && found.username !== login) {
    throw new UnfitDatabaseError(
      "DATABASE_PASSWORD_SECRET holds the password of another login than DATABASE_URL names.",
    );
  }
  if (!found.password) throw new UnfitDatabaseError("DATABASE_PASSWORD_SECRET holds no password.");
  return found.password;
}

/** What AWS refuses needs a person; anything else may pass. */
function explained(error: unknown): unknown {
  if (error instanceof UnfitDatabaseError || !(error instanceof Error)) return error;
  const isRefused =
    "$fault" in error && error.$fault === "client" && !/Throttling|TooManyRequests/.test(error.name);
  if (isRefused || error.name === "CredentialsProviderError") {
    return new UnfitDatabaseError(`DATABASE_PASSWORD_SECRET cannot be read: ${error.name}, ${error.message}`);
  }
  return new AppError("database_unavailable", { cause: error, retryAfter: RETRY_AFTER_SECONDS });
}
