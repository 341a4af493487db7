import { SetUserPoolMfaConfigCommand } from "@aws-sdk/client-cognito-identity-provider";
import { test as base } from "@playwright/test";
import { mfaSettings } from "../../infra/local/pool-shape";
import { startPostgres } from "../../infra/local/postgres";
import { type Ground, type Stack, type StackOptions, startGround, startStack } from "../../infra/local/stack";
import type { Database } from "./database";
import { withCognito } from "./users";
import { type Words, wordsFor } from "./words";

type TestFixtures = {
  /** Where the application of the stack answers. */
  baseURL: string;
  /** What the pages say in the language of this run: `t("items.new")` is what stands on the button. */
  t: Words;
};
type WorkerFixtures = {
  stackOptions: StackOptions;
  /** A local Cognito, on which a test starts its own applications. */
  ground: Ground;
  /** The same with one application that the tests of a worker share. */
  stack: Stack;
  /** A stack whose pool wants a second factor of everybody. */
  strict: Stack;
  /** A PostgreSQL server of the worker's own. Skip a test of it where `withoutPostgres` says why. */
  postgres: Database;
};

// The lock file pins an SDK that runs on this Node; its note about later ones would stand between the results.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

/**
 * Playwright's test with what a worker starts once, when a test first asks for it; `stackOptions` makes another stack.
 * All of it is here: files with worker fixtures of their own would not share a worker, and so no stack.
 */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  stackOptions: [{}, { option: true, scope: "worker" }],
  ground: [
    async ({ stackOptions }, use) => {
      const ground = await startGround(stackOptions);
      await use(ground);
      await ground.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  stack: [
    async ({ ground }, use) => use({ ...ground, application: await ground.startApplication() }),
    { scope: "worker", timeout: 60_000 },
  ],
  strict: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from its first parameter.
    async ({}, use) => {
      const stack = await startStack();
      await withCognito(stack, (client, UserPoolId) =>
        client.send(new SetUserPoolMfaConfigCommand({ UserPoolId, ...mfaSettings, MfaConfiguration: "ON" })),
      );
      await use(stack);
      await stack.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  postgres: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from its first parameter.
    async ({}, use) => {
      const server = await startPostgres();
      if (!server) throw new Error("There is no PostgreSQL here.");
      await use({ server, database: await server.createDatabase() });
      await server.destroy();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  baseURL: async ({ stack }, use) => use(stack.application.url),
  t: async ({ locale }, use) => use(wordsFor(locale ?? "en")),
});

/** The tag of a journey that has nothing to do with words: it is made in one language only. */
export const ONCE = "@once";

export { expect } from "@playwright/test";
