import { accessSync, constants, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

const DISTRIBUTION_FOLDER = "/usr/lib/postgresql";
const PROGRAMS = ["initdb", "postgres"];

/** The folder that holds PostgreSQL's server programs, or why there is none. */
export type PostgresPrograms = { folder: string } | { missing: string };

/** Looks in PATH, then where Debian keeps every version apart, newest first. */
export function findPostgres(path = process.env.PATH ?? ""): PostgresPrograms {
  const folder = [...path.split(delimiter), ...distributionFolders()].find(holdsPrograms);
  if (folder) return { folder };
  return { missing: `${PROGRAMS.join(" and ")} are neither in PATH nor under ${DISTRIBUTION_FOLDER}` };
}

function distributionFolders(): string[] {
  try {
    return readdirSync(DISTRIBUTION_FOLDER)
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(DISTRIBUTION_FOLDER, version, "bin"));
  } catch {
    // No such folder: not a Debian, or no PostgreSQL.
    return [];
  }
}

function holdsPrograms(folder: string): boolean {
  try {
    for (const program of PROGRAMS) accessSync(join(folder, program), constants.X_OK);
    return folder !== "";
  } catch {
    return false;
  }
}
