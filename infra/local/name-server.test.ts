import { Resolver } from "node:dns/promises";
import { afterAll, expect, it } from "vitest";
import { startNameServer } from "./name-server";

const records = new Map([
  ["_sekisho-challenge.acme.example", ["sekisho-domain=one", "another"]],
  ["long.example", ["x".repeat(300)]],
]);
const server = await startNameServer((name) => records.get(name) ?? []);
afterAll(() => server.close());
const resolver = new Resolver();
resolver.setServers([server.address]);

it("answers with the texts of a name, in whatever case it is asked for, and with long ones in pieces", async () => {
  expect(await resolver.resolveTxt("_Sekisho-Challenge.acme.example")).toEqual([
    ["sekisho-domain=one"],
    ["another"],
  ]);
  const [pieces = []] = await resolver.resolveTxt("long.example");
  expect(pieces.map(({ length }) => length)).toEqual([255, 45]);
});

it("says that there is no other name, and that names have no other records", async () => {
  await expect(resolver.resolveTxt("acme.example")).rejects.toMatchObject({ code: "ENOTFOUND" });
  await expect(resolver.resolve4("long.example")).rejects.toMatchObject({ code: "ENODATA" });
});
