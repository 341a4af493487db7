import { accessSync, constants, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

const DISTRIBUTION_FOLDER = "/usr/lib/postgresql";
const SERVER = ["initdb", "postgres"];
/** What saves a database and brings it back. */
export const ARCHIVE = ["pg_dump", "pg_restore"];

/** The folder that holds PostgreSQL's programs, or why there is none. */
export type PostgresPrograms = { folder: string } | { missing: string };

/** Looks in PATH, then where Debian keeps every version apart, newest first. @param programs that are needed. */
export function findPostgres(path = process.env.PATH ?? "", programs = SERVER): PostgresPrograms {
  const folders = [...path.split(delimiter), ...distributionFolders()];
  const folder = folders.find((each) => holdsAll(each, programs));
  if (folder) return { folder };
  return { missing: `${programs.join(" and ")} are neither in PATH nor under ${DISTRIBUTION_FOLDER}` };
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

function holdsAll(folder: string, programs: string[]): boolean {
  try {
    for (const program of programs) accessSync(join(folder, program), constants.X_OK);
    return folder !== "";
  } catch {
    return false;
  }
}
