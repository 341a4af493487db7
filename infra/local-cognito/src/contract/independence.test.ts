import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const folder = fileURLToPath(new URL(".", import.meta.url));
// Not this one, whose text has imports as examples.
const files = readdirSync(folder).filter((name) => /^(?!independence).*\.ts$/.test(name));
/** How Terraform and its provider are found and started: they know no Cognito. */
const STARTERS = ["../../../local/testing/terraform-folder", "../../../local/testing/terraform-provider"];
const packages = ["@aws-sdk/client-cognito-identity-provider", "jose", "openid-client", "vitest"];

function imports(text: string): string[] {
  const found = text.matchAll(/(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*["']([^"'\n]+)["']/g);
  return [...found].map(([, name = ""]) => name);
}

describe("the contract", () => {
  it.each(files)("%s imports nothing from inside the local Cognito", (file) => {
    const foreign = imports(readFileSync(`${folder}/${file}`, "utf8")).filter(
      (name) =>
        !/^\.\/[\w-]+$/.test(name) && !name.startsWith("node:") && ![...packages, ...STARTERS].includes(name),
    );
    expect(foreign).toEqual(file === "target.ts" ? ["../server"] : []);
  });

  it("would notice each way of importing", () => {
    const text = `import a from "../a";\nexport * from '../b';\nimport "../c";\nawait import("../d");`;
    expect(imports(text)).toEqual(["../a", "../b", "../c", "../d"]);
  });
});
