import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { type StartOptions, startCognito } from "@sekisho/local-cognito";
import { localClient, type PoolEnvironment, provision } from "../provision";
import { triggers } from "../triggers";
import { putInPlace } from "./run-folder";

/** How calls to Cognito fare: they arrive, find nobody, hang, or are answered 500 or with throttling. */
type Weather = "fine" | "down" | "hanging" | "failing" | "throttling";

/** The local Cognito with the demo users, and a proxy before it that counts and disturbs. */
export type TestCognito = {
  /** For the application; its endpoint is the proxy. */
  environment: PoolEnvironment;
  /** Past the proxy. */
  url: string;
  /** An administrator's client, past the proxy. */
  sdk: CognitoIdentityProvider;
  UserPoolId: string;
  weather: Weather;
  /** The operations asked for since it was last emptied, as `InitiateAuth`. */
  calls: string[];
  close(): Promise<void>;
};

/** @param mockIdp who is at the identity providers at `/_idp/<any name>`, which there are none of otherwise. */
export async function startTestCognito(
  options: Parameters<typeof provision>[1] = {},
  { mockIdp }: Pick<StartOptions, "mockIdp"> = {},
): Promise<TestCognito> {
  const dataDir = mkdtempSync(join(tmpdir(), "sekisho-cognito-"));
  const { TEST_RUN_FOLDER } = process.env;
  // A client with a secret, say, is none that was made without.
  if (TEST_RUN_FOLDER !== undefined && Object.keys(options).length === 0)
    await giveProvisioned(TEST_RUN_FOLDER, dataDir);
  const cognito = await startCognito({ port: 0, dataDir, triggers, requirePkce: true, mockIdp });
  // As the local Cognito keeps its connections, whose answers say so.
  const proxy = createServer({ keepAliveTimeout: 65_000 }, (incoming, outgoing) => {
    state.calls.push(String(incoming.headers["x-amz-target"]).replace(/^.*\./, ""));
    pass(state, cognito.port, incoming, outgoing);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const { port } = proxy.address() as AddressInfo;
  const provisioned = await provision(cognito.url, options);
  const state: TestCognito = {
    environment: { ...provisioned, COGNITO_ENDPOINT: `http://127.0.0.1:${port}` },
    url: cognito.url,
    sdk: localClient(cognito.url),
    UserPoolId: provisioned.COGNITO_USER_POOL_ID,
    weather: "fine",
    calls: [],
    close: async () => {
      state.sdk.destroy();
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
      await cognito.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return state;
}

/** Puts the demo's pool into an empty folder; making it, which is mostly keys and passwords, takes eight times the work. */
async function giveProvisioned(runFolder: string, dataDir: string): Promise<void> {
  const provisioned = join(runFolder, "cognito");
  if (!existsSync(provisioned)) {
    const unfinished = mkdtempSync(`${provisioned}-`);
    const cognito = await startCognito({ port: 0, dataDir: unfinished, triggers });
    await provision(cognito.url).finally(() => cognito.close());
    putInPlace(unfinished, provisioned);
  }
  cpSync(provisioned, dataDir, { recursive: true });
}

function pass(
  { weather }: TestCognito,
  port: number,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void {
  if (weather === "down") incoming.destroy();
  else if (weather === "failing") outgoing.writeHead(500).end("{}");
  else if (weather === "throttling") {
    outgoing.writeHead(400, { "Content-Type": "application/x-amz-json-1.1" });
    outgoing.end('{"__type":"TooManyRequestsException","message":"Too many requests"}');
  } else if (weather === "fine") {
    const { method, url: path, headers } = incoming;
    const onward = request({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  }
}
