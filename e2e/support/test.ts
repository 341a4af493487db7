import { test as base } from "@playwright/test";
import { type Ground, type Stack, type StackOptions, startGround } from "../../infra/local/stack";

type TestFixtures = {
  /** Where the application of the stack answers. */
  baseURL: string;
};
type WorkerFixtures = {
  stackOptions: StackOptions;
  /** A local Cognito, on which a test starts its own applications. */
  ground: Ground;
  /** The same with one application that the tests of a worker share. */
  stack: Stack;
};

// The lock file pins an SDK that runs on this Node; its note about later ones would stand between the results.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

/** Playwright's test with a stack of its own per worker; `stackOptions` makes another one. */
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
  baseURL: async ({ stack }, use) => use(stack.application.url),
});

export { expect } from "@playwright/test";
