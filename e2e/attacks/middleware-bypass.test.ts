import { join } from "node:path";
import type { Application } from "../../infra/local/application";
import { freePort } from "../../infra/local/ports";
import { killApplication, type Stack } from "../../infra/local/stack";
import { HOME } from "../../lib/home";
import { Api, login } from "../support/api";
import { cookieOf } from "../support/browser-session";
import { cookieNameAt } from "../support/cookie-name";
import { rowsIn } from "../support/feature-matrix";
import { PAGES } from "../support/pages";
import { rawRequest } from "../support/raw-request";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";
import { buildWithoutMiddleware } from "../support/without-middleware";

const TRUST_ME = [
  [],
  ["x-middleware-subrequest: middleware"],
  ["x-middleware-subrequest: middleware:middleware:middleware:middleware:middleware"],
  ["x-middleware-subrequest: src/middleware:src/middleware:src/middleware:src/middleware:src/middleware"],
  ["x-middleware-next: 1", `x-middleware-rewrite: ${HOME}`],
  ["x-matched-path: /signin"],
  ["x-invoke-path: /signin", `x-invoke-output: ${HOME}`],
  ["x-sekisho-path: /signin"],
  ["x-nextjs-data: 1"],
  ["RSC: 1"],
  ["RSC: 1", "Next-Router-Prefetch: 1"],
  ["Next-Action: 0123456789abcdef0123456789abcdef01234567"],
];
const waysTo = (page: string) => [
  `/${page}`,
  `/${page}/`,
  `//${page}`,
  `/${page}.rsc`,
  `/${page}.`,
  `/${page}.json`,
  `/./${page}`,
  `/signin/../${page}`,
  `/%${page.charCodeAt(0).toString(16)}${page.slice(1)}`,
  `/${page}%2f`,
  `/${page};a=b`,
  `/_next/data/build/${page}.json`,
  `/_next/image?url=%2F${page}&w=64&q=75`,
  `/_next/../${page}`,
  `/api/../${page}`,
  `/api/auth/../../${page}`,
  `/${page}?_rsc=1`,
];

/** A tenant with something to hide, and the addresses that would show it. */
async function tenantWithSecret(stack: Pick<Stack, "pool">, { url }: Application) {
  const user = await newUser(stack, { tenant: newTenant(), groups: ["admin"] });
  const api = new Api(url).bearer((await login(url, user.email, user.password)).access_token);
  const secret = `secret-${crypto.randomUUID()}`;
  await rowsIn(api, secret);
  await api.post("/api/members", { email: `${secret}@people.example` });
  return { user, secret };
}

async function refusesEverybodyElse(stack: Pick<Stack, "pool">, application: Application): Promise<void> {
  const { user, secret } = await tenantWithSecret(stack, application);
  const { url } = application;
  const own = `Cookie: ${await cookieOf(url, user)}`;
  for (const path of PAGES.filter((each) => each !== "/account")) {
    expect((await rawRequest(url, path, [own])).text, path).toContain(secret);
  }
  const other = await newUser(stack, { tenant: newTenant() });
  const foreign = `Cookie: ${await cookieOf(url, other)}`;
  const forged = `Cookie: ${cookieNameAt(url, "session")}=eyJhbGciOiJkaXIifQ..a.b.c`;
  for (const page of [...PAGES, "/no-tenant", "/enter"].map((path) => path.slice(1))) {
    // Ways and headers are read before the page is chosen: all of them for one page, the plainest for the others.
    const count = `/${page}` === HOME ? Number.POSITIVE_INFINITY : 5;
    const tries = [
      ...waysTo(page)
        .slice(0, count)
        .map((path) => ({ path, lines: [] as string[] })),
      ...TRUST_ME.slice(0, count).map((lines) => ({ path: `/${page}`, lines })),
    ];
    for (const { path, lines } of tries) {
      const answers = await Promise.all(
        [[], [forged], [foreign]].map((cookie) => rawRequest(url, path, [...lines, ...cookie])),
      );
      for (const { status, text } of answers) {
        const name = `${path} ${lines.join(" ")} ${status}`;
        expect(text, name).not.toContain(secret);
        expect(status, name).toBeLessThan(500);
      }
      // Without a session of ours not even the frame around a tenant's pages is shown.
      for (const { text } of answers.slice(0, 2)) expect(text, path).not.toContain("Sign out");
    }
  }
}

test("no trick leads past the middleware to what a page shows", async ({ stack }) => {
  await refusesEverybodyElse(stack, stack.application);
});

test("pages refuse by themselves where there is no middleware", async ({ ground }) => {
  const build = buildWithoutMiddleware();
  const settings = { DATA_DIR: join(ground.dataDir, "bare") };
  const application = await ground.startApplication(settings, await freePort(), build.folder);
  await refusesEverybodyElse(ground, application);
  await killApplication(application);
  build.remove();
});
