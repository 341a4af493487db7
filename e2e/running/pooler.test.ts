import type { Application } from "../../infra/local/application";
import { killApplication } from "../../infra/local/stack";
import { type Pgbouncer, startPgbouncer } from "../../infra/local/testing/pgbouncer";
import { Api, login } from "../support/api";
import { cookieHeader, openSession, postToNextAuth } from "../support/browser-session";
import { CALLS } from "../support/call-each";
import { cookiesAt } from "../support/cookie-name";
import { CREATES } from "../support/creates";
import { behind } from "../support/database";
import { liveEvents, nextOf, STREAMS } from "../support/live-events";
import { expectProblem } from "../support/problem";
import { newDatabase } from "../support/shared-postgres";
import { withoutPgbouncer } from "../support/skip-reason";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

const reason = withoutPgbouncer();

test.skip(reason !== null, reason ?? "");

for (const mode of ["session", "transaction"] as const) {
  test.describe(`behind a pooler in ${mode} mode`, () => {
    let pooler: Pgbouncer;
    let database: Awaited<ReturnType<typeof newDatabase>>;
    let one: Application;
    let other: Application;
    test.beforeAll(async ({ ground }) => {
      database = await newDatabase();
      // In session mode an instance keeps what it has: room for both, and for those that listen.
      pooler = await startPgbouncer(database.superuserUrl, mode, mode === "session" ? 12 : 4);
      const environment = {
        DATABASE_URL: pooler.through(database.appUrl),
        DATABASE_POOLER: mode,
        DATABASE_POOL_SIZE: mode === "session" ? "4" : "10",
      };
      [one, other] = await Promise.all([
        ground.startApplication(environment),
        ground.startApplication(environment),
      ]);
    });
    test.afterAll(async () => {
      await Promise.all([one, other].map(killApplication));
      await pooler.destroy();
    });

    test("every operation of every feature does what it does without one", async ({ ground }) => {
      test.slow();
      const check = (id: string, answer: Awaited<ReturnType<Api["get"]>>) => {
        expect(answer.status, id).toBeLessThan(500);
        return answer;
      };
      for (const callEach of CALLS) {
        await callEach({ stack: { ...ground, application: one }, check, open: new Api(one.url) });
      }
    });

    test("of two instances either serves the other's sessions, and a sign-out on either ends both", async ({
      ground,
    }) => {
      const { email, password } = await newUser(ground, { tenant: newTenant() });
      const cookies = await openSession(one.url, email, password);
      const at = (url: string) =>
        new Api(url).with({ Cookie: cookieHeader(cookiesAt(url, cookies)) }).get("/api/user/tenant");
      expect((await at(other.url)).status).toBe(200);
      await postToNextAuth(other.url, "signout", cookiesAt(other.url, cookies), {});
      expectProblem(await at(one.url), 401, "session_ended");
      const { access_token } = await login(other.url, email, password);
      expect((await new Api(one.url).bearer(access_token).post("/api/user/logout")).status).toBe(200);
      expectProblem(
        await new Api(other.url).bearer(access_token).get("/api/user/tenant"),
        401,
        "invalid_token",
      );
    });

    test("what changes at one instance is told live at the other", async ({ ground }) => {
      const user = await newUser(ground, { tenant: newTenant(), groups: ["admin"] });
      const { access_token } = await login(one.url, user.email, user.password);
      for (const path of STREAMS) {
        const events = liveEvents(other.url + path, { Authorization: `Bearer ${access_token}` });
        while (!JSON.stringify((await nextOf(events, "live")).data).includes("true"));
        const create = CREATES.find((each) => path.startsWith(each.path));
        if (!create) throw new Error(`nothing is made that ${path} would tell of`);
        const made = await new Api(one.url).bearer(access_token).post(create.path, create.body());
        const id = made.headers.get("location")?.split("/").at(-1) ?? "nothing was made";
        for (;;) {
          const { value } = await events.next();
          // A stream tells what has changed, or only that something has.
          if (value?.name === "changed" || JSON.stringify(value).includes(id)) break;
        }
        await events.return();
      }
    });

    test("when it is killed callers hear 503, within 10 s of its return they are served, and no connection is left over", async ({
      ground,
    }) => {
      const user = await newUser(ground, { tenant: newTenant() });
      const { access_token } = await login(one.url, user.email, user.password);
      const all = [one, other].map(({ url }) => new Api(url).bearer(access_token));
      await pooler.kill();
      for (const api of all) expectProblem(await api.get("/api/user/tenant"), 503, "database_unavailable");
      await pooler.start();
      for (const api of all) {
        const status = async () => (await api.get("/api/user/tenant")).status;
        await expect.poll(status, { timeout: 10_000, intervals: [100] }).toBe(200);
      }
      const open = async () =>
        (
          await behind(database, "select from pg_stat_activity where usename = $1 and state <> 'idle'", [
            new URL(database.appUrl).username,
          ])
        ).length;
      await expect.poll(open).toBe(0);
    });
  });
}
