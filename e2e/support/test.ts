import { SetUserPoolMfaConfigCommand } from "@aws-sdk/client-cognito-identity-provider";
import { test as base } from "@playwright/test";
import type { Environment } from "../../infra/local/application";
import { mfaSettings } from "../../infra/local/pool-shape";
import { type Ground, type Stack, type StackOptions, startGround, startStack } from "../../infra/local/stack";
import { QUICK_START } from "../../infra/local/testing/quick-start";
import { hasSharedPostgres, newDatabase } from "./shared-postgres";
import { StackShelf } from "./stack-shelf";
import { withCognito } from "./users";
import { type Words, wordsFor } from "./words";

type TestFixtures = {
  /** What is different about this file's stack: `test.use({ stackOptions })`. */
  stackOptions: StackOptions;
  /** The ground with an application on it, both shared by the tests of a worker that have the same options. */
  stack: Stack;
  /** Where the application of the stack answers. */
  baseURL: string;
  /** What the pages say in the language of this run: `t("common.save")` is what stands on the button. */
  t: Words;
};
/**
 * What a worker starts once, when a test first asks for it. All of it is here: a file with worker fixtures of its own
 * would get a worker of its own, which costs as much as twenty tests.
 */
type WorkerFixtures = {
  /** A local Cognito, and a database: PostgreSQL in English, else PGlite. Tests may start applications on it. */
  ground: Ground;
  stacks: StackShelf;
  /** A stack whose pool wants a second factor of everybody. */
  strict: Stack;
};

// The lock file pins an SDK that runs on this Node; its note about later ones would stand between the results.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

/** Playwright's test with our stacks and words. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  ground: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from its first parameter.
    async ({}, use, { project }) => {
      const ground = await startGround({
        environment: await environmentOf(project.name),
        nodeFlags: QUICK_START,
      });
      await use(ground);
      await ground.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  stacks: [
    async ({ ground }, use) => {
      const stacks = new StackShelf(ground);
      await use(stacks);
      await stacks.clear();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  strict: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from its first parameter.
    async ({}, use, { project }) => {
      const stack = await startStack({
        environment: await environmentOf(project.name),
        nodeFlags: QUICK_START,
      });
      await withCognito(stack, (client, UserPoolId) =>
        client.send(new SetUserPoolMfaConfigCommand({ UserPoolId, ...mfaSettings, MfaConfiguration: "ON" })),
      );
      await use(stack);
      await stack.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  stackOptions: [{}, { option: true }],
  stack: [async ({ stacks, stackOptions }, use) => use(await stacks.get(stackOptions)), { timeout: 60_000 }],
  baseURL: async ({ stack }, use) => use(stack.application.url),
  t: async ({ locale }, use) => use(wordsFor(locale ?? "en")),
});

/** A database of its own; and everybody in a test comes from one address, where many of them are meant to fail. */
async function environmentOf(project: string): Promise<Environment> {
  const isOnPostgres = project === "en" && hasSharedPostgres();
  return {
    DATABASE_URL: isOnPostgres ? (await newDatabase()).appUrl : undefined,
    SIGN_IN_TRIES_PER_ADDRESS: "100000",
  };
}

/** The tag of a journey that has nothing to do with words: it is made in one language only. */
export const ONCE = "@once";

export { expect } from "@playwright/test";
