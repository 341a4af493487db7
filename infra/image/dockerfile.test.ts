import { existsSync, readFileSync } from "node:fs";
import { validate } from "dockerfile-utils";
import { expect, test } from "vitest";

const dockerfile = readFileSync(new URL("Dockerfile", import.meta.url), "utf8");

test("the Dockerfile has no fault that Docker's own linter finds", () => {
  expect(validate(dockerfile)).toEqual([]);
  expect(validate("FROM a\nCMD echo a\nCMD echo b\n").map(({ message }) => message)).not.toEqual([]);
});

test("what is started is started as an array, so that signals reach it, by another than root", () => {
  const last = dockerfile.slice(dockerfile.lastIndexOf("\nFROM"));
  expect(last).toMatch(/\nUSER node\n/);
  const commands = last.match(/^(ENTRYPOINT|CMD|\s+CMD) .*/gm) ?? [];
  expect(commands.length).toBe(2);
  expect(commands.filter((command) => !/CMD \["node", "infra\/server\/\w+\.mjs"\]$/.test(command))).toEqual(
    [],
  );
});

test("what is sent to the builder is listed, and there", () => {
  const lines = readFileSync(new URL("Dockerfile.dockerignore", import.meta.url), "utf8").split("\n");
  const sent = lines.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
  expect(lines.find((line) => line !== "" && !line.startsWith("#"))).toBe("*");
  expect(sent.filter((path) => !existsSync(path))).toEqual([]);
});
