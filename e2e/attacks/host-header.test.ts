import { HOME } from "../../lib/home";
import { cookieOf } from "../support/browser-session";
import { PAGES } from "../support/pages";
import { rawRequest } from "../support/raw-request";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

const EVIL = "evil.example";
const SPOOFS: [name: string, host: string | undefined, lines: string[]][] = [
  ["Host", EVIL, []],
  ["Host with a port", `${EVIL}:3000`, []],
  ["X-Forwarded-Host", undefined, [`X-Forwarded-Host: ${EVIL}`, "X-Forwarded-Proto: https"]],
  ["Forwarded", undefined, [`Forwarded: host=${EVIL};proto=https`]],
  ["X-Original-Host", undefined, [`X-Original-Host: ${EVIL}`, `X-Host: ${EVIL}`]],
  ["Origin and Referer", undefined, [`Origin: https://${EVIL}`, `Referer: https://${EVIL}/`]],
];
const PATHS = [
  "/",
  ...PAGES,
  "/members?cursor=made-up",
  "/signin",
  "/signin?callbackUrl=/account",
  "/challenge",
  "/no-tenant",
  "/not/a/page",
  "/api/members?limit=1",
  "/api/user/tenant",
  "/api/openapi.json",
  "/api/docs",
  "/api/auth/csrf",
  "/api/auth/providers",
  "/api/auth/session",
  "/api/auth/signin",
  "/api/auth/signout",
  "/api/auth/error",
];

test("a host that is not ours shows up in no link, no redirect and no page", async ({ stack, baseURL }) => {
  const user = await newUser(stack, { tenant: newTenant(), groups: ["admin"] });
  const cookie = `Cookie: ${await cookieOf(baseURL, user)}`;
  for (const [name, host, lines] of SPOOFS) {
    for (const path of PATHS) {
      for (const who of [[], [cookie]]) {
        const { status, text } = await rawRequest(baseURL, path, [...lines, ...who], host);
        expect(text, `${name} ${path}`).not.toContain(EVIL);
        expect(status, `${name} ${path}`).toBeLessThan(500);
      }
    }
  }
});

test("the next page of a list is a link without a host", async ({ stack, baseURL }) => {
  const tenant = newTenant();
  await newUser(stack, { tenant });
  const user = await newUser(stack, { tenant, groups: ["admin"] });
  const cookie = `Cookie: ${await cookieOf(baseURL, user)}`;
  const { text } = await rawRequest(baseURL, "/api/members?limit=1", [cookie], EVIL);
  expect(/^link: (.*)\r$/im.exec(text)?.[1]).toMatch(/^<\/api\/members\?/);
});

test("a browser that spells a laptop's address otherwise is sent to the one where its cookies are", async ({
  baseURL,
}) => {
  const { port } = new URL(baseURL);
  for (const host of [
    `127.0.0.1:${port}`,
    `[::1]:${port}`,
    `my-laptop:${port}`,
    "localhost",
    `localhost.:${port}`,
  ]) {
    for (const path of ["/signin?callbackUrl=/account", "/members?q=%E3%81%82", "/"]) {
      const { status, text } = await rawRequest(baseURL, path, [], host);
      expect([status, /^location: (.*)\r$/im.exec(text)?.[1]], `${host}${path}`).toEqual([
        307,
        baseURL + path,
      ]);
    }
  }
  expect((await rawRequest(baseURL, "/api/health", [], `127.0.0.1:${port}`)).status).toBe(200);
});

test("a request with a second host is refused", async ({ baseURL }) => {
  const { status, text } = await rawRequest(baseURL, HOME, [`Host: ${EVIL}`]);
  expect(status).toBe(400);
  expect(text).not.toContain(EVIL);
});
