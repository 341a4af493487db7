import type { Page } from "@playwright/test";
import { toastOf } from "../support/page";
import { addItems, apiOf, fillSignIn, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import type { Words } from "../support/words";

type Answer = { status: number; contentType: string; body: string; headers?: Record<string, string> };

const problem = (status: number, code: string, headers = {}): Answer => ({
  status,
  contentType: "application/problem+json",
  body: JSON.stringify({ type: "about:blank", title: code, status, code, request_id: crypto.randomUUID() }),
  headers,
});
const html = (status: number): Answer => ({
  status,
  contentType: "text/html",
  body: "<html><h1>Somebody in between</h1></html>",
});

/** What may come instead of what was asked for, and what it means; null: nothing comes. */
const ANSWERS: [string, Answer | null, (t: Words) => string][] = [
  ["a page at another address", problem(403, "cross_origin"), (t) => t("errors.cross_origin")],
  [
    "too many tries",
    problem(429, "rate_limited", { "Retry-After": "270" }),
    (t) => t("errors.rate_limited", { minutes: 5 }),
  ],
  ["no database", problem(503, "database_unavailable"), (t) => t("errors.database_unavailable")],
  ["no Cognito", problem(503, "cognito_unavailable"), (t) => t("errors.cognito_unavailable")],
  ["a fault of ours", problem(500, "internal"), (t) => t("errors.internal")],
  ["a proxy without a server", html(502), (t) => t("errors.unavailable")],
  ["a proxy that waited", html(504), (t) => t("errors.unavailable")],
  ["a proxy's limit", html(429), (t) => t("errors.rate_limited", { minutes: 1 })],
  ["a proxy's limit of size", html(413), (t) => t("errors.payload_too_large")],
  ["a network's own sign-in page", html(200), (t) => t("errors.unavailable")],
  ["a refusal of nobody knows whom", html(403), (t) => t("errors.unknown")],
  ["nothing", null, (t) => t("errors.network")],
];

/** Has every request to a path answered like that while `work` goes on. */
async function answering(
  page: Page,
  path: string,
  answer: Answer | null,
  work: () => Promise<void>,
): Promise<void> {
  await page.route(path, (route) => (answer ? route.fulfill(answer) : route.abort()));
  await work();
  await page.unroute(path);
}

test("a sign-in that is refused says why, and only a missing answer is called one", { tag: ONCE }, async ({
  page,
  t,
}) => {
  await page.goto("/signin");
  for (const path of ["**/api/auth/callback/password", "**/api/auth/csrf"]) {
    for (const [name, answer, words] of ANSWERS) {
      await answering(page, path, answer, async () => {
        await fillSignIn(page, { email: "bob@acme.example", password: "x" });
        await expect(page.getByRole("alert").filter({ hasText: words(t) }), name).toBeVisible();
      });
    }
  }
  await answering(page, "**/api/auth/signin/cognito*", html(502), async () => {
    await page.getByRole("button", { name: t("signin.hosted") }).click();
    await expect(page.getByText(t("errors.unavailable"))).toBeVisible();
  });
});

test("a sign-out that fails says so and why, and can be tried again", async ({ page, stack, t }) => {
  await signedInPerson(page, stack);
  await page.goto("/items");
  const button = page.getByRole("button", { name: t("nav.signOut") });
  for (const [name, answer, words] of ANSWERS) {
    await answering(page, "**/api/auth/signout", answer, async () => {
      await button.click();
      await expect(toastOf(page, t), name).toContainText(t("nav.notSignedOut", { reason: words(t) }));
      await expect(button, name).not.toHaveAttribute("aria-disabled", "true");
    });
    await toastOf(page, t)
      .getByRole("button", { name: t("ui.dismiss") })
      .click();
  }
  await button.click();
  await expect(page).toHaveURL(/\/signin$/);
});

test("a write and a next page that are refused say why", { tag: ONCE }, async ({ page, stack, t }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await addItems(
    api,
    Array.from({ length: 51 }, (_, index) => `Item ${index + 1}.`),
  );
  await page.goto("/items");
  for (const [name, answer, words] of ANSWERS) {
    await answering(page, "**/api/items?*", answer, async () => {
      await page.getByRole("button", { name: t("ui.loadMore") }).click();
      await expect(page.getByRole("main").getByText(words(t)), name).toBeVisible();
    });
  }
  await page.getByRole("button", { name: t("items.new") }).click();
  await page.getByLabel(t("items.name")).fill("Lantern");
  for (const [name, answer, words] of ANSWERS) {
    await answering(page, "**/api/items", answer, async () => {
      await page.getByRole("button", { name: t("items.add") }).click();
      const told = answer ? words(t) : t("errors.not_saved");
      await expect(page.getByRole("dialog").getByText(told), name).toBeVisible();
    });
  }
  await expect(page.getByLabel(t("items.name"))).toHaveValue("Lantern");
});
