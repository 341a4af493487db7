import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium as playwright } from "@playwright/test";
import { chromium } from "./chromium";
import { signIn } from "./demo-person";
import { DEMO_PASSWORD } from "./demo-users";
import { startStack } from "./stack";

/** Makes the pictures of the README anew, from the production build and a tenant that has something to show. */
const FOLDER = "infra/local/pictures";
const PERSON = "alice@acme.example";

const ITEMS: [name: string, description: string][] = [
  ["Travel pass, Tanaka party", "Four people and a packhorse, to Kyoto by the Nakasendo"],
  ["Stable inventory", "Twelve horses, two of them lame"],
  ["Lamp oil", "Enough until the first snow"],
  ["Register of merchants", "Silk, salt and paper; renewed each spring"],
  ["Letter to the governor", "About the bridge at Usui"],
  ["Iron for the gate", "Ordered from Sakai in August"],
  ["Inn at Karuizawa", "Rooms for officials, paid by the month"],
  ["Lantern, east gate", "Paper and wood; new paper every year"],
];
const ALERTS = [
  { title: "Bridge closed at Usui", detail: "High water since the morning", severity: "critical" },
  { title: "Pass presented twice", detail: "Tanaka party, north and east gate", severity: "warning" },
  { title: "Lamp oil is low", detail: "Below two barrels", severity: "warning" },
  { title: "Guard changed", detail: "Night watch has taken over", severity: "info" },
];

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
  // Buttons take presses once the page's scripts run; the alerts' connection stays open, so the network is never idle.
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
  await open("/items");
  await take("items");
  await page.emulateMedia({ colorScheme: "dark" });
  await open("/alerts");
  await page.getByText(/^Live/).waitFor();
  await take("alerts");
  console.log(`${FOLDER}: sign-in.png, items.png, alerts.png`);
} finally {
  await browser.close();
  await stack.stop();
}

/** Gives the tenant something to show, through the API as any client would. */
async function fill(): Promise<void> {
  const api = `${stack.application.url}/api`;
  const send = async (path: string, body: unknown, token?: string) => {
    const headers = {
      "Content-Type": "application/json",
      ...(token && { Authorization: `Bearer ${token}` }),
    };
    const response = await fetch(api + path, { method: "POST", headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`POST ${path} answered ${response.status}`);
    return response.json();
  };
  const credentials = { email: PERSON, password: DEMO_PASSWORD };
  const { access_token } = (await send("/user/login", credentials)) as { access_token: string };
  for (const [name, description] of ITEMS.toReversed())
    await send("/items", { name, description }, access_token);
  for (const alert of ALERTS.toReversed()) await send("/alerts", alert, access_token);
}
