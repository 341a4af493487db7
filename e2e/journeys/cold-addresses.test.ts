import type { Page } from "@playwright/test";
import { readAddress } from "../../app/(tenant)/items/address";
import { ListAlerts, SEVERITIES, STATUSES } from "../../lib/alerts/contract";
import { OUTCOMES } from "../../lib/audit/contract";
import { ListAudit } from "../../lib/features";
import { ListMembers, MEMBER_STATUSES } from "../../lib/members/contract";
import { GIVEN_ROLES } from "../../lib/roles";
import { UNKNOWN_ID } from "../support/api-contract";
import { addItems, apiOf, fillSignIn, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

type Values = Record<string, readonly string[]>;

/** The addresses of a page: alone, with some values of each parameter, and with one of each. */
function addressesOf(path: string, known: string[], values: Values): string[] {
  expect(Object.keys(values).sort(), `the parameters of ${path}`).toEqual(known.sort());
  const each = Object.entries(values).flatMap(([name, all]) => all.map((value) => ({ [name]: value })));
  const together = Object.fromEntries(Object.entries(values).map(([name, [first = ""]]) => [name, first]));
  return [{}, ...each, together].map((query) => `${path}?${new URLSearchParams(query)}`);
}

/** What the page and its browser complain about. That nothing is there, or one has to sign in, is said on the page. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    const isAnswer = /status of 40[14]/.test(message.text());
    if (message.type() === "error" && !isAnswer) complaints.push(`${page.url()}: ${message.text()}`);
  });
  return complaints;
}

test("every address that a page can have opens cold as it is, without an error on either side", {
  tag: ONCE,
}, async ({ page, stack, baseURL, t }) => {
  test.setTimeout(120_000);
  const user = await signedInPerson(page, stack, { groups: ["admin"] });
  const api = await apiOf(stack, user);
  const [id = ""] = await addItems(api, ["Lantern", "Rope"]);
  await api.post("/api/alerts", { title: "Smoke" });
  const cursorOf = async (path: string) => {
    const link = (await api.get(`${path}?limit=1`)).headers.get("link") ?? "";
    return new URL(/<([^>]*)>/.exec(link)?.[1] ?? "/", baseURL).searchParams.get("cursor") ?? "made-up";
  };
  const without = (contract: { shape: object }, ...names: string[]) =>
    Object.keys(contract.shape).filter((name) => !names.includes(name));
  const addresses = [
    ...["/home", "/account", "/no-tenant", "/not/a/page", "/enter", "/enter?tenant=acme&state=x&to=/items"],
    ...addressesOf("/items", Object.keys(readAddress({})), {
      q: ["lan", "100%_\\"],
      shown: ["100", "x"],
      item: ["new", id, UNKNOWN_ID, "no-id"],
    }),
    ...addressesOf("/alerts", without(ListAlerts, "limit", "cursor"), {
      status: [STATUSES[0], "none"],
      severity: [SEVERITIES[0], "none"],
      source: ["manual", "<b>"],
    }),
    ...addressesOf("/members", without(ListMembers, "limit"), {
      q: ["people", "%"],
      role: [GIVEN_ROLES[0], "none"],
      status: [MEMBER_STATUSES[0], "none"],
      cursor: [await cursorOf("/api/members"), "made-up"],
    }),
    ...addressesOf("/audit", without(ListAudit, "limit"), {
      action: ["item", "item.created", "none"],
      outcome: [OUTCOMES[0], "none"],
      actor: ["people"],
      subject: ["Lantern"],
      from: ["2026-01-01", "2026-01-01T00:00:00Z", "tomorrow"],
      to: ["2026-12-31"],
      cursor: [await cursorOf("/api/audit"), "made-up"],
    }),
  ];
  const complaints = complaintsOf(page);
  const before = stack.application.output().length;
  for (const address of addresses) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 }), address).toBeVisible();
    // The script is there, and has taken over what the server sent.
    await expect(page.getByRole("button", { disabled: false }).first(), address).toBeAttached();
  }
  await page.goto(`/items?q=rope&item=${id}`);
  await expect(page.getByRole("dialog").getByLabel(t("items.name"))).toHaveValue("Lantern");

  await page.context().clearCookies();
  const words = [
    "session_ended",
    "password_reset",
    "signed_out_everywhere",
    "signed_out_unconfirmed",
    "rate_limited:30",
    "<b>",
    "",
  ];
  const open = ["/forgot-password", ...words.map((error) => `/signin?${new URLSearchParams({ error })}`)];
  for (const address of [...open, "/signin?callbackUrl=/alerts", "/challenge?callbackUrl=/alerts"]) {
    await page.goto(address);
    await expect(page.getByRole("button", { disabled: false }).first(), address).toBeVisible();
  }
  const fresh = await newUser(stack, { tenant: newTenant(), temporary: true });
  await fillSignIn(page, fresh);
  await page.waitForURL("**/challenge?**");
  await page.reload();
  await expect(page.getByRole("button", { name: t("challenge.saveAndSignIn") })).toBeEnabled();

  expect(complaints).toEqual([]);
  const said = stack.application.output().slice(before);
  expect(said.split("\n").filter((line) => /⨯|"level":"error"|Error:/.test(line))).toEqual([]);
});
