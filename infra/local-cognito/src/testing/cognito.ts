import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CognitoIdentityProvider,
  type CognitoIdentityProviderClientConfig,
} from "@aws-sdk/client-cognito-identity-provider";
import { DEFAULT_REGION } from "../model/pool";
import type { SoftwareTokenSecret } from "../model/user";
import { type RunningCognito, type Seed, startCognito } from "../server";
import type { ServerOptions } from "../server-options";
import type { Triggers } from "../tokens/trigger";

export { Authenticator as TestPasskey } from "../contract/authenticator";
export { Browser as TestBrowser } from "../contract/browser";
export { signIn } from "../contract/pool";
export { refused } from "../contract/refusal";
export { languageOf, texts } from "../hosted/texts";
export { secretHash } from "../rules/secret-hash";
export { stepAt, totpCode } from "../rules/totp";

/** A local Cognito for tests: a free port, a folder of its own, and a clock that tests may turn. */
export interface TestCognito {
  sdk: CognitoIdentityProvider;
  url: string;
  dataDir: string;
  clock: { ms: number; advance(duration: { seconds?: number; minutes?: number; days?: number }): void };
  rotateKeys: RunningCognito["rotateKeys"];
  stop(): Promise<void>;
}

/** @param maxAttempts 1 where limits are tried: the SDK takes them for throttling, and would wait and try again. */
export async function startTestCognito(
  triggers: Triggers = {},
  {
    maxAttempts,
    ...more
  }: {
    softwareTokenSecret?: SoftwareTokenSecret;
    seed?: string | Seed;
    mockIdp?: ServerOptions["mockIdp"];
    maxAttempts?: number;
  } = {},
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
): CognitoIdentityProvider {
  return new CognitoIdentityProvider({
    ...more,
    endpoint,
    region: DEFAULT_REGION,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
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
