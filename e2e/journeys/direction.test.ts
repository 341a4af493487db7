import { apiOf, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";

const NAME = "\u202egate\u2069";

test("a name that turns the direction bends nothing around it", { tag: ONCE }, async ({ page, stack }) => {
  const person = await signedInPerson(page, stack, { groups: ["admin"] });
  const api = await apiOf(stack, person);
  await api.post("/api/items", { name: NAME, description: NAME });
  await api.post("/api/alerts", { title: NAME, detail: NAME, source: NAME, severity: "critical" });
  for (const path of ["/items", "/alerts", `/alerts?source=${encodeURIComponent(NAME)}`, "/audit", "/home"]) {
    await page.goto(path);
    await expect(page.getByText(NAME).first()).toBeVisible();
    const bare = await page.evaluate((name) => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found: string[] = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const isCode = node.parentElement?.closest("script, style, template");
        const isIsolated = node.parentElement?.closest("bdi, [dir=auto]");
        if (!isCode && node.textContent?.includes(name) && !isIsolated) found.push(node.textContent);
      }
      const labels = [...document.querySelectorAll("[aria-label], [title]")].flatMap((each) => [
        each.getAttribute("aria-label") ?? "",
        each.getAttribute("title") ?? "",
      ]);
      return [...found, ...labels.filter((label) => label.includes("\u202e"))];
    }, NAME);
    expect(bare, path).toEqual([]);
  }
});
