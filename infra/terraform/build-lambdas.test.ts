import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildLambdas, bundle, LAMBDAS } from "./build-lambdas";

const [first, second] = ["first", "second"].map((name) => mkdtempSync(join(tmpdir(), `lambdas-${name}-`)));
beforeAll(async () => {
  await buildLambdas(first ?? "");
  await buildLambdas(second ?? "");
});
afterAll(() => {
  for (const folder of [first, second]) rmSync(folder ?? "", { recursive: true, force: true });
});

describe.each(LAMBDAS)("the archive of %s", (name) => {
  const zip = (folder = "") => readFileSync(join(folder, `${name}.zip`));

  it("is the same bytes from the same source: a plan would deploy it anew otherwise", () => {
    expect(zip(first).equals(zip(second))).toBe(true);
  });

  it("holds one module that imports nothing, with the handler that Lambda is told of", async () => {
    const files = unzipSync(zip(first));
    expect(Object.keys(files)).toEqual(["index.mjs"]);
    const text = strFromU8(files["index.mjs"] ?? new Uint8Array());
    expect(text).not.toMatch(/^import\b|\brequire\(/m);
    const { handler } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
    expect(handler).toBeTypeOf("function");
  });
});

describe("the bundled trigger", () => {
  it("does what its source does", async () => {
    const text = strFromU8(await bundle("pre-token-generation"));
    const { handler } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
    const event = { request: { userAttributes: { "custom:tenant_id": "acme" } }, response: {} };
    expect((await handler(event)).response).toEqual({
      claimsAndScopeOverrideDetails: {
        accessTokenGeneration: { claimsToAddOrOverride: { "custom:tenant_id": "acme" } },
      },
    });
  });
});
