import { existsSync, readFileSync } from "node:fs";
import { validate } from "dockerfile-utils";
import { describe, expect, test } from "vitest";

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");

describe.each([
  ["Dockerfile", /CMD \["node", "infra\/server\/\w+\.mjs"\]$/],
  ["cognito.Dockerfile", /CMD \["node", "--import", "tsx", "infra\/local-cognito\/src\/main\.ts", .*\]$/],
])("%s", (name, started) => {
  test("has no fault that Docker's own linter finds", () => {
    expect(validate(read(name))).toEqual([]);
    expect(validate("FROM a\nCMD echo a\nCMD echo b\n").map(({ message }) => message)).not.toEqual([]);
  });

  test("starts as an array, so that signals reach it, by another than root", () => {
    const dockerfile = read(name);
    const last = dockerfile.slice(dockerfile.lastIndexOf("\nFROM"));
    expect(last).toMatch(/\nUSER node\n/);
    const commands = last.match(/^(ENTRYPOINT|CMD|\s+CMD) .*/gm) ?? [];
    expect(commands.length).toBe(last.includes("HEALTHCHECK") ? 2 : 1);
    expect(commands.filter((command) => !started.test(command))).toEqual([]);
  });

  test("lists what is sent to the builder, and it is there", () => {
    const lines = read(`${name}.dockerignore`).split("\n");
    const sent = lines.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
    expect(lines.find((line) => line !== "" && !line.startsWith("#"))).toBe("*");
    expect(sent.filter((path) => !existsSync(path))).toEqual([]);
  });
});

test("the application's image has a health check", () => {
  expect(read("Dockerfile")).toMatch(/\nHEALTHCHECK .*\\\n {2}CMD \["node", "infra\/server\/probe\.mjs"\]\n/);
});
