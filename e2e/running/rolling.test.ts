import { once } from "node:events";
import { Agent, request } from "node:http";
import { freePort } from "../../infra/local/ports";
import { startPostgres } from "../../infra/local/postgres";
import { killApplication } from "../../infra/local/stack";
import { login } from "../support/api";
import { type Balancer, hasNginx, startBalancer, startNginx } from "../support/balancer";
import { withoutPostgres } from "../support/skip-reason";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

const NO_POSTGRES = withoutPostgres();
const WAYS: [way: string, start: (instances: string[]) => Promise<Balancer>, why: string | null][] = [
  ["a balancer that asks who is ready and tries nothing twice", startBalancer, null],
  ["nginx", startNginx, hasNginx() ? null : "there is no nginx in PATH"],
];
/** Fifty requests a second. */
const EVERY_MS = 20;

for (const [way, start, why] of WAYS) {
  test(`behind ${way}, one instance after the other is replaced and no request fails`, async ({ ground }) => {
    test.setTimeout(240_000);
    test.skip(NO_POSTGRES !== null, NO_POSTGRES ?? "");
    test.skip(why !== null, why ?? "");
    const postgres = await startPostgres();
    if (!postgres) throw new Error("There is no PostgreSQL here.");
    const { appUrl } = await postgres.createDatabase();
    const settings = { DATABASE_URL: appUrl, STOP_SECONDS: "15", STOP_ACCEPT_SECONDS: "5" };
    const launch = (port: number) => ground.startApplication(settings, port);
    const ports = [await freePort(), await freePort()];
    const instances = await Promise.all(ports.map(launch));
    const balancer = await start(ports.map((port) => `http://127.0.0.1:${port}`));
    const user = await newUser(ground, { tenant: newTenant(), groups: ["admin"] });
    const { access_token } = await login(balancer.url, user.email, user.password);

    const traffic = steadyTraffic(balancer.url, access_token);
    const ends: unknown[] = [];
    for (const [index, port] of ports.entries()) {
      const old = instances[index]?.process;
      if (!old) throw new Error("There is no instance.");
      const ended = once(old, "exit");
      old.kill("SIGTERM");
      ends.push(await ended);
      instances[index] = await launch(port);
      const { url } = instances[index];
      const isReady = async () => (await fetch(`${url}/api/health/ready`)).status;
      await expect.poll(isReady, { timeout: 30_000 }).toBe(200);
      await traffic.more(100);
    }
    const outcomes = await traffic.end();
    console.log(`behind ${way}: ${outcomes.length} requests while two instances were replaced`);
    expect(ends).toEqual([
      [0, null],
      [0, null],
    ]);
    expect(outcomes.filter((outcome) => outcome !== "as expected")).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(500);
    await balancer.stop();
    await Promise.all(instances.map(killApplication));
    await postgres.destroy();
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
  const send = async ({ method, path, body, status }: (typeof kinds)[number]): Promise<string> => {
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
    const sent = request(url + path, { method, agent, headers }).end(body);
    try {
      const [answer] = await once(sent, "response");
      let text = "";
      for await (const chunk of answer) text += chunk;
      if (answer.statusCode === status) return "as expected";
      return `${method} ${path} ${answer.statusCode} ${text.slice(0, 200)}`;
    } catch (error) {
      return `${method} ${path} ${error}`;
    }
  };
  const sending = setInterval(() => {
    const kind = kinds[outcomes.length % kinds.length];
    if (kind) outcomes.push(send(kind));
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
