import type { Page } from "@playwright/test";
import { HOME } from "../../lib/home";
import { login } from "../support/api";
import { cookieHeader, cookieOf, openSession } from "../support/browser-session";
import { cookieNameAt } from "../support/cookie-name";
import { pressSignOut, rowOf } from "../support/page";
import { fillSignIn } from "../support/person";
import { rawRequest } from "../support/raw-request";
import { expect, test } from "../support/test";
import { newTenant, newUser, type User } from "../support/users";

const SUBDOMAIN = { TENANT_MODE: "subdomain", TENANT_MAIN_DOMAIN: "localhost" };

test.use({ stackOptions: { environment: SUBDOMAIN } });

/** The address of a tenant's own host. */
const hostOf = (tenant: string, baseURL: string) => baseURL.replace("localhost", `${tenant}.localhost`);
const sessionCookies = async (page: Page) =>
  (await page.context().cookies()).filter(({ name }) => name === cookieNameAt(page.url(), "session"));

/** An administrator, who has every page. */
async function personOf(stack: Parameters<typeof newUser>[0], tenant = newTenant()) {
  return { tenant, user: await newUser(stack, { tenant, groups: ["admin"] }) };
}

async function signInAt(page: Page, url: string, user: User): Promise<void> {
  await page.goto(url);
  await fillSignIn(page, user);
}

test("who opens a page of their tenant's host signs in on the main host and comes back to that very page", async ({
  page,
  stack,
  baseURL,
}) => {
  const { tenant, user } = await personOf(stack);
  await page.goto(`${hostOf(tenant, baseURL)}/members?q=lantern`);
  await expect(page).toHaveURL(new RegExp(`^${baseURL}/signin`));
  await fillSignIn(page, user);
  await expect(page).toHaveURL(`${hostOf(tenant, baseURL)}/members?q=lantern`);
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByLabel("E-mail address").fill(`lantern@${tenant}.example`);
  await page.getByRole("button", { name: "Send invitation" }).click();
  await expect(rowOf(page, `lantern@${tenant}.example`)).toBeVisible();
  await page.reload();
  await expect(rowOf(page, `lantern@${tenant}.example`)).toBeVisible();
});

test("who signs in on the main host is led home, with a cookie for that host and the main one only", async ({
  page,
  stack,
  baseURL,
}) => {
  const { tenant, user } = await personOf(stack);
  await signInAt(page, "/signin", user);
  await expect(page).toHaveURL(`${hostOf(tenant, baseURL)}${HOME}`);
  const hosts = (await sessionCookies(page)).map(({ domain }) => domain);
  expect(hosts.sort()).toEqual(["localhost", `${tenant}.localhost`]);
  await page.goto(`${baseURL}/account`);
  await expect(page).toHaveURL(`${hostOf(tenant, baseURL)}/account`);
});

test("another tenant's host says whose it is not, and leads home", async ({ page, stack, baseURL, t }) => {
  const { tenant, user } = await personOf(stack);
  const other = newTenant();
  await signInAt(page, `${hostOf(other, baseURL)}${HOME}`, user);
  await expect(page.getByRole("heading", { name: "This is another tenant's address" })).toBeVisible();
  expect((await sessionCookies(page)).map(({ domain }) => domain)).toEqual(["localhost"]);
  await page.getByRole("link", { name: t("noTenant.toOwn", { tenant }) }).click();
  await expect(page).toHaveURL(`${hostOf(tenant, baseURL)}${HOME}`);
});

test("a session cookie that is carried to another tenant's host opens nothing there", async ({
  page,
  stack,
  baseURL,
}) => {
  const { user } = await personOf(stack);
  const other = newTenant();
  const cookies = await openSession(baseURL, user.email, user.password);
  const cookie = `Cookie: ${cookieHeader(cookies)}`;
  const otherHost = new URL(hostOf(other, baseURL)).host;
  const refused = await rawRequest(baseURL, "/api/user/tenant", [cookie], otherHost);
  expect(refused.status).toBe(403);
  expect(refused.text).toContain("tenant_mismatch");
  const value = cookies.get(cookieNameAt(baseURL, "session")) ?? "";
  await page
    .context()
    .addCookies([{ name: cookieNameAt(baseURL, "session"), value, url: hostOf(other, baseURL) }]);
  await page.goto(`${hostOf(other, baseURL)}${HOME}`);
  await expect(page.getByRole("heading", { name: "This is another tenant's address" })).toBeVisible();
});

