import { defineConfig } from "@playwright/test";
import { chromium } from "./infra/local/chromium";
import { LANGUAGES } from "./lib/languages";

/** Tests without the pages' words, the house's own and those of a feature (`e2e/items/api`): one language does. */
const WORDLESS = /\/e2e\/(.*\/)?(api|attacks|running)\//;

export default defineConfig({
  testDir: "e2e",
  globalSetup: ["./e2e/support/build.ts", "./e2e/support/shared-postgres.ts"],
  outputDir: "test-results",
  fullyParallel: false,
  // One more than the cores of CI: a browser or a server is often waited for.
  workers: 3,
  // Two cores run a browser, two applications and a database at once: a time-out is tried again, and reported.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  // A page may take its time on a machine that is shared.
  expect: { timeout: 10_000 },
  reporter: [["line"]],
  // What people do is tried in every language, unless no words are in it; the rest has none.
  projects: Object.keys(LANGUAGES).map((locale) => ({
    name: locale,
    use: { locale },
    ...(locale !== "en" && { testIgnore: WORDLESS, grepInvert: /@once/ }),
  })),
  // Recording every test costs a third of the time; the second try shows what the first did.
  use: { ...chromium(), trace: "on-first-retry", screenshot: "only-on-failure" },
});
