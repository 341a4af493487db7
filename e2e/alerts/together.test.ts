import type { Browser, Page } from "@playwright/test";
import type { Stack } from "../../infra/local/stack";
import { Alert, AlertComment } from "../../lib/alerts/contract";
import { expectNoViolations } from "../support/axe";
import { apiIn, signedInPerson } from "../support/person";
import { expect, test } from "../support/test";
import { newMember, newTenant } from "../support/users";
import type { Words } from "../support/words";

const timelineOf = (page: Page, t: Words) =>
  page.getByRole("region", { name: t("alerts.timeline") }).getByRole("listitem");

/** Two members with a name, each in a browser of their own, and an alert. */
async function together({ page, browser, stack }: { page: Page; browser: Browser; stack: Stack }) {
  const tenant = newTenant();
  const url = stack.application.url;
  const ken = await browser.newPage({ baseURL: url });
  for (const [each, name] of [
    [page, "Yuki Tanaka"],
    [ken, "Ken Abe"],
  ] as const) {
    await signedInPerson(each, stack, { tenant });
    const named = await (await apiIn(each, url)).patch("/api/user/me", { name });
    expect(named.status, named.text).toBeLessThan(300);
  }
  const api = await newMember(stack, { tenant });
  const { id } = Alert.parse((await api.post("/api/alerts", { title: "Smoke" })).body);
  return { ken, api, id };
}

test("an alert is taken and given to a colleague, who sees it at once and finds it among their own", async ({
  page,
  browser,
  stack,
  t,
}) => {
  const { ken, id } = await together({ page, browser, stack });
  await Promise.all([page.goto(`/alerts/${id}`), ken.goto(`/alerts/${id}`)]);
  await page.getByRole("button", { name: t("alerts.take"), exact: true }).click();
  await expect(timelineOf(page, t)).toHaveCount(2);
  await expect(timelineOf(ken, t)).toContainText(["", `${t("alerts.assigned")} Yuki Tanaka`]);
  const opener = page.getByRole("button", { name: t("alerts.assign"), exact: true });
  await opener.press("Enter");
  const dialog = page.getByRole("dialog");
  const field = dialog.getByRole("combobox", { name: t("alerts.findAssignee") });
  const options = dialog.getByRole("option");
  const own = t("people.you") + t("alerts.assignedNow");
  await expect(options).toHaveText(["Ken Abe", own, t("alerts.nobody")]);
  await expectNoViolations(page, "assigning an alert");
  await field.fill("Zoe");
  await expect(dialog.getByText(t("palette.nothing"))).toBeVisible();
  await field.fill("ken");
  await expect(options).toHaveText(["Ken Abe"]);
  await field.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(opener).toBeFocused();
  await expect(timelineOf(page, t)).toContainText(["", "Ken Abe"]);
  await expect(ken.getByRole("button", { name: t("alerts.leave") })).toBeVisible();

  await ken.goto("/alerts?assignee=me");
  const rows = ken.getByRole("region", { name: t("alerts.title") }).getByRole("listitem");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText(t("alerts.assignedTo", { who: t("people.you") }));
  await ken.getByRole("combobox", { name: t("alerts.byAssignee") }).selectOption("nobody");
  await expect(ken).toHaveURL("/alerts?assignee=nobody");
  await expect(rows).toHaveCount(0);
  const byAssignee = ken.getByRole("combobox", { name: t("alerts.byAssignee") });
  await byAssignee.selectOption({ label: t("alerts.somebodyElse") });
  await ken.getByRole("dialog").getByRole("combobox").fill("yuki");
  await expect(ken.getByRole("dialog").getByRole("option")).toHaveText(["Yuki Tanaka"]);
  await ken.getByRole("dialog").getByRole("combobox").press("Enter");
  await expect(ken).toHaveURL(/assignee=[0-9a-f-]{36}$/);
  await expect(byAssignee.getByRole("option", { selected: true })).toHaveText("Yuki Tanaka");
  await expect(rows).toHaveCount(0);
  await ken.goBack();
  await ken.goBack();
  await expect(ken).toHaveURL("/alerts?assignee=me");
  await expect(rows).toHaveCount(1);
  await ken.close();
});

test("what one writes about an alert stands in the timeline of the other, and is removed by who wrote it", async ({
  page,
  browser,
  stack,
  t,
}) => {
  const { ken, id, api } = await together({ page, browser, stack });
  await Promise.all([page.goto(`/alerts/${id}`), ken.goto(`/alerts/${id}`)]);
  const field = page.getByLabel(t("alerts.writeComment"));
  await page.getByRole("button", { name: t("alerts.comment"), exact: true }).click();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await field.fill("Only the lamp,\nit is refilled");
  await page.getByRole("button", { name: t("alerts.comment"), exact: true }).click();
  await expect(timelineOf(page, t)).toHaveCount(2);
  await expect(field).toHaveValue("");
  await expect(timelineOf(ken, t)).toContainText(["", "Yuki Tanaka"]);
  await expect(timelineOf(ken, t).last()).toContainText("it is refilled");
  await expectNoViolations(ken, "page of an alert with a comment");
  await expect(ken.getByRole("button", { name: t("alerts.removeComment") })).toHaveCount(0);

  // What somebody else writes meanwhile takes nothing away that one is typing.
  await field.fill("And ");
  const said = await api.post(`/api/alerts/${id}/comments`, { text: "Seen" });
  expect(AlertComment.parse(said.body).text).toBe("Seen");
  await expect(timelineOf(page, t)).toHaveCount(3);
  await expect(field).toHaveValue("And ");

  const mine = timelineOf(page, t).filter({ hasText: "Only the lamp" });
  await mine.getByRole("button").click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: t("alerts.removeComment") })
    .click();
  await expect(mine).toHaveCount(0);
  await expect(timelineOf(ken, t)).toHaveCount(2);
  await ken.goto("/alerts");
  await expect(ken.getByText(t("alerts.comments", { count: 1 }))).toBeVisible();
  await ken.close();
});
