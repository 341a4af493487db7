import { existsSync, readFileSync, rmSync } from "node:fs";
import type { Profiler } from "node:inspector";
import { SourceMap } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Application } from "../../../infra/local/application";

const SHOWN = 25;
const INTERVAL_US = 500;
const OURS = /^(lib|app|infra|middleware)/;
/** Where a process writes what it was doing. */
const fileOf = (pid: string) => join(tmpdir(), `sekisho-${pid}.cpuprofile`);

/** For NODE_OPTIONS: SIGUSR2 has the process note what it is doing, and once more has it write that down. */
export const PROFILER = `--import data:text/javascript,${encodeURIComponent(`
import { Session } from "node:inspector";
import { renameSync, writeFileSync } from "node:fs";
let session;
process.on("SIGUSR2", () => {
  if (!session) {
    session = new Session();
    session.connect();
    session.post("Profiler.enable");
    session.post("Profiler.setSamplingInterval", { interval: ${INTERVAL_US} });
    return session.post("Profiler.start");
  }
  const file = ${JSON.stringify(fileOf("PID"))}.replace("PID", process.pid);
  session.post("Profiler.stop", (_error, { profile }) => writeFileSync(file + ".part", JSON.stringify(profile)));
  session.disconnect();
  session = undefined;
  renameSync(file + ".part", file);
});`)}`;

/** Prints whose code a process runs while `work` is done: by package, and the functions that take most of it. */
export async function printProfile(
  { process: child }: Application,
  name: string,
  work: () => Promise<void>,
): Promise<void> {
  const file = fileOf(String(child.pid));
  rmSync(file, { force: true });
  child.kill("SIGUSR2");
  await work();
  child.kill("SIGUSR2");
  while (!existsSync(file)) await sleep(50);
  const { nodes, samples = [] } = JSON.parse(readFileSync(file, "utf8")) as Profiler.Profile;
  rmSync(file);
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const callers = new Map(
    nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  );
  const inclusive = new Map<string, number>();
  const packages = new Map<string, number>();
  const functions = new Map<string, number>();
  for (const id of samples) {
    const frame = frames.get(id);
    if (!frame || frame.functionName === "(idle)") continue;
    const place = placeOf(frame);
    const owner = packageOf(place);
    add(packages, owner);
    add(functions, `${frame.functionName || "(anonymous)"}  ${owner}  ${place.split("/").at(-1)}`);
    for (const each of ownOf(id)) add(inclusive, each);
  }
  console.log(`\n${name}: by package`);
  print(packages);
  console.log(`\n${name}: by function`);
  print(functions);
  console.log(`\n${name}: functions of ours, with what they call before they wait`);
  print(inclusive, samples.length);

  /** The functions of ours that a sample was taken in. */
  function ownOf(sample: number): Set<string> {
    const found = new Set<string>();
    for (let id: number | undefined = sample; id !== undefined; id = callers.get(id)) {
      const frame = frames.get(id);
      const place = frame ? placeOf(frame) : "";
      if (frame && OURS.test(packageOf(place)))
        found.add(`${frame.functionName}  ${place.split("/").slice(-2).join("/")}`);
    }
    return found;
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function print(
  counts: Map<string, number>,
  total = [...counts.values()].reduce((sum, each) => sum + each, 0),
): void {
  const most = [...counts].sort(([, a], [, b]) => b - a).slice(0, SHOWN);
  for (const [key, count] of most) console.log(`${((100 * count) / total).toFixed(1).padStart(6)} %  ${key}`);
}

/** Of bundled code the file that it was written in. */
function placeOf({
  url,
  functionName,
  lineNumber,
  columnNumber,
}: Profiler.Profile["nodes"][0]["callFrame"]): string {
  if (!url) return functionName;
  if (!url.startsWith("file:") && !url.startsWith("/")) return url;
  const path = url.startsWith("file:") ? fileURLToPath(url) : url;
  const entry = mapOf(path)?.findEntry(lineNumber, columnNumber);
  return (entry && "originalSource" in entry && entry.originalSource) || path;
}

const maps = new Map<string, SourceMap | null>();

function mapOf(path: string): SourceMap | null {
  const known = maps.get(path);
  if (known !== undefined) return known;
  const isThere = existsSync(`${path}.map`);
  const map = isThere ? new SourceMap(JSON.parse(readFileSync(`${path}.map`, "utf8"))) : null;
  maps.set(path, map);
  return map;
}

/** A package by its name, what is Node's by its module, what is ours by its folder. */
function packageOf(place: string): string {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(place) ?? [];
  if (name !== undefined)
    return name === "next" ? (/next\/dist\/(?:compiled\/[^/]+|[^/]+)/.exec(place)?.[0] ?? name) : name;
  if (place.startsWith("node:")) return place;
  return /\b(?:lib|app|infra)\/[^/]+/.exec(place)?.[0] ?? place;
}
