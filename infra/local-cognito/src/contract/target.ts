import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";

/**
 * What the contract is held against. By itself each file starts a local Cognito; elsewhere it is pointed with
 *
 *     COGNITO_CONTRACT_ENDPOINT=http://127.0.0.1:9229 npx vitest run infra/local-cognito/src/contract
 *
 * and at AWS with `https://cognito-idp.<region>.amazonaws.com` and credentials in the usual AWS_* variables. It
 * makes its own pools and deletes them. What a target cannot do (hand over what it mailed, turn its clock, run
 * triggers in this process) is skipped, with a line that says so.
 */
export interface Target {
  endpoint: string;
  region: string;
  sdk: CognitoIdentityProvider;
  /** Started here, for this file alone: its clock may be turned and its calls be disturbed. */
  isOwn: boolean;
  /** AWS itself: signatures are checked, mails and texts are really sent. */
  isAws: boolean;
  /** Whether what it would have mailed or texted can be read. */
  tellsMessages: boolean;
  issuer(poolId: string): string;
  /** Where the Hosted UI of the pool with this domain prefix is. */
  hosted(domain: string): string;
  /** Newest first. */
  messagesTo(address: string): Promise<Message[]>;
  /** Shifts the clock for what `during` does. */
  later<T>(seconds: number, during: () => Promise<T>): Promise<T>;
  /** By a clock ahead where it can be turned: a lockout of one second lasts for what comes after, on a busy machine too. */
  lockingOut<T>(during: () => Promise<T>): Promise<T>;
  /** Asks for a control of the local server, such as `faults`. */
  control(path: string, body: object): Promise<Response>;
  pools: Set<string>;
  close(): Promise<void>;
}

interface Message {
  kind: string;
  medium: string;
  to: string;
  subject?: string;
  body: string;
}

/** A Lambda's event, as far as the checks read it. */
export interface TriggerEvent {
  version: string;
  triggerSource: string;
  region: string;
  userPoolId: string;
  userName: string;
  callerContext: { awsSdkVersion: string; clientId: string };
  request: Record<string, unknown>;
  response: Record<string, unknown>;
}
/** ARN → handler. Method syntax: each takes its own kind of event. */
export type Triggers = Record<string, { handle(event: TriggerEvent): unknown }["handle"]>;

const given = process.env.COGNITO_CONTRACT_ENDPOINT;
const DUMMY = { accessKeyId: "local", secretAccessKey: "local" };

/** @param triggers run by a target of its own; others have none of them. */
export async function openTarget(triggers: Triggers = {}): Promise<Target> {
  const own = given === undefined ? await start(triggers) : undefined;
  const endpoint = (own?.url ?? given ?? "").replace(/\/$/, "");
  const atAws = /(^|\.)amazonaws\.com$/.exec(new URL(endpoint).hostname) !== null;
  const region = /cognito-idp\.([\w-]+)\./.exec(endpoint)?.[1] ?? "ap-northeast-1";
  const sdk = new CognitoIdentityProvider({
    endpoint,
    region,
    ...(!atAws && { credentials: DUMMY }),
    // The SDK takes limits for throttling: it would wait and try again.
    ...(own && { maxAttempts: 1 }),
  });
  const local = (path: string, init?: RequestInit) => fetch(`${endpoint}/_local/${path}`, init);
  const tellsMessages = own !== undefined || (!atAws && (await answers(local("messages"))));
  const control = (path: string, body: object) =>
    local(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const pools = new Set<string>();
  const target: Target = {
    endpoint,
    region,
    sdk,
    isOwn: own !== undefined,
    isAws: atAws,
    tellsMessages,
    pools,
    control,
    issuer: (poolId) => `${endpoint}/${poolId}`,
    hosted: (domain) => (atAws ? `https://${domain}.auth.${region}.amazoncognito.com` : endpoint),
    messagesTo: async (address) => {
      const response = await local(`messages?to=${encodeURIComponent(address)}`);
      return ((await response.json()) as { messages: Message[] }).messages;
    },
    later: async (seconds, during) => {
      await control("clock", { offsetSeconds: seconds });
      try {
        return await during();
      } finally {
        await control("clock", { offsetSeconds: 0 });
      }
    },
    lockingOut: (during) => (own ? target.later(30, during) : during()),
    close: async () => {
      if (!own) for (const id of pools) await deletePool(sdk, id);
      sdk.destroy();
      await own?.stop();
    },
  };
  for (const [what, isThere] of [
    ["what was mailed and texted", tellsMessages],
    ["the clock, faults and triggers", target.isOwn],
  ] as const) {
    if (!isThere)
      process.stdout.write(`skipped: the checks that need ${what}: ${endpoint} has no such control\n`);
  }
  return target;
}

async function start(triggers: Triggers): Promise<{ url: string; stop(): Promise<void> }> {
  // The only import from inside the package, and only when no other target was named.
  const { startCognito } = await import("../server");
  const dataDir = mkdtempSync(join(tmpdir(), "cognito-contract-"));
  const { url, close } = await startCognito({ port: 0, dataDir, triggers });
  const stop = async () => {
    await close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { url, stop };
}

/** Deletes a pool that may be there still, with its domains, which would be in the way. */
export async function deletePool(sdk: CognitoIdentityProvider, UserPoolId: string): Promise<void> {
  try {
    const { UserPool } = await sdk.describeUserPool({ UserPoolId });
    for (const Domain of [UserPool?.Domain, UserPool?.CustomDomain]) {
      if (Domain) await sdk.deleteUserPoolDomain({ UserPoolId, Domain });
    }
    await sdk.deleteUserPool({ UserPoolId });
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ResourceNotFoundException") throw error;
  }
}

async function answers(request: Promise<Response>): Promise<boolean> {
  return await request.then(
    (response) => response.ok,
    () => false,
  );
}
