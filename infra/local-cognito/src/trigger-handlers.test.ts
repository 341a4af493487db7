import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LambdaConfigType } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { newBench } from "./contract/bench";
import { PASSWORD } from "./contract/pool";
import { refused } from "./contract/refusal";
import { type StartOptions, startCognito } from "./server";
import { localClient } from "./testing/cognito";

const arnOf = (name: string) => `arn:aws:lambda:eu-west-1:000000000000:function:${name}`;
const ARN = arnOf("mine");

/** What a handler is told and says, and the folder of its module. */
const folder = mkdtempSync(join(tmpdir(), "cognito-triggers-"));
const toEnd: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of toEnd.splice(0).reverse()) await end();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** A pool with the trigger, and somebody who signs up in it. */
async function open(triggers: StartOptions["triggers"], LambdaConfig: LambdaConfigType = { PreSignUp: ARN }) {
  const dataDir = mkdtempSync(join(tmpdir(), "cognito-"));
  const cognito = await startCognito({ dataDir, triggers });
  const sdk = localClient(cognito.url, { maxAttempts: 1 });
  toEnd.push(
    () => rmSync(dataDir, { recursive: true }),
    cognito.close,
    () => sdk.destroy(),
  );
  const bench = await newBench({ sdk }, {}, { LambdaConfig });
  const signUp = (Username = "bob@acme.example") =>
    sdk.signUp({ ClientId: bench.client.id, Username, Password: PASSWORD });
  return { ...bench, signUp };
}

const CONFIRMS = "event.response.autoConfirmUser = true; return event;";

describe("a trigger that is a module", () => {
  it.each([
    [
      "in TypeScript",
      "a.ts",
      `export const handler = async (event: { response: object }) => { ${CONFIRMS.replace("event.response", "(event.response as any)")} };`,
      "a.ts",
    ],
    ["in JavaScript", "a.mjs", `export const handler = async (event) => { ${CONFIRMS} };`, "a.mjs"],
    ["by its name", "b.mjs", `export const mine = async (event) => { ${CONFIRMS} };`, "b.mjs#mine"],
    [
      "with a callback",
      "c.mjs",
      "export const handler = (event, context, callback) => { event.response.autoConfirmUser = true; callback(null, event); };",
      "c.mjs",
    ],
  ])("%s is run", async (_, name, text, target) => {
    file(name, text);
    const { signUp } = await open({ [ARN]: join(folder, target) });
    expect((await signUp()).UserConfirmed).toBe(true);
  });

  it("refuses by throwing, or by calling back with an error", async () => {
    file("throws.mjs", "export const handler = () => { throw new Error('Not you'); };");
    file("fails.mjs", "export const handler = (event, context, callback) => callback(new Error('Not you'));");
    for (const name of ["throws.mjs", "fails.mjs"]) {
      const { signUp } = await open({ [ARN]: join(folder, name) });
      await refused(signUp(), "UserLambdaValidationException", "PreSignUp failed with error Not you.");
    }
  });

  it("is found from the folder of the file that names it", async () => {
    file("d.mjs", `export const handler = async (event) => { ${CONFIRMS} };`);
    for (const map of [
      file("triggers.json", JSON.stringify({ [ARN]: "./d.mjs" })),
      file("triggers.yaml", `${ARN}: ./d.mjs # a comment\n`),
    ]) {
      expect((await (await open(map)).signUp()).UserConfirmed).toBe(true);
    }
  });

  it.each([
    ["a module that is not there", { [ARN]: "./nonesuch.mjs" }, /^There is no module .*nonesuch\.mjs\.$/],
    [
      "an export that is not there",
      { [ARN]: join(folder, "empty.mjs") },
      /^The trigger arn.* exports no function handler\.$/,
    ],
    ["what is no ARN", { mine: "./a.mjs" }, "The trigger mine is no ARN of a Lambda function, and no *."],
    ["what leads nowhere", { [ARN]: "" }, `The trigger ${ARN} must lead to a module or a URL.`],
    ["what is no URL", { [ARN]: "http://" }, `The trigger ${ARN} leads to http://, which is no URL.`],
    ["a file that is not there", "./nonesuch.json", /^The triggers .\/nonesuch\.json cannot be read: ENOENT/],
  ])("with %s is refused at the start", async (_, triggers, words) => {
    file("empty.mjs", "export const other = 1;");
    await expect(open(triggers)).rejects.toThrow(words);
  });
});

