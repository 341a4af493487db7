import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { openForFile } from "./contract/bench";
import { operations } from "./contract/call";
import { sampleRequests, send } from "./contract/requests";
import { OPERATIONS_LEFT } from "./protocol/operations-left";

const target = await openForFile();
const readme = fileURLToPath(new URL("../README.md", import.meta.url));
const TABLE = /(?<=<!-- operations -->\n).*?(?=\n<!-- \/operations -->)/s;

/** How the running server answers an empty request: the refusal of what it does not have is told by its name. */
async function isAnswered(name: string): Promise<boolean> {
  return (await send(target, name, {})).type !== "UnknownOperationException";
}

const answered: string[] = [];
for (const name of operations) if (await isAnswered(name)) answered.push(name);
const left = Object.entries(OPERATIONS_LEFT).map(([what, names]) => ({ what, names: names.split(" ") }));

function table(): string {
  const row = (what: string, names: string[]) => `| ${what} (${names.length}) | ${names.join(", ")} |`;
  const rows = left.map(({ what, names }) => row(`refused: ${what}`, names));
  return [`| of ${operations.length} | |`, "| --- | --- |", row("answered", answered), ...rows].join("\n");
}

describe("the operations of the AWS SDK", () => {
  it("are each answered by the server or stand among those left out", () => {
    expect([...answered, ...left.flatMap(({ names }) => names)].sort()).toEqual(operations);
  });

  it("that are answered have each a good request, which the fuzzer and the contract change", async () => {
    const samples = await sampleRequests(target);
    expect(Object.keys(samples).sort()).toEqual(answered);
  });

  it("that are left out are refused with their name and what they are about", async () => {
    for (const { what, names } of left) {
      for (const name of names) {
        const { status, body } = await send(target, name, {});
        expect([status, body.message]).toEqual([400, `The local Cognito does not have ${name} (${what}).`]);
      }
    }
  });

  it("stand in the README as they are; with UPDATE_README=1 they are written there", () => {
    const text = readFileSync(readme, "utf8");
    if (process.env.UPDATE_README) writeFileSync(readme, text.replace(TABLE, table));
    expect(TABLE.exec(readFileSync(readme, "utf8"))?.[0]).toBe(table());
  });
});
