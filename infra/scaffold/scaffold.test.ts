import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FEATURES } from "../../lib/features";
import { foldersOf, OF_THE_HOUSE } from "./take-out";

/** What this checkout has beside the house; one that was made somebody's own may have none. */
const EXAMPLES = FEATURES.map(({ name }) => name).filter((name) => !OF_THE_HOUSE.has(name));

/** What is copied is what git knows or would: as a clone would have it. */
const root = process.cwd();
let copy: string;

// What Vitest sets for its own tests would have others run theirs otherwise.
const { NODE_ENV: _, VITEST: __, ...inherited } = process.env;

function run(command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: copy,
    encoding: "utf8",
    env: { ...inherited, NEXT_TELEMETRY_DISABLED: "1" } as unknown as NodeJS.ProcessEnv,
  });
  if (status !== 0)
    throw new Error(`${command} ${args.join(" ")}\n${stdout.slice(-6_000)}\n${stderr.slice(-2_000)}`);
  return stdout;
}

const commit = (what: string) => {
  run("git", "add", "--all");
  run(
    "git",
    "-c",
    "user.name=test",
    "-c",
    "user.email=test@example.com",
    "commit",
    "--quiet",
    "--message",
    what,
  );
};

/** What the compiler remembers of our last build: one on it costs a quarter. Checks of types start from nothing. */
const COMPILED = ".next/cache/turbopack";

// A fresh copy for each try: one that broke off has changed its own.
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), "sekisho-scaffold-"));
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
  });
  for (const file of files.toString().split("\0").filter(Boolean)) {
    if (!existsSync(join(root, file))) continue;
    mkdirSync(join(copy, dirname(file)), { recursive: true });
    cpSync(join(root, file), join(copy, file), { verbatimSymlinks: true });
  }
  // Links to the same files, and a folder of its own: what a tool writes into node_modules stays in the copy.
  execFileSync("cp", ["-al", join(root, "node_modules"), join(copy, "node_modules")]);
  if (existsSync(COMPILED)) cpSync(join(root, COMPILED), join(copy, COMPILED), { recursive: true });
  run("git", "init", "--quiet");
  commit("as it is");
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

test("a clone without the examples is somebody's own, and a new feature and a role more work in it", () => {
  const began = Date.now();
  const without = EXAMPLES.length > 0 ? ["--without", EXAMPLES.join()] : [];
  run("npm", "run", "make-yours", "--", "--name", "Tana", ...without);
  expect(() => run("git", "grep", "-i", "sekisho", "--", "app", "middleware.ts")).toThrow();
  commit("ours");

  run("npm", "run", "feature:new", "--", "projects");
  const edited = run("git", "diff", "--name-only").split("\n").filter(Boolean);
  expect(edited.filter((file) => foldersOf("projects").some((folder) => file.startsWith(folder)))).toEqual(
    [],
  );
  expect(edited.length).toBeLessThanOrEqual(3);
  // The table alone: a role more.
  const roles = join(copy, "lib/roles.ts");
  const table = readFileSync(roles, "utf8");
  writeFileSync(
    roles,
    table.replace(
      "  // Helps and looks;",
      `  auditor: {
    rank: 5,
    levels: ["read", "oversee"],
    isGiven: true,
    description: "Reads, the log as well",
    words: {
      en: { name: "auditor", choice: "Auditor: reads the log" },
      ja: { name: "監査人", choice: "監査人：ログの閲覧" },
    },
  },
  // Helps and looks;`,
    ),
  );
  run("npm", "run", "lint");
  run(
    "npx",
    "vitest",
    "run",
    "--project",
    "unit",
    "app/",
    "lib/architecture",
    "lib/features",
    "lib/http/openapi",
  );
  run("npx", "vitest", "run", "--project", "pglite", "lib/projects", "lib/db/catalogue");
  // The build that these run on holds the types, too.
  run(
    "npx",
    "playwright",
    "test",
    "e2e/projects",
    "e2e/members/roles",
    "e2e/attacks/matrix.test",
    "--project=en",
    "--workers=2",
    "--grep=project|the role|header mode, strict, access",
  );
  const seconds = Math.round((Date.now() - began) / 1000);
  // What a test that passes says on the console is not shown.
  process.stdout.write(
    `make-yours, feature:new and a role more: ${edited.length} files edited outside the feature's own (${edited.join(", ")}), ${seconds} s\n`,
  );
}, 1_800_000);
