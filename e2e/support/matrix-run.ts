import { Agent, request } from "node:http";
import { AdminGetUserCommand, UpdateUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import type { Application } from "../../infra/local/application";
import { poolSettings } from "../../infra/local/pool-shape";
import type { Ground, Stack } from "../../infra/local/stack";
import { Api, login } from "./api";
import { cookieOf } from "./browser-session";
import { addressOfRow, type Rows, rowsIn, UNKNOWN_ROW } from "./feature-matrix";
import { holdingsOf } from "./holdings";
import {
  ACTORS,
  type Actor,
  type Case,
  casesOf,
  expected,
  isTaken,
  matrixOf,
  type Names,
  type Setting,
  spoofsOf,
} from "./matrix";
import { newTenant, newUser, type User, withCognito } from "./users";

/** How many requests are under way at once. */
const AT_ONCE = 12;

/** The people of a run. `victim` belongs to the tenant that nobody may reach, `hosted` to the one an operator may. */
export type Cast = {
  names: Names & { open: string };
  actors: Record<Actor, User>;
  victim: User;
  hosted: User;
  tokens: Record<Actor, Record<"access" | "access without claim" | "id", string>>;
};

export type Run = {
  setting: Setting;
  application: Application;
  cast: Cast;
  /** Only every n-th case. */
  stride: number;
  /** Only these, before every n-th of them is taken. */
  only?: (each: Case) => boolean;
  /** Of actors who have a session already; the others sign in with their password. */
  cookies?: Partial<Record<Actor, string>>;
};

/** What came of it that should not have, a sentence each, and how many cases there were. */
export type Result = { cases: number; faults: string[] };

/** Makes the people and their tokens; with the pool's trigger, then without it. */
export async function makeCast(stack: Stack): Promise<Cast> {
  const names = { own: newTenant(), other: newTenant(), open: newTenant() };
  const make = async (actor: Actor) =>
    newUser(stack, {
      tenant: actor === "nobody" ? undefined : names.own,
      groups: actor === "nobody" ? [] : [actor],
    });
  const actors = Object.fromEntries(
    await Promise.all(ACTORS.map(async (actor) => [actor, await make(actor)] as const)),
  ) as Record<Actor, User>;
  const victim = await newUser(stack, { tenant: names.other, groups: ["admin"] });
  const hosted = await newUser(stack, { tenant: names.open, groups: ["admin"] });
  return { names, actors, victim, hosted, tokens: await tokensOf(stack, actors) };
}

async function tokensOf(stack: Stack, actors: Record<Actor, User>): Promise<Cast["tokens"]> {
  const all = async () =>
    Object.fromEntries(
      await Promise.all(
        ACTORS.map(async (actor) => {
          const { email, password } = actors[actor];
          return [actor, await login(stack.application.url, email, password)] as const;
        }),
      ),
    );
  const withClaim = await all();
  await setTrigger(stack, false);
  const without = await all();
  // Other tests of this worker have the same pool.
  await setTrigger(stack, true);
  return Object.fromEntries(
    ACTORS.map((actor) => [
      actor,
      {
        access: withClaim[actor]?.access_token ?? "",
        "access without claim": without[actor]?.access_token ?? "",
        id: withClaim[actor]?.id_token ?? "",
      },
    ]),
  ) as Cast["tokens"];
}

/** Whether the pool's access tokens say the tenant from now on. */
async function setTrigger(ground: Ground, isOn: boolean): Promise<void> {
  await withCognito(ground, async (client, UserPoolId) => {
    await client.send(
      new UpdateUserPoolCommand({ UserPoolId, ...poolSettings({ preTokenGeneration: isOn }) }),
    );
  });
}

/** Tries every case against one application, and looks whether anything leaked or changed. */
export async function runMatrix(ground: Ground, run: Run): Promise<Result> {
  const { application, cast, setting } = run;
  const admin = async ({ email, password }: User) => {
    const tokens = await login(application.url, email, password);
    return new Api(application.url).bearer(setting.tokenUse === "id" ? tokens.id_token : tokens.access_token);
  };
  const [victim, hosted] = await Promise.all([admin(cast.victim), admin(cast.hosted)]);
  const secret = `secret-${cast.names.other}`;
  const [closed, open] = await Promise.all([rowsIn(victim, secret), rowsIn(hosted, "open to operators")]);
  const cookies = Object.fromEntries(
    await Promise.all(
      ACTORS.map(async (actor) => {
        const cookie = run.cookies?.[actor] ?? (await cookieOf(application.url, cast.actors[actor]));
        return [actor, cookie] as const;
      }),
    ),
  );
  const before = await everythingOf(ground, victim, cast);
  const cases = casesOf(setting, cast.names)
    .filter(run.only ?? (() => true))
    .filter((_, index) => isTaken(index, run.stride));
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const faults: string[] = [];
  const queue = cases.map(
    (each) => () => tryCase(each, { run, agent, cookies, closed, open, secret, faults }),
  );
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = queue.pop(); next; next = queue.pop()) await next();
    }),
  );
  agent.destroy();
  const after = await everythingOf(ground, victim, cast);
  if (after !== before) faults.push(`something changed in the other tenant:\n${before}\n${after}`);
  return { cases: cases.length, faults };
}

