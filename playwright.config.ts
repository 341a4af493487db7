import { defineConfig } from "@playwright/test";
import { chromium } from "./infra/local/chromium";
import { LANGUAGES } from "./lib/languages";

/** Tests without the pages' words, the house's own and those of a feature (`e2e/items/api`): one language does. */
const WORDLESS = /\/e2e\/(.*\/)?(api|attacks|running)\//;

export default defineConfig({
  testDir: "e2e",
  globalSetup: ["./infra/local/build.ts", "./e2e/support/shared-postgres.ts"],
  outputDir: "test-results",
  fullyParallel: false,
  // One more than the cores of CI: a browser or a server is often waited for.
  workers: 3,
  forbidOnly: Boolean(process.env.CI),
  // A page may take its time on a machine that is shared.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [["line"]],
  // What people do is tried in every language, unless no words are in it; the rest has none.
  projects: Object.keys(LANGUAGES).map((locale) => ({
    name: locale,
    use: { locale },
    ...(locale !== "en" && { testIgnore: WORDLESS, grepInvert: /@once/ }),
  })),
  // Recording every test costs a third of the time: `--trace on` shows what one does.
  use: { ...chromium(), trace: "off", screenshot: "only-on-failure" },
});
