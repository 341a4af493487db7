import type { BrowserContext, Page } from "@playwright/test";
import { FEATURES } from "../../lib/features";
import { HOME } from "../../lib/home";
import type { Operation } from "../../lib/operation";
import { type Answer, Api, type Sent } from "./api";
import { rowsIn } from "./feature-matrix";
import { pressSignOut } from "./page";
import { PAGES } from "./pages";
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

const OTHERS = ["/", "/no-tenant", "/not/a/page", "/signin"];
const READ = FEATURES.flatMap(({ operations }): Operation[] => Object.values(operations)).filter(
  ({ method, path }) => method === "GET" && !path.includes("{"),
);
const isEndless = ({ answer }: Operation) => answer.contentType === "text/event-stream";
const ENDLESS: string[] = READ.filter(isEndless).map(({ path }) => path);

/** Goes through every page as an administrator with a temporary password does: signs in, writes, looks around, signs out. */
export async function visitEverything(context: BrowserContext, user: User): Promise<Visit> {
  const received = await recordAnswers(context);
  const page = await context.newPage();
  const complaints = recordComplaints(page);
  await signInWithNewPassword(page, user);
  await rowsIn(new InPage(page), "Lantern");
  await inviteSomebody(page);
  for (const path of [...PAGES, ...OTHERS]) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
  }
  await askForWhatScriptsAskFor(page);
  await page.goto(HOME);
  await page.getByRole("link", { name: "Members", exact: true }).click();
  await page.waitForURL("**/members");
  await pressSignOut(page);
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
    // Chunks are the same for everyone; their text is not an answer to anybody in particular. A stream has no end to wait for.
    ({ pathname }) => !pathname.startsWith("/_next/static/") && !ENDLESS.includes(pathname),
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
  await page.goto(HOME);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByLabel("New password").fill(`New-${password}`);
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await page.waitForURL(`**${HOME}`);
}

async function inviteSomebody(page: Page): Promise<void> {
  await page.goto("/members");
  await page.getByRole("button", { name: "Invite" }).click();
  const email = `${crypto.randomUUID()}@people.example`;
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Send invitation" }).click();
  await page.getByRole("listitem").filter({ hasText: email }).waitFor();
}

/** RSC payloads, NextAuth's own addresses and whatever the API lets read, with the browser's cookies. */
async function askForWhatScriptsAskFor(page: Page): Promise<void> {
  const api = new InPage(page);
  for (const path of PAGES) await api.get(path, { RSC: "1" });
  for (const name of ["session", "csrf", "providers"]) await api.get(`/api/auth/${name}`);
  for (const { path } of READ.filter((each) => !isEndless(each))) await api.get(path);
  await api.get("/api/health");
}

/** Speaks to the API as a script of the page does, and so with its cookies. */
class InPage extends Api {
  constructor(private readonly page: Page) {
    super("");
  }

  override async send(method: string, path: string, { json, headers = {} }: Sent = {}): Promise<Answer> {
    const sent = {
      method,
      headers: { "Content-Type": "application/json", ...headers },
      body: JSON.stringify(json),
    };
    const { status, fields, text } = await this.page.evaluate(
      async ([path, sent]) => {
        const answer = await fetch(path, sent);
        return { status: answer.status, fields: [...answer.headers], text: await answer.text() };
      },
      [path, sent] as const,
    );
    const received = new Headers(fields);
    const isJson = received.get("content-type")?.includes("json") && text !== "";
    return { status, headers: received, text, body: isJson ? JSON.parse(text) : null };
  }
}
