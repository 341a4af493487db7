import { fileURLToPath } from "node:url";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { findPostgres } from "./infra/local/postgres-programs.ts";

const ON_ANY_DATABASE = "{lib,infra}/**/*.db.test.ts";
const ON_PGLITE_ONLY = "lib/**/*.pglite.test.ts";
const ON_POSTGRES_ONLY = "{lib,infra}/**/*.postgres.test.ts";

const testing = (file: string) => `infra/local/testing/${file}`;
const environment = testing("environment.ts");
const runFolder = testing("run-folder.ts");

function project(
  name: string,
  test: NonNullable<TestProjectInlineConfiguration["test"]>,
): TestProjectInlineConfiguration {
  const root = fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "");
  return {
    resolve: { alias: { "@": root } },
    test: {
      name,
      testTimeout: 120_000,
      hookTimeout: 120_000,
      expect: { poll: { timeout: 10_000 } },
      ...test,
    },
  };
}

const unit = project("unit", {
  include: ["{app,lib,infra}/**/*.test.ts"],
  exclude: [ON_ANY_DATABASE, ON_PGLITE_ONLY, ON_POSTGRES_ONLY],
  globalSetup: [runFolder],
  setupFiles: [environment],
  // They keep nothing in their modules: one process for many files saves importing the SDK in each.
  isolate: false,
});
// Threads of one process share the compiled PGlite.
const pglite = project("pglite", {
  pool: "threads",
  include: [ON_ANY_DATABASE, ON_PGLITE_ONLY],
  globalSetup: [runFolder, testing("provide-pglite.ts")],
  setupFiles: [environment, testing("on-pglite.ts")],
});
const postgres = project("postgres", {
  pool: "threads",
  include: [ON_ANY_DATABASE, ON_POSTGRES_ONLY],
  globalSetup: [runFolder, testing("postgres-server.ts")],
  setupFiles: [environment, testing("on-postgres.ts")],
});

const programs = findPostgres();
if ("missing" in programs) {
  process.stdout.write(`skipped: the database tests on PostgreSQL, because ${programs.missing}\n`);
}

export default defineConfig({
  test: {
    silent: "passed-only",
    // One more than the cores of CI: some wait for a process, a timer or a server.
    maxWorkers: 3,
    projects: "missing" in programs ? [unit, pglite] : [unit, pglite, postgres],
  },
});