type Attempt = {
  run: Run;
  agent: Agent;
  cookies: Record<string, string>;
  closed: Rows;
  open: Rows;
  secret: string;
  faults: string[];
};

async function tryCase(
  each: Case,
  { run, agent, cookies, closed, open, secret, faults }: Attempt,
): Promise<void> {
  const outcome = expected(each);
  const { actor, kind, target, setting } = each;
  // Where an operator is let in, it is a tenant that is there for that, and the other one stays as it was.
  const isLetIn = outcome.in === "other" || (actor === "operator" && !setting.strict);
  const names = isLetIn ? { ...run.cast.names, other: run.cast.names.open } : run.cast.names;
  const spoof = spoofsOf(setting, names).find(({ name }) => name === each.spoof.name) ?? each.spoof;
  const rows = isLetIn && each.spoof.means === "other" ? open : closed;
  const main = new URL(run.application.url).host;
  const host = spoof.host?.(main) ?? main;
  const path = addressOfRow(target.path, rows.get(target.feature) ?? UNKNOWN_ROW);
  const answer = await ask(agent, run.application.url, target.method, path, {
    Host: host,
    ...spoof.headers,
    ...(kind === "cookie"
      ? { Cookie: cookies[actor] ?? "", Origin: originOf(setting, host, main) }
      : { Authorization: `Bearer ${run.cast.tokens[actor][kind]}` }),
    ...bodyOf(target, rows),
  });
  const name = `${actor} | ${kind} | ${spoof.name} | ${target.method} ${target.path}`;
  const code = /"code":"(\w+)"/.exec(answer.text)?.[1] ?? null;
  const isLimited = outcome.in === "own" && code === "rate_limited" && matrixOf(target.feature).isLimited;
  const told = matrixOf(target.feature).byTheState?.[target.operation?.id ?? ""] ?? [];
  if (isLimited || (outcome.in === "own" && code !== null && told.includes(code))) return;
  if (answer.status !== outcome.status || code !== outcome.code) {
    faults.push(`${name}: ${answer.status} ${code}, not ${outcome.status} ${outcome.code}`);
  }
  if (answer.text.includes(secret)) faults.push(`${name}: shows a row of another tenant`);
}

/** A page of the very host that is asked; for a host that is none of ours, one of the main host. */
function originOf({ mode }: Setting, host: string, main: string): string {
  const isTenants = mode === "subdomain" && host.endsWith(`.${main}`) && host.split(".").length === 2;
  return `http://${isTenants ? host : main}`;
}

function bodyOf({ feature, operation }: Case["target"], rows: Rows): { body?: string } {
  const body = operation && matrixOf(feature).bodies?.[operation.id]?.(rows.get(feature)?.id ?? "");
  return body ? { body: JSON.stringify(body) } : {};
}

/** All there is of the tenant that nobody may reach, here and at Cognito, as one text. */
async function everythingOf(ground: Ground, api: Api, { victim }: Cast): Promise<string> {
  const user = await withCognito(ground, (client, UserPoolId) =>
    client.send(new AdminGetUserCommand({ UserPoolId, Username: victim.email })),
  );
  return JSON.stringify([await holdingsOf(api), user.Enabled, user.UserStatus, user.UserAttributes]);
}

/** One request with any `Host`, which `fetch` would not send. */
function ask(
  agent: Agent,
  url: string,
  method: string,
  path: string,
  { body, ...headers }: Record<string, string>,
): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        hostname,
        port,
        method,
        path,
        headers: {
          ...headers,
          ...(body && { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) }),
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        // A stream has no end to wait for: that it began is its answer.
        if (response.headers["content-type"] === "text/event-stream") {
          resolve({ status: response.statusCode ?? 0, text: "" });
          sent.destroy();
          return;
        }
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
        );
        response.on("error", reject);
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

export function nameOf({ mode, strict, tokenUse }: Setting): string {
  return `${mode} mode, ${strict ? "strict" : "not strict"}, ${tokenUse} tokens`;
}

/** What an application of this setting is started with. */
export function environmentOf({ mode, strict, tokenUse }: Setting): Record<string, string> {
  return {
    TENANT_MODE: mode,
    TENANT_STRICT: strict ? "1" : "0",
    TENANT_MAIN_DOMAIN: "localhost",
    COGNITO_PREFERRED_TOKEN_USE: tokenUse,
  };
}
