import { once } from "node:events";
import { readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runNext } from "./application";

const SOURCES = [
  "app",
  "lib",
  "middleware.ts",
  "instrumentation.ts",
  "instrumentation-client.ts",
  "next.config.ts",
  "package-lock.json",
];
/** Its time is when the last complete build began. A build empties the folder, so that none outlives its build. */
const STAMP = ".next/complete";

/** The journeys run on the production build, made once before all of them unless nothing changed since the last. */
export default async function build(): Promise<void> {
  const began = new Date();
  if (timeOf(STAMP) > Math.max(...SOURCES.flatMap(withContents).map(timeOf))) return;
  const [code] = await once(runNext(["build"], {}, "inherit"), "exit");
  if (code !== 0) throw new Error(`next build ended with code ${code}.`);
  writeFileSync(STAMP, "");
  utimesSync(STAMP, began, began);
}

/** The path and everything below it. Folders count too: their time tells of what was deleted. */
function withContents(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return [path, ...readdirSync(path, { recursive: true, encoding: "utf8" }).map((name) => join(path, name))];
}

function timeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.NEGATIVE_INFINITY;
}
