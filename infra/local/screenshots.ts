import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium as playwright } from "@playwright/test";
import { chromium } from "./chromium";
import { signIn } from "./demo-person";
import { picturesOfFeatures } from "./picture";
import { startStack } from "./stack";

/** Makes the pictures of the README anew, from the production build and the tenant of `npm run dev`. */
const FOLDER = "infra/local/pictures";
const PERSON = "alice@acme.example";

const pictures = await picturesOfFeatures();
const stack = await startStack({ pool: { colleagues: true }, environment: { DEMO_DATA: "1" } });
const browser = await playwright.launch(chromium().launchOptions);
try {
  mkdirSync(FOLDER, { recursive: true });
  const context = await browser.newContext({
    baseURL: stack.application.url,
    viewport: { width: 1280, height: 800 },
    colorScheme: "light",
    locale: "en",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const take = (name: string) => page.screenshot({ path: join(FOLDER, `${name}.png`) });
  // Buttons take presses once the page's scripts run; a live page's connection stays open, so the network is never idle.
  const open = async (path: string) => {
    await page.goto(path);
    await page.locator("h1").waitFor();
    await page.waitForFunction(
      () => document.querySelector("header button:disabled, form button[type=submit]:disabled") === null,
    );
  };
  await open("/signin");
  // Whether passkeys are offered is asked of Cognito and of the browser.
  await page.getByRole("button", { name: "Use a passkey" }).waitFor();
  await take("sign-in");
  await signIn(context, PERSON);
  for (const [name, { colorScheme = "light", stands }] of pictures) {
    await page.emulateMedia({ colorScheme });
    await open(`/${name}`);
    await stands?.(page);
    await take(name);
  }
  console.log(`${FOLDER}: ${["sign-in", ...pictures.keys()].map((name) => `${name}.png`).join(", ")}`);
} finally {
  await browser.close();
  await stack.stop();
}
