import { createServer } from "node:net";
import { expect, test } from "vitest";
import { freePort } from "./ports";

test("a free port is another one each time, is not in use, and is none that the system gives to connections", async () => {
  const first = await freePort();
  const server = createServer().listen(first + 1, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve).once("error", resolve));
  const ports = await Promise.all(Array.from({ length: 20 }, freePort));
  server.close();
  expect(new Set([first, first + 1, ...ports]).size).toBe(22);
  expect(Math.max(...ports)).toBeLessThan(32_768);
});
