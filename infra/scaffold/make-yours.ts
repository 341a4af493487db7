import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { makeFirstMigration } from "./first-migration";
import { productName, rename } from "./rename";
import { takeOut } from "./take-out";

const USAGE = `npm run make-yours -- --name "Tana" [--without items,alerts]

Makes this checkout your own product: its name in words, package, cookies, headers, mails and Terraform, and with
--without its examples out, their database tables included (one fresh first migration: for a product that has no
database yet). Commit before: what it changes is then one diff.`;

const root = process.cwd();
try {
  const { values } = parseArgs({ options: { name: { type: "string" }, without: { type: "string" } } });
  if (!values.name) throw new Error(USAGE);
  const name = productName(values.name);
  const without = (values.without ?? "").split(",").filter(Boolean);
  if (without.length > 0) {
    takeOut(root, without);
    await makeFirstMigration(root);
  }
  const changed = rename(root, name);
  execFileSync("npx", ["--no-install", "biome", "check", "--write", "--log-level=error"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  console.log(
    `This is ${name.shown} now: ${changed.length} files say so${without.length > 0 ? `, and ${without.join(" and ")} are gone` : ""}.`,
  );
  console.log("Next: npm install, npm run dev, and git diff --stat to see what was done.");
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