/** Answers as AWS's emulators do (documented under "Testing Lambda container images locally", and Lambda's Invoke). */
describe("a trigger behind a URL", () => {
  let server: Server;
  let url: string;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let seen: { path?: string | undefined; method?: string | undefined; event: Record<string, never> }[] = [];
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      seen.push({
        path: request.url,
        method: request.method,
        event: JSON.parse(Buffer.concat(chunks).toString()),
      });
      answer(request, response);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    seen = [];
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const returns = (change: (event: Record<string, never>) => unknown) => {
    answer = (_, response) => response.end(JSON.stringify(change(seen.at(-1)?.event ?? {})));
  };
  const PATH = "/2015-03-31/functions/function/invocations";

  it("is invoked with the event, and what it returns counts", async () => {
    returns((event) => ({ ...event, response: { autoConfirmUser: true } }));
    const { signUp, pool } = await open({ [ARN]: url + PATH });
    expect((await signUp()).UserConfirmed).toBe(true);
    expect(seen).toMatchObject([
      {
        path: PATH,
        method: "POST",
        event: { triggerSource: "PreSignUp_SignUp", userPoolId: pool, request: { validationData: null } },
      },
    ]);
  });

  it("puts claims into tokens", async () => {
    const claimsToAddOrOverride = { plan: "gold" };
    returns((event) => ({
      ...event,
      response: { claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride } } },
    }));
    const config = { PreTokenGenerationConfig: { LambdaVersion: "V2_0" as const, LambdaArn: ARN } };
    const { signedIn } = await open({ [ARN]: url + PATH }, config);
    expect((await signedIn()).access.plan).toBe("gold");
  });

  it("may stand for every function, by its name, beside one of its own", async () => {
    returns((event) => event);
    const triggers = { "*": `${url}/2015-03-31/functions/{name}/invocations`, [ARN]: `${url}/mine` };
    const { signUp } = await open(triggers, { PreSignUp: ARN, CustomMessage: arnOf("words") });
    await signUp();
    expect(seen.map(({ path }) => path)).toEqual(["/mine", "/2015-03-31/functions/words/invocations"]);
  });

  it.each<[string, (response: ServerResponse) => void, string, string]>([
    [
      "an error in the body",
      (response) => response.end('{"errorMessage":"Not you","errorType":"Error","stackTrace":[]}'),
      "UserLambdaValidationException",
      "PreSignUp failed with error Not you.",
    ],
    [
      "an error that the header tells",
      (response) =>
        response.setHeader("x-amz-function-error", "Unhandled").end('{"errorType":"Runtime.ExitError"}'),
      "UserLambdaValidationException",
      "PreSignUp failed with error Runtime.ExitError.",
    ],
    [
      "nothing",
      (response) => response.end(),
      "InvalidLambdaResponseException",
      "Unrecognizable lambda output",
    ],
    [
      "no JSON",
      (response) => response.end("<html>"),
      "InvalidLambdaResponseException",
      "Unrecognizable lambda output",
    ],
  ])("that answers %s is refused as on AWS", async (_, say, name, words) => {
    answer = (__, response) => say(response);
    const { signUp } = await open({ [ARN]: url + PATH });
    await refused(signUp(), name, words);
  });

  it("that is not there, or does not know the function, is an UnexpectedLambdaException that says why", async () => {
    answer = (_, response) => response.writeHead(404).end();
    const unknown = await open({ [ARN]: `${url}/nonesuch` });
    const said = /^PreSignUp invocation failed due to error status 404 \(http.*\/nonesuch\)\.$/;
    await refused(unknown.signUp(), "UnexpectedLambdaException", said);
    const closed = await open({ [ARN]: "http://127.0.0.1:1/" });
    await refused(closed.signUp(), "UnexpectedLambdaException", /127\.0\.0\.1:1/);
    const other = await open({ [arnOf("other")]: url });
    await refused(other.signUp(), "UnexpectedLambdaException", /ResourceNotFoundException/);
  });
});
