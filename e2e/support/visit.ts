import type { BrowserContext, Page } from "@playwright/test";
import type { User } from "./users";

/** One answer that a browser got. */
export type Received = {
  path: string;
  status: number;
  headers: { name: string; value: string }[];
  body: string;
};

/** What a browser met on its way through the application. */
export type Visit = { received: Received[]; complaints: string[] };

const PAGES = ["/", "/items", "/alerts", "/alerts?status=open", "/no-tenant", "/not/a/page", "/signin"];
/**
 * Chunks are the same for everyone; their text is not an answer to anybody in particular. The stream of alerts has no
 * end to wait for.
 */
const PASSED_ON = /^\/_next\/static\/|^\/api\/alerts\/stream$/;

/** Goes through every page as a person with a temporary password does: signs in, writes, looks around, signs out. */
export async function visitEverything(context: BrowserContext, user: User): Promise<Visit> {
  const received = await recordAnswers(context);
  const page = await context.newPage();
  const complaints = recordComplaints(page);
  await signInWithNewPassword(page, user);
  await writeSomething(page);
  for (const path of PAGES) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
  }
  await askForWhatScriptsAskFor(page);
  await page.goto("/items");
  await page.getByRole("link", { name: "Alerts" }).click();
  await page.waitForURL("**/alerts");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/signin");
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  // What is still under way is an answer, too.
  await context.unrouteAll({ behavior: "wait" });
  return { received, complaints };
}

/** Each answer is fetched here and then handed on: of a page that is left at once, a browser would keep none. */
async function recordAnswers(context: BrowserContext): Promise<Received[]> {
  const received: Received[] = [];
  await context.route(
    ({ pathname }) => !PASSED_ON.test(pathname),
    async (route) => {
      const response = await route.fetch({ maxRedirects: 0 });
      received.push({
        path: new URL(response.url()).pathname,
        status: response.status(),
        headers: response.headersArray(),
        body: await response.text(),
      });
      await route.fulfill({ response });
    },
  );
  return received;
}

function recordComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  return complaints;
}

async function signInWithNewPassword(page: Page, { email, password }: User): Promise<void> {
  await page.goto("/items");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByLabel("New password").fill(`New-${password}`);
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await page.waitForURL("**/items");
}

async function writeSomething(page: Page): Promise<void> {
  await page.getByRole("button", { name: "New item" }).click();
  await page.getByLabel("Name").fill("Lantern");
  await page.getByRole("button", { name: "Add item" }).click();
  await page.getByRole("listitem").filter({ hasText: "Lantern" }).waitFor();
  await page.goto("/alerts");
  await page.getByRole("button", { name: "Raise alert" }).click();
  await page.getByLabel("Title").fill("Smoke");
  await page.getByRole("dialog").getByRole("button", { name: "Raise alert" }).click();
  await page.getByRole("listitem").filter({ hasText: "Smoke" }).waitFor();
}

/** RSC payloads and NextAuth's own addresses, with the browser's cookies. */
async function askForWhatScriptsAskFor(page: Page): Promise<void> {
  await page.evaluate(
    async (paths) => {
      const read = async (path: string, headers = {}) => (await fetch(path, { headers })).text();
      for (const path of paths) await read(path, { RSC: "1" });
      for (const name of ["session", "csrf", "providers"]) await read(`/api/auth/${name}`);
      for (const name of ["items", "user/me", "user/tenant", "alerts", "health"]) await read(`/api/${name}`);
    },
    PAGES.filter((path) => path.startsWith("/items") || path.startsWith("/alerts")),
  );
}
