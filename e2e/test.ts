import { test as base, type Page } from "@playwright/test";
import { DEMO_PASSWORD } from "../infra/local/provision";
import { type Stack, type StackOptions, startStack } from "../infra/local/stack";

type TestFixtures = {
  /** Where the application of the stack answers. */
  baseURL: string;
};
type WorkerFixtures = { stackOptions: StackOptions; stack: Stack };

// The lock file pins an SDK that runs on this Node; its note about later ones would stand between the results.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

/** Playwright's test with a stack of its own per worker; `stackOptions` makes another one. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  stackOptions: [{}, { option: true, scope: "worker" }],
  stack: [
    async ({ stackOptions }, use) => {
      const stack = await startStack(stackOptions);
      await use(stack);
      await stack.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  baseURL: async ({ stack }, use) => use(stack.application.url),
});

export { expect } from "@playwright/test";

/** Signs in through the page as a person would, and waits for the items. */
export async function signIn(page: Page, email: string, password = DEMO_PASSWORD): Promise<void> {
  await page.goto("/signin");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}
