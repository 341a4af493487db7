import { type ClientRequest, get } from "node:http";
import type { Application } from "../../infra/local/application";
import { cpuMs } from "../../infra/local/bench/cpu";
import { startPostgres } from "../../infra/local/postgres";
import { startGround } from "../../infra/local/stack";
import { newUser } from "../support/users";

/**
 * What open streams of alerts cost one process: memory each, the processor while nothing happens, and how long an alert
 * that is raised on another instance takes until the last reader of its tenant has it.
 */
const TENANTS = 2;
const USERS = 25;
/** Nobody may have more. */
const EACH = 20;
const IDLE_SECONDS = 30;
const WRITES = 5;
/** For memory to be what is held, and not what nobody has swept up yet. */
const COLLECT = [
  "--expose-gc",
  "--import",
  'data:text/javascript,process.on("SIGUSR2",()=>{gc();console.log(JSON.stringify({held:process.memoryUsage()}))})',
];

const postgres = await startPostgres();
if (!postgres || process.platform !== "linux") {
  console.log("skipped: open streams, because they need Linux and PostgreSQL's server programs");
} else {
  const { appUrl } = await postgres.createDatabase();
  const environment = { DATABASE_URL: appUrl, COGNITO_PREFERRED_TOKEN_USE: "id" };
  const ground = await startGround({
    nodeFlags: COLLECT,
    environment: { ...environment, SIGN_IN_TRIES_PER_ADDRESS: "100000" },
  });
  try {
    const [reading, writing] = await Promise.all([ground.startApplication(), ground.startApplication()]);
    const tokens: string[][] = [];
    for (let tenant = 0; tenant < TENANTS; tenant++) {
      const ofTenant: string[] = [];
      for (let user = 0; user < USERS; user++)
        ofTenant.push(await tokenIn(ground, writing, `tenant-${tenant}`));
      tokens.push(ofTenant);
    }
    await measure(reading, writing, tokens);
  } finally {
    await ground.stop();
    await postgres.destroy();
  }
}

async function tokenIn(ground: Parameters<typeof newUser>[0], { url }: Application, tenant: string) {
  const user = await newUser(ground, { tenant });
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(`${url}/api/user/login`, {
    method: "POST",
    headers,
    body: JSON.stringify(user),
  });
  return ((await answer.json()) as { id_token: string }).id_token;
}

async function measure(reading: Application, writing: Application, tokens: string[][]): Promise<void> {
  const { pid } = reading.process;
  // One person's after another's: what five hundred requests at once leave with the process is none of the streams.
  const open = async (ofTenant: string[]) => {
    const opened: Reader[] = [];
    for (const token of ofTenant) {
      opened.push(...(await Promise.all(Array.from({ length: EACH }, () => openStream(reading.url, token)))));
    }
    return opened;
  };
  // What the first of them loads is not of each.
  for (const first of await open([tokens[0]?.[0] ?? ""])) first.request.destroy();
  const streams: Reader[][] = [];
  let before = await memory(reading);
  for (const ofTenant of tokens) {
    const opened = await open(ofTenant);
    streams.push(opened);
    const after = await memory(reading);
    const each = (of: "heapUsed" | "rss") => ((after[of] - before[of]) / opened.length / 1024).toFixed(1);
    console.log(
      `${opened.length} streams more: ${each("heapUsed")} KB of the heap each, ${each("rss")} KB resident`,
    );
    before = after;
  }
  const count = streams.flat().length;
  const idle = cpuMs(pid);
  await new Promise((done) => setTimeout(done, IDLE_SECONDS * 1000));
  const share = (cpuMs(pid) - idle) / (IDLE_SECONDS * 10);
  const [readers = []] = streams;
  const took: number[] = [];
  for (let write = 0; write < WRITES; write++)
    took.push(await raised(writing.url, tokens[0]?.[0] ?? "", readers));
  console.log(`${count} streams: ${share.toFixed(1)} % of the processor while nothing happens`);
  console.log(
    `from a write on another instance to the last of ${readers.length}: ${took.map((ms) => ms.toFixed(0)).join(", ")} ms`,
  );
  for (const { request } of streams.flat()) request.destroy();
}

type Reader = { request: ClientRequest; heard: (title: string) => Promise<number> };

/** A stream that says that it is live, and when an alert of a title came. */
function openStream(url: string, token: string): Promise<Reader> {
  return new Promise((opened, failed) => {
    let wanted = "";
    let came = (_at: number) => {};
    const headers = { Authorization: `Bearer ${token}` };
    const request = get(`${url}/api/alerts/stream`, { headers, agent: false }, (answer) => {
      answer.setEncoding("utf8").on("data", (text: string) => {
        if (text.includes('{"live":true}')) opened({ request, heard });
        if (wanted !== "" && text.includes(wanted)) came(performance.now());
      });
      answer.on("error", () => undefined);
      if (answer.statusCode !== 200) failed(new Error(`a stream answered ${answer.statusCode}`));
    });
    request.on("error", failed);
    const heard = (title: string) =>
      new Promise<number>((done) => {
        wanted = title;
        came = done;
      });
  });
}

async function raised(url: string, token: string, readers: Reader[]): Promise<number> {
  const title = crypto.randomUUID();
  const all = readers.map(({ heard }) => heard(title));
  const began = performance.now();
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const answer = await fetch(`${url}/api/alerts`, {
    method: "POST",
    headers,
    body: JSON.stringify({ title }),
  });
  if (answer.status !== 201) throw new Error(`POST /api/alerts answered ${answer.status}`);
  return Math.max(...(await Promise.all(all))) - began;
}

/** What a process holds when all else is swept up (bytes); a first time leaves what a second one finds. */
async function memory({ process: child, output }: Application): Promise<NodeJS.MemoryUsage> {
  const told = () => [...output().matchAll(/^\{"held":(.*)\}$/gm)].map(([, held]) => held ?? "");
  for (let time = 0; time < 3; time++) {
    const { length } = told();
    child.kill("SIGUSR2");
    while (told().length === length) await new Promise((done) => setTimeout(done, 100));
  }
  return JSON.parse(told().at(-1) ?? "");
}
