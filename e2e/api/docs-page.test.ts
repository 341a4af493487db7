import type { Page } from "@playwright/test";
import { DEMO_PASSWORD } from "../../infra/local/provision";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

/** What the page says to the console and whom it asks. */
function watch(page: Page): { complaints: string[]; origins: Set<string> } {
  const [complaints, origins] = [[] as string[], new Set<string>()];
  page.on("console", (message) => {
    if (message.type() !== "log" && message.type() !== "info") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith("data:")) origins.add(new URL(request.url()).origin);
  });
  return { complaints, origins };
}

async function signIn(page: Page, email: string, password: string): Promise<void> {
  const button = page.getByRole("button", { name: "Sign in", exact: true });
  await expect(button).toBeEnabled();
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await button.click();
}

test("the documentation page lets bob sign in and ask what only callers are told, and asks nobody but us", async ({
  page,
  baseURL,
}) => {
  const { complaints, origins } = watch(page);
  await page.goto("/api/docs");
  await signIn(page, "bob@acme.example", DEMO_PASSWORD);
  await expect(page.getByText("Signed in as bob@acme.example")).toBeVisible();

  const operation = page.locator("#operations-Account-readTenant");
  await operation.getByRole("button", { name: /For which tenant one is working/ }).click();
  const answered = page.waitForResponse(
    (response) => new URL(response.url()).pathname === "/api/user/tenant",
  );
  await operation.getByRole("button", { name: "Execute" }).click();
  const response = await answered;
  expect(response.status()).toBe(200);
  expect(await response.request().headerValue("authorization")).toMatch(/^Bearer \S+$/);
  await expect(operation.locator(".live-responses-table tbody .response-col_status").first()).toContainText(
    "200",
  );

  await page.getByRole("button", { name: "Forget the token" }).click();
  const refused = page.waitForResponse((each) => new URL(each.url()).pathname === "/api/user/tenant");
  await operation.getByRole("button", { name: "Execute" }).click();
  // The browser itself reports an answer of 401 on its console.
  expect((await refused).status()).toBe(401);
  await expect(operation.locator(".live-responses-table tbody .response-col_status").first()).toContainText(
    "401",
  );

  expect(complaints.filter((text) => !/status of 401/.test(text))).toEqual([]);
  expect([...origins]).toEqual([baseURL]);
  expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).toBe(
    "[{},{}]",
  );
});

test("the documentation page says what a wrong password and a further step are", async ({ page, stack }) => {
  const user = await newUser(stack, { tenant: newTenant(), temporary: true });
  await page.goto("/api/docs/");
  await signIn(page, user.email, "Wr0ng!password");
  await expect(page.getByRole("status")).toHaveText("Incorrect e-mail or password.");
  await signIn(page, user.email, user.password);
  await expect(page.getByRole("status")).toContainText("NEW_PASSWORD_REQUIRED");
});

test("the documentation page tells a proxy's answer from none", async ({ page }) => {
  await page.goto("/api/docs");
  const login = "**/api/user/login";
  for (const status of [200, 403, 502]) {
    await page.route(login, (route) =>
      route.fulfill({ status, contentType: "text/html", body: "<h1>No</h1>" }),
    );
    await signIn(page, "bob@acme.example", "x");
    await expect(page.getByRole("status")).toContainText("answered instead");
    await page.unroute(login);
  }
  await page.route(login, (route) => route.abort());
  await signIn(page, "bob@acme.example", "x");
  await expect(page.getByRole("status")).toContainText("cannot be reached");
});

test("the documentation page has a policy of its own, and serves no other file", async ({ request }) => {
  const page = await request.get("/api/docs");
  expect(page.headers()["content-type"]).toBe("text/html; charset=utf-8");
  expect(page.headers()["content-security-policy"]).toContain("default-src 'none'; script-src 'self'");
  expect(page.headers()["content-security-policy"]).not.toMatch(/unsafe|https?:|\*/);
  expect(await page.text()).not.toMatch(/<script(?![^>]*src=)|<style|style=|https?:/);
  const style = await request.get("/api/docs/page.css");
  expect([style.status(), style.headers()["content-type"]]).toEqual([200, "text/css; charset=utf-8"]);
  expect(style.headers()["cache-control"]).toBe("public, max-age=3600");
  for (const name of ["page.html", "package.json", "..%2fasset.ts", "asset.ts", "%00", "constructor", "x"]) {
    expect((await request.get(`/api/docs/${name}`)).status(), name).toBe(404);
  }
});
