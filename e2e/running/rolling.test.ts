import { once } from "node:events";
import { Agent, request } from "node:http";
import type { Application } from "../../infra/local/application";
import { startPostgres } from "../../infra/local/postgres";
import { killApplication } from "../../infra/local/stack";
import { login } from "../support/api";
import { type Balancer, hasNginx, startBalancer, startNginx } from "../support/balancer";
import { withoutPostgres } from "../support/skip-reason";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

const NO_POSTGRES = withoutPostgres();
const WAYS: [way: string, start: () => Promise<Balancer>, why: string | null][] = [
  ["a balancer that asks who is ready and tries nothing twice", startBalancer, null],
  ["nginx", startNginx, hasNginx() ? null : "there is no nginx in PATH"],
];
/** Fifty requests a second. */
const EVERY_MS = 20;

for (const [way, start, why] of WAYS) {
  test(`behind ${way}, one instance after the other is replaced and no request fails`, async ({ ground }) => {
    test.setTimeout(180_000);
    test.skip(NO_POSTGRES !== null, NO_POSTGRES ?? "");
    test.skip(why !== null, why ?? "");
    const postgres = await startPostgres();
    if (!postgres) throw new Error("There is no PostgreSQL here.");
    const database = await postgres.createDatabase();
    const launch = () =>
      ground.startApplication({
        DATABASE_URL: database.appUrl,
        STOP_SECONDS: "10",
        STOP_ACCEPT_SECONDS: "1",
      });
    let instances: Application[] = await Promise.all([launch(), launch()]);
    const balancer = await start();
    await balancer.aim(instances.map(addressOf));
    const user = await newUser(ground, { tenant: newTenant(), groups: ["admin"] });
    const { access_token } = await login(balancer.url, user.email, user.password);

    const traffic = steadyTraffic(balancer.url, access_token);
    const codes: (number | null)[] = [];
    for (const old of instances.slice()) {
      const fresh = await launch();
      await balancer.aim([...instances, fresh].map(addressOf));
      const ended = once(old.process, "exit");
      old.process.kill("SIGTERM");
      await ended;
      codes.push(old.process.exitCode);
      instances = [...instances.filter((each) => each !== old), fresh];
      await balancer.aim(instances.map(addressOf));
    }
    const outcomes = await traffic.end();
    console.log(`${way}: ${outcomes.length} requests`);
    expect(codes).toEqual([0, 0]);
    expect(outcomes.filter((outcome) => outcome !== "as expected")).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(200);
    await balancer.stop();
    await Promise.all(instances.map(killApplication));
    await postgres.destroy();
  });
}

const addressOf = ({ url }: Application) => url.replace("localhost", "127.0.0.1");

/** Requests of several kinds, one after the other without waiting, over connections that are kept; `end` gives what became of each. */
function steadyTraffic(url: string, token: string) {
  const agent = new Agent({ keepAlive: true });
  const kinds = [
    { method: "GET", path: "/api/user/me", status: 200 },
    { method: "GET", path: "/api/audit", status: 200 },
    { method: "GET", path: "/signin", status: 200 },
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
    end: async () => {
      clearInterval(sending);
      const all = await Promise.all(outcomes);
      agent.destroy();
      return all;
    },
  };
}
