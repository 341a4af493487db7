import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  type AdminInitiateAuthCommandOutput,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  type CognitoIdentityProviderClientConfig,
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { REGION } from "../model/pool";
import { type RunningCognito, startCognito } from "../server";
import type { SoftwareTokenSecret } from "../store/cognito";
import type { Triggers } from "../tokens/trigger";

export { Browser as TestBrowser } from "../contract/browser";
export { languageOf, texts } from "../hosted/texts";
export { secretHash } from "../rules/secret-hash";
export { stepAt, totpCode } from "../rules/totp";

export const PASSWORD = "Correct-horse-1";

/** A local Cognito for tests: a free port, a folder of its own, and a clock that tests may turn. */
export interface TestCognito {
  sdk: CognitoIdentityProviderClient;
  url: string;
  dataDir: string;
  clock: { ms: number; advance(duration: { seconds?: number; minutes?: number; days?: number }): void };
  rotateKeys: RunningCognito["rotateKeys"];
  stop(): Promise<void>;
}

/** @param maxAttempts 1 where limits are tried: the SDK takes them for throttling, and would wait and try again. */
export async function startTestCognito(
  triggers: Triggers = {},
  { maxAttempts, ...more }: { softwareTokenSecret?: SoftwareTokenSecret; maxAttempts?: number } = {},
): Promise<TestCognito> {
  const dataDir = mkdtempSync(join(tmpdir(), "cognito-"));
  const clock: TestCognito["clock"] = {
    ms: Date.now(),
    advance({ seconds = 0, minutes = 0, days = 0 }) {
      this.ms += (seconds + 60 * minutes + 86_400 * days) * 1_000;
    },
  };
  const now = () => clock.ms;
  const server: RunningCognito = await startCognito({ port: 0, dataDir, now, triggers, ...more });
  const sdk = localClient(server.url, maxAttempts === undefined ? {} : { maxAttempts });
  const stop = async () => {
    sdk.destroy();
    await server.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { sdk, url: server.url, dataDir, clock, rotateKeys: server.rotateKeys, stop };
}

/** A client of a local Cognito. The credentials are checked nowhere, but a request without any is refused. */
export function localClient(
  endpoint: string,
  more: CognitoIdentityProviderClientConfig = {},
): CognitoIdentityProviderClient {
  return new CognitoIdentityProviderClient({
    ...more,
    endpoint,
    region: REGION,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
}

/** An e-mail pool with `custom:tenant_id`. Resolves to its id. */
export async function createPool(
  sdk: CognitoIdentityProviderClient,
  overrides: Partial<CreateUserPoolCommandInput> = {},
): Promise<string> {
  const { UserPool } = await sdk.send(
    new CreateUserPoolCommand({
      PoolName: "test",
      UsernameAttributes: ["email"],
      UsernameConfiguration: { CaseSensitive: false },
      Schema: [
        {
          Name: "tenant_id",
          AttributeDataType: "String",
          StringAttributeConstraints: { MinLength: "2", MaxLength: "8" },
        },
      ],
      ...overrides,
    }),
  );
  return UserPool?.Id ?? "";
}

/** A client that allows the password and refresh flows and reads the tenant. */
export async function createClient(
  sdk: CognitoIdentityProviderClient,
  UserPoolId: string,
  overrides: Partial<CreateUserPoolClientCommandInput> = {},
): Promise<{ id: string; secret: string }> {
  const { UserPoolClient } = await sdk.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: "test",
      ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      ReadAttributes: ["email", "email_verified", "custom:tenant_id"],
      WriteAttributes: ["email", "name"],
      ...overrides,
    }),
  );
  return { id: UserPoolClient?.ClientId ?? "", secret: UserPoolClient?.ClientSecret ?? "" };
}

/** A confirmed user with `PASSWORD`, or with that as temporary password. Resolves to the username. */
export async function createUser(
  sdk: CognitoIdentityProviderClient,
  UserPoolId: string,
  email: string,
  options: { temporary?: boolean; attributes?: Record<string, string> } = {},
): Promise<string> {
  const attributes = { email, email_verified: "true", "custom:tenant_id": "acme", ...options.attributes };
  const { User } = await sdk.send(
    new AdminCreateUserCommand({
      UserPoolId,
      Username: email,
      TemporaryPassword: PASSWORD,
      MessageAction: "SUPPRESS",
      UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    }),
  );
  if (!options.temporary) {
    await sdk.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username: email, Password: PASSWORD, Permanent: true }),
    );
  }
  return User?.Username ?? "";
}

export function signIn(
  sdk: CognitoIdentityProviderClient,
  UserPoolId: string,
  ClientId: string,
  USERNAME: string,
  PASSWORD_: string = PASSWORD,
  more: Record<string, string> = {},
): Promise<AdminInitiateAuthCommandOutput> {
  return sdk.send(
    new AdminInitiateAuthCommand({
      UserPoolId,
      ClientId,
      AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME, PASSWORD: PASSWORD_, ...more },
    }),
  );
}

export function refresh(
  sdk: CognitoIdentityProviderClient,
  UserPoolId: string,
  ClientId: string,
  token: string,
  more: Record<string, string> = {},
): Promise<AdminInitiateAuthCommandOutput> {
  return sdk.send(
    new AdminInitiateAuthCommand({
      UserPoolId,
      ClientId,
      AuthFlow: "REFRESH_TOKEN_AUTH",
      AuthParameters: { REFRESH_TOKEN: token, ...more },
    }),
  );
}

/** The three tokens of an answer, with the claims of two. */
export function tokensOf(answer: AdminInitiateAuthCommandOutput) {
  const { AccessToken = "", IdToken = "", RefreshToken = "" } = answer.AuthenticationResult ?? {};
  return { AccessToken, IdToken, RefreshToken, access: decodeJwt(AccessToken), id: decodeJwt(IdToken) };
}

/** What was mailed or texted to an address, newest first. */
export async function messagesTo(
  { url }: { url: string },
  to: string,
): Promise<{ kind: string; medium: string; to: string; subject?: string; body: string }[]> {
  const response = await fetch(`${url}/_local/messages`, { headers: { accept: "application/json" } });
  const { messages } = (await response.json()) as { messages: Awaited<ReturnType<typeof messagesTo>> };
  return messages.filter((message) => message.to === to);
}

/** Expects a refusal with this exception name and, when given, exactly this message. */
export async function refused(request: Promise<unknown>, name: string, message?: string): Promise<void> {
  const { name: actual, message: said } = await request.then(
    () => new Error("It was not refused."),
    (reason: Error) => reason,
  );
  assert.deepEqual({ name: actual, message: said }, { name, message: message ?? said });
}
