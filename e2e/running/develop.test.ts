import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { stopProcess, untilAnswers } from "../../infra/local/application";
import { freePort } from "../../infra/local/ports";
import { DEMO_PASSWORD } from "../../infra/local/provision";
import { HOME } from "../../lib/home";
import { PAGES } from "../support/pages";
import { fillSignIn } from "../support/person";
import { expect, test } from "../support/test";

/** A page is compiled when it is first asked for. */
const COMPILED = { timeout: 300_000 };

// What is compiled ahead in production is not in development: words, for one, whose library throws here alone.
test.use({ locale: "ja", viewport: { width: 390, height: 844 } });
test.setTimeout(900_000);

test("npm run dev shows every page to the demo's administrator, and the console says nothing", async ({
  page,
  ground,
}) => {
  const said: string[] = [];
  page.on("pageerror", (error) => said.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) said.push(`${page.url()}: ${message.text()}`);
  });
  const [port, cognitoPort] = [await freePort(), await freePort()];
  const child = spawn(
    process.execPath,
    [createRequire(import.meta.url).resolve("tsx/cli"), "infra/local/dev.ts"],
    {
      env: {
        ...process.env,
        NEXT_TELEMETRY_DISABLED: "1",
        PORT: String(port),
        COGNITO_LOCAL_PORT: String(cognitoPort),
        DATA_DIR: join(ground.dataDir, "develop"),
      },
      stdio: "ignore",
    },
  );
  try {
    await untilAnswers(`http://127.0.0.1:${port}/api/health`, child);
    await page.goto(`http://localhost:${port}/signin`);
    await fillSignIn(page, { email: "alice@acme.example", password: DEMO_PASSWORD });
    await expect(page).toHaveURL(`http://localhost:${port}${HOME}`, COMPILED);
    for (const path of PAGES) {
      await page.goto(`http://localhost:${port}${path}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible(COMPILED);
    }
    // Before the server stops: of that the page would complain.
    expect(said).toEqual([]);
  } finally {
    await stopProcess(child);
  }
});
