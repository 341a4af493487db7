import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium as playwright } from "@playwright/test";
import { chromium } from "./chromium";
import { signIn } from "./demo-person";
import { DEMO_PASSWORD } from "./demo-users";
import { picturesOfFeatures } from "./picture";
import { startStack } from "./stack";

/** Makes the pictures of the README anew, from the production build and a tenant that has something to show. */
const FOLDER = "infra/local/pictures";
const PERSON = "alice@acme.example";
/** Who makes the rows, by turns. */
const OWNERS = [PERSON, "bob@acme.example"];

const pictures = await picturesOfFeatures();
const stack = await startStack();
const browser = await playwright.launch(chromium().launchOptions);
try {
  mkdirSync(FOLDER, { recursive: true });
  await fill();
  const context = await browser.newContext({
    baseURL: stack.application.url,
    viewport: { width: 1200, height: 720 },
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

/** Gives the tenant something to show, through the API as any client would. */
async function fill(): Promise<void> {
  const send = async (path: string, body: unknown, token?: string) => {
    const headers = {
      "Content-Type": "application/json",
      ...(token && { Authorization: `Bearer ${token}` }),
    };
    const response = await fetch(stack.application.url + path, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`POST ${path} answered ${response.status}`);
    return response.json();
  };
  const tokens: string[] = [];
  for (const email of OWNERS) {
    const answer = await send("/api/user/login", { email, password: DEMO_PASSWORD });
    tokens.push((answer as { access_token: string }).access_token);
  }
  for (const { path, rows } of pictures.values()) {
    for (const [index, row] of rows.toReversed().entries())
      await send(path, row, tokens[index % tokens.length]);
  }
}
