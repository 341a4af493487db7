import { once } from "node:events";
import { Agent, request } from "node:http";
import type { Page } from "@playwright/test";
import { freePort } from "../../infra/local/ports";
import { startPostgres } from "../../infra/local/postgres";
import { killApplication } from "../../infra/local/stack";
import { login } from "../support/api";
import { type Balancer, hasNginx, startBalancer, startNginx } from "../support/balancer";
import { otherBuild } from "../support/other-build";
import { openSessionIn } from "../support/person";
import { previousVersion, withoutPostgres } from "../support/skip-reason";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

const NO_POSTGRES = withoutPostgres();
const WAYS: [way: string, start: (instances: string[]) => Promise<Balancer>, why: string | null][] = [
  ["a balancer that asks who is ready and tries nothing twice", startBalancer, null],
  ["nginx", startNginx, hasNginx() ? null : "there is no nginx in PATH"],
];
/** Fifty requests a second, or as many as the machine can answer: the rest would wait ever longer, and the pages with it. */
const EVERY_MS = 20;
const MOST_AT_ONCE = 10;

/** What a test has started, to be ended after it. */
const ends: (() => Promise<unknown>)[] = [];
test.afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A build whose instances are replaced: of the version before where there is one, else this one as another. */
let old: { folder: string; remove: () => void };
test.beforeAll(() => {
  const folder = previousVersion();
  old = folder ? { folder, remove: () => {} } : otherBuild();
});
test.afterAll(() => old?.remove());

for (const [way, start, why] of WAYS) {
  test(`behind ${way}, one instance after the other is replaced by one of another build, no request fails, and pages go on`, async ({
    browser,
    ground,
    t,
  }) => {
    test.setTimeout(900_000);
    test.skip(NO_POSTGRES !== null, NO_POSTGRES ?? "");
    test.skip(why !== null, why ?? "");
    const postgres = await startPostgres();
    if (!postgres) throw new Error("There is no PostgreSQL here.");
    ends.push(postgres.destroy);
    const { appUrl } = await postgres.createDatabase();
    const ports = [await freePort(), await freePort()];
    const balancer = await start(ports.map((port) => `http://127.0.0.1:${port}`));
    ends.push(balancer.stop);
    const settings = {
      DATABASE_URL: appUrl,
      NEXTAUTH_URL: balancer.url,
      STOP_SECONDS: "15",
      STOP_ACCEPT_SECONDS: "5",
    };
    const instances = await Promise.all(
      ports.map((port) => ground.startApplication(settings, port, old.folder)),
    );
    ends.push(() => Promise.all(instances.map(killApplication)));
    for (const port of ports) await becomesReady(`http://127.0.0.1:${port}`);
    // The balancer has found nobody so far, and goes by that a while longer.
    await becomesReady(balancer.url);
    const user = await newUser(ground, { tenant: newTenant(), groups: ["admin"] });
    const { access_token } = await login(balancer.url, user.email, user.password);
    const faults: string[] = [];
    const open = async () => {
      const page = await browser.newPage({ baseURL: balancer.url });
      ends.push(() => page.context().close());
      watch(page, faults);
      await openSessionIn(page.context(), balancer.url, user);
      await page.goto("/home");
      return page;
    };
    const walk = async (page: Page) => {
      for (const name of [t("nav.audit"), t("nav.members")]) {
        await page
          .getByRole("navigation", { name: t("nav.label") })
          .getByRole("link", { name })
          .click();
        await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
      }
      // A page whose scripts came, and not its text alone.
      await page.getByRole("button", { name: t("members.invite") }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
    };

    const openedBefore = await open();
    const traffic = steadyTraffic(balancer.url, access_token);
    ends.push(traffic.end);
    const exits: unknown[] = [];
    for (const [index, port] of ports.entries()) {
      const before = instances[index]?.process;
      if (!before) throw new Error("There is no instance.");
      const ended = once(before, "exit");
      before.kill("SIGTERM");
      exits.push(await ended);
      instances[index] = await ground.startApplication(settings, port);
      await becomesReady(`http://127.0.0.1:${port}`);
      await traffic.more(100);
      // With the first there are two builds, with the second only the new one.
      for (let i = 0; i < 3; i++) await walk(await open());
    }
    await walk(openedBefore);
    const outcomes = await traffic.end();
    console.log(`behind ${way}: ${outcomes.length} requests while two instances were replaced`);
    expect(exits).toEqual([
      [0, null],
      [0, null],
    ]);
    expect(outcomes.filter((outcome) => outcome !== "as expected")).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(500);
    expect(faults).toEqual([]);
  });
}

const becomesReady = (url: string) =>
  expect.poll(async () => (await fetch(`${url}/api/health/ready`)).status, { timeout: 30_000 }).toBe(200);

/** Keeps what goes wrong on a page: answers that are refusals, and what it complains of. */
function watch(page: Page, faults: string[]): void {
  page.on("response", (answer) => {
    if (answer.status() >= 400) faults.push(`${answer.status()} ${answer.url()}`);
  });
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
}

/** Requests of several kinds, one after the other without waiting, over connections that are kept; `end` gives what became of each. */
function steadyTraffic(url: string, token: string) {
  const agent = new Agent({ keepAlive: true });
  const kinds = [
    { method: "GET", path: "/api/user/me", status: 200 },
    { method: "GET", path: "/api/audit", status: 200 },
    { method: "GET", path: "/api/openapi.json", status: 200 },
    { method: "POST", path: "/api/members", body: '{"unknown":1}', status: 400 },
  ];
  const outcomes: Promise<string>[] = [];
  let underWay = 0;
  const send = async ({ method, path, body, status }: (typeof kinds)[number]): Promise<string> => {
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
    underWay++;
    const sent = request(url + path, { method, agent, headers }).end(body);
    try {
      const [answer] = await once(sent, "response");
      let text = "";
      for await (const chunk of answer) text += chunk;
      if (answer.statusCode === status) return "as expected";
      return `${method} ${path} ${answer.statusCode} ${text.slice(0, 200)}`;
    } catch (error) {
      return `${method} ${path} ${error}`;
    } finally {
      underWay--;
    }
  };
  const sending = setInterval(() => {
    const kind = kinds[outcomes.length % kinds.length];
    if (kind && underWay < MOST_AT_ONCE) outcomes.push(send(kind));
  }, EVERY_MS);
  return {
    /** Waits until so many more are answered. */
    more: async (number: number) => {
      const until = outcomes.length + number;
      await expect.poll(() => outcomes.length, { timeout: 30_000 }).toBeGreaterThan(until);
      await Promise.all(outcomes);
    },
    end: async () => {
      clearInterval(sending);
      const all = await Promise.all(outcomes);
      agent.destroy();
      return all;
    },
  };
}
