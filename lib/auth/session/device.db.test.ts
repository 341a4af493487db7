import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { asSuperuser } from "../../../infra/local/testing/superuser";
import { knownDevices } from "../../db/schema";
import { deviceOf, rememberDevice } from "./device";

function jar(held?: string) {
  return { get: () => (held === undefined ? undefined : { value: held }), set: vi.fn() };
}

test("a browser without a mark is given one of its own, for a year", () => {
  const [one, other] = [jar(), jar()];
  expect(deviceOf(one)).not.toBe(deviceOf(other));
  expect(one.set).toHaveBeenCalledWith(
    "sekisho-3000.device",
    expect.stringMatching(/^[0-9a-f-]{36}$/),
    expect.objectContaining({ httpOnly: true, sameSite: "lax", maxAge: 365 * 24 * 3600 }),
  );
});

test("a browser keeps the mark it has, unless it is no mark of ours", () => {
  expect(deviceOf(jar("seen-before"))).toBe("seen-before");
  expect(deviceOf(jar("x".repeat(65)))).not.toContain("x");
  expect(deviceOf(jar(""))).not.toBe("");
});

test("a device is new once for each user", async () => {
  const [sub, other, device] = [randomUUID(), randomUUID(), randomUUID()];
  expect(await rememberDevice(sub, device)).toBe(true);
  expect(await rememberDevice(sub, device)).toBe(false);
  expect(await rememberDevice(other, device)).toBe(true);
  expect(await rememberDevice(sub, randomUUID())).toBe(true);
});

test("of twenty sign-ins at once on one new device, one is the first", async () => {
  const [sub, device] = [randomUUID(), randomUUID()];
  const answers = await Promise.all(Array.from({ length: 20 }, () => rememberDevice(sub, device)));
  expect(answers.filter(Boolean)).toHaveLength(1);
});

test("the mark itself is not stored", async () => {
  const [sub, device] = [randomUUID(), randomUUID()];
  await rememberDevice(sub, device);
  const rows = await asSuperuser((tx) => tx.select().from(knownDevices).where(eq(knownDevices.sub, sub)));
  expect(rows).toHaveLength(1);
  expect(rows[0]?.device).not.toContain(device);
});