test("the code that brings a session over works for one tenant, in the browser that asked for it", async ({
  stack,
  baseURL,
}) => {
  const { tenant, user } = await personOf(stack);
  /** Asks a host of the application without following; the addresses of tenants' hosts are for browsers to find. */
  const ask = async (url: string, cookie = "") => {
    const { host, pathname, search } = new URL(url);
    const lines = cookie ? [`Cookie: ${cookie}`] : [];
    const { status, text } = await rawRequest(baseURL, pathname + search, lines, host);
    const set = [...text.matchAll(/^set-cookie: ([^;]+)/gim)].map(([, pair = ""]) => pair);
    const location = /^location: (.*)\r$/im.exec(text)?.[1] ?? "";
    return { status, location, cookies: set.filter((each) => !each.endsWith("=")) };
  };
  const home = hostOf(tenant, baseURL);
  const begun = await ask(`${home}/api/enter?to=/account`);
  const [mark = ""] = begun.cookies;
  const session = await cookieOf(baseURL, user);
  const brought = (await ask(begun.location, session)).location;
  expect(brought).toContain(`${home}/api/enter?code=`);

  const foreign = await ask(brought.replace(home, hostOf("globex", baseURL)), mark);
  const stolen = await ask(brought);
  const planted = await ask(brought, (await ask(`${home}/api/enter`)).cookies[0]);
  const location = `${baseURL}/signin?error=challenge_expired`;
  for (const refused of [foreign, stolen, planted]) {
    expect(refused).toEqual({ status: 303, location, cookies: [] });
  }
  const taken = await ask(brought, mark);
  expect(taken).toMatchObject({ status: 303, location: "/account" });
  expect(taken.cookies[0]).toMatch(/^sekisho-\d+\.session=/);
  for (const to of ["//evil.example", "/\\evil.example", "https://evil.example"]) {
    const led = await ask(`${brought.replace(/&to=.*/, "")}&to=${encodeURIComponent(to)}`, mark);
    expect(led.location, to).toBe(HOME);
  }
});

test("Back, once signed in, leads to where one wanted to go and not to the code that brought one there", async ({
  page,
  stack,
  baseURL,
}) => {
  const { tenant, user } = await personOf(stack);
  const home = hostOf(tenant, baseURL);
  const addresses: string[] = [];
  page.on("request", (request) => addresses.push(request.url()));
  await signInAt(page, `${home}/account`, user);
  await expect(page).toHaveURL(`${home}/account`);
  const brought = addresses.find((each) => each.startsWith(`${home}/api/enter?code=`));
  await page.goto(brought ?? "none");
  await expect(page).toHaveURL(`${home}/account`);
  await expect(page.getByRole("heading", { level: 1, name: "Account" })).toBeVisible();
});

test("signing out on the tenant's host signs out on the main one as well", async ({
  page,
  stack,
  baseURL,
}) => {
  const { tenant, user } = await personOf(stack);
  await signInAt(page, "/signin", user);
  await expect(page).toHaveURL(`${hostOf(tenant, baseURL)}${HOME}`);
  await pressSignOut(page);
  await expect(page).toHaveURL(new RegExp(`^${baseURL}/signin`));
  for (const url of [`${baseURL}${HOME}`, `${hostOf(tenant, baseURL)}${HOME}`]) {
    await page.goto(url);
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  }
  await fillSignIn(page, user);
  await expect(page).toHaveURL(`${hostOf(tenant, baseURL)}${HOME}`);
});

test("a host names its tenant to the API, and a host that is not ours gets nothing", async ({
  stack,
  baseURL,
}) => {
  const { tenant, user } = await personOf(stack);
  const { access_token } = await login(baseURL, user.email, user.password);
  const { port } = new URL(baseURL);
  const statusAt = async (host: string, ...lines: string[]) =>
    (await rawRequest(baseURL, "/api/user/tenant", [`Authorization: Bearer ${access_token}`, ...lines], host))
      .status;
  const own = `${tenant}.localhost:${port}`;
  expect(await statusAt(own)).toBe(200);
  expect(await statusAt(own.toUpperCase())).toBe(200);
  expect(await statusAt(`localhost:${port}`)).toBe(200);
  expect(await statusAt(own, "X-Tenant-Id: globex", "X-Forwarded-Host: globex.localhost")).toBe(200);
  expect(await statusAt(`globex.localhost:${port}`)).toBe(403);
  expect(await statusAt(`globex.localhost:${port}`, `X-Forwarded-Host: ${own}`)).toBe(403);
  for (const host of [
    `evillocalhost:${port}`,
    `a.${own}`,
    `${tenant}.localhost.:${port}`,
    `${tenant}.localhost`,
    `${tenant}.localhost:1`,
    `www.localhost:${port}`,
    `xn--cme-8cd.localhost:${port}`,
    `127.0.0.1:${port}`,
    `.localhost:${port}`,
    `${tenant}.evil.example`,
  ]) {
    expect(await statusAt(host), host).toBe(400);
  }
});

test("a write with the cookie must come from a page of the very same host", async ({
  page,
  stack,
  baseURL,
}) => {
  const { tenant, user } = await personOf(stack);
  await signInAt(page, "/signin", user);
  await expect(page).toHaveURL(`${hostOf(tenant, baseURL)}${HOME}`);
  const [own] = (await sessionCookies(page)).filter(({ domain }) => domain.startsWith(tenant));
  const post = (origin: string) =>
    page.request.fetch(`${baseURL}/api/user/acting-tenant`, {
      method: "PUT",
      data: { tenant_id: "x" },
      headers: {
        Host: new URL(hostOf(tenant, baseURL)).host,
        Origin: origin,
        Cookie: `${cookieNameAt(baseURL, "session")}=${own?.value}`,
      },
    });
  for (const origin of [baseURL, hostOf("globex", baseURL), "null", "http://localhost"]) {
    expect(await (await post(origin)).json(), origin).toMatchObject({ code: "cross_origin" });
  }
  expect(await (await post(hostOf(tenant, baseURL))).json()).toMatchObject({ code: "forbidden" });
});
