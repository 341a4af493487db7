import { expect, ONCE, test } from "../support/test";

test("a link to the application shows a picture of it elsewhere, small, without signing in", {
  tag: ONCE,
}, async ({ page, stack }) => {
  await page.goto("/signin");
  const address = (await page.locator('meta[property="og:image"]').getAttribute("content")) ?? "";
  expect(new URL(address).origin).toBe(stack.application.url);
  const picture = await fetch(address);
  expect(picture.status).toBe(200);
  expect(picture.headers.get("content-type")).toBe("image/png");
  expect(picture.headers.get("cache-control")).toContain("public");
  const bytes = Buffer.from(await picture.arrayBuffer());
  // Width and height of a PNG are the first of its header chunk (RFC 2083, 11.2.1).
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630]);
  expect(bytes.length).toBeLessThan(60_000);
});
