import type { z } from "zod";
import { FEATURES } from "../../../lib/features";
import { examplesOf } from "../../../lib/http/openapi/schemas";
import { callsCognito, type Operation } from "../../../lib/operation";
import { DEMO_PASSWORD } from "../provision";
import { startStack } from "../stack";

/**
 * How fast the answers come, as ratios to the cheapest one of the same run: machines are noisy, ratios less so.
 */
const ROUNDS = 400;
const AT_ONCE = 8;

/** What costs nobody but us: Cognito limits what it is asked. */
const OPERATIONS = FEATURES.flatMap(({ operations }): Operation[] => Object.values(operations)).filter(
  (each) => !each.path.includes("{") && !callsCognito(each) && each.access !== "operator",
);
const isCreation = ({ method, answer }: Operation) => method === "POST" && answer.status === 201;
const isList = ({ answer }: Operation) => answer.headers?.includes("Link") === true;

type Measured = { name: string; perSecond: number; medianMs: number };

// Signing in is measured, too, more often than it is let anybody.
const stack = await startStack({ environment: { SIGN_IN_TRIES_PER_ADDRESS: "100000" } });
const api = `${stack.application.url}/api`;

try {
  const credentials = JSON.stringify({ email: "alice@acme.example", password: DEMO_PASSWORD });
  const json = { "Content-Type": "application/json" };
  const login = () => fetch(`${api}/user/login`, { method: "POST", headers: json, body: credentials });
  const { access_token: token } = (await (await login()).json()) as { access_token: string };
  const bearer = { Authorization: `Bearer ${token}` };
  const measured = [
    await measure("GET /api/health", () => fetch(`${api}/health`)),
    await measure("GET /api/user/me", () => fetch(`${api}/user/me`, { headers: bearer })),
  ];
  for (const { method, path, body } of [...OPERATIONS.filter(isCreation), ...OPERATIONS.filter(isList)]) {
    const [example] = body ? Object.values(examplesOf(body as z.ZodType)) : [];
    const sent = example && { body: JSON.stringify(example.value) };
    const headers = { ...json, ...bearer };
    measured.push(
      await measure(`${method} ${path}`, () =>
        fetch(stack.application.url + path, { method, headers, ...sent }),
      ),
    );
  }
  measured.push(await measure("POST /api/user/login", login));
  print(measured);
} finally {
  await stack.stop();
}
async function measure(name: string, send: () => Promise<Response>): Promise<Measured> {
  for (let i = 0; i < ROUNDS / 10; i++) await accepted(name, send);
  const durations: number[] = [];
  let left = ROUNDS;
  const started = performance.now();
  const worker = async () => {
    while (left-- > 0) {
      const sent = performance.now();
      await accepted(name, send);
      durations.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const seconds = (performance.now() - started) / 1000;
  durations.sort((a, b) => a - b);
  return { name, perSecond: durations.length / seconds, medianMs: durations[durations.length >> 1] ?? 0 };
}

async function accepted(name: string, send: () => Promise<Response>): Promise<void> {
  const response = await send();
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${name} answered ${response.status}`);
}

function print(measured: Measured[]): void {
  const base = measured[0]?.medianMs ?? 1;
  console.log(`${ROUNDS} requests each, ${AT_ONCE} at once, production build, PGlite\n`);
  for (const { name, perSecond, medianMs } of measured) {
    console.log(
      `${name.padEnd(22)} ${perSecond.toFixed(0).padStart(6)}/s  median ${medianMs.toFixed(1).padStart(6)} ms  ` +
        `${(medianMs / base).toFixed(1)}× the first`,
    );
  }
}
