import { randomUUID } from "node:crypto";
import { startStack } from "../../infra/local/stack";
import { newUser } from "../support/users";

/**
 * Whether the time of a refusal tells who has an account: a wrong password for one who has, and any for one who has
 * not, in turns. Ends with an error where one of them is quicker than the other.
 */
const ROUNDS = 80;
const LIMIT_MS = 5;

const unlimited = "100000";
const stack = await startStack({
  environment: { SIGN_IN_TRIES_PER_ACCOUNT: unlimited, SIGN_IN_TRIES_PER_ADDRESS: unlimited },
});
try {
  const [wrong, unknown]: [number[], number[]] = [[], []];
  let known = "";
  for (let i = 0; i < ROUNDS; i++) {
    // Cognito locks a user out after five wrong passwords in a row, and is quicker then.
    if (i % 4 === 0) known = (await newUser(stack, {})).email;
    wrong.push(await refusalMs(known));
    unknown.push(await refusalMs(`${randomUUID()}@people.example`));
  }
  const [a, b] = [quick(wrong), quick(unknown)];
  console.log(`refused: a wrong password in ${a.toFixed(1)} ms, an unknown user in ${b.toFixed(1)} ms`);
  if (Math.abs(a - b) >= LIMIT_MS) throw new Error("The time of a refusal tells who has an account.");
} finally {
  await stack.stop();
}

async function refusalMs(email: string): Promise<number> {
  const began = performance.now();
  const { status } = await fetch(`${stack.application.url}/api/user/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email, password: "Wr0ng!password" }),
  });
  if (status !== 401) throw new Error(`${email} was answered ${status}`);
  return performance.now() - began;
}

/** Of the fastest quarter the slowest: what others do on the machine only ever makes it slower. */
function quick(times: number[]): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 4)] ?? 0;
}
