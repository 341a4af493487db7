import type { Ground } from "../../infra/local/stack";

export type Fault = {
  target?: string;
  kind: "slow" | "throttled" | "error" | "reset" | "half";
  times?: number;
  delayMs?: number;
};

/** Makes the next calls to the local Cognito go wrong, while `work` runs. */
export async function withFault<T>(
  ground: Pick<Ground, "pool">,
  fault: Fault,
  work: () => Promise<T>,
): Promise<T> {
  await control(ground, "faults", "POST", { times: 1_000, ...fault });
  try {
    return await work();
  } finally {
    await control(ground, "faults", "DELETE");
  }
}

/** Lets `work` run while it is later (seconds) for the local Cognito. */
export async function later<T>(
  ground: Pick<Ground, "pool">,
  seconds: number,
  work: () => Promise<T>,
): Promise<T> {
  await control(ground, "clock", "POST", { offsetSeconds: seconds });
  try {
    return await work();
  } finally {
    await control(ground, "clock", "DELETE");
  }
}

async function control(
  { pool }: Pick<Ground, "pool">,
  what: string,
  method: string,
  input?: object,
): Promise<void> {
  const answer = await fetch(`${pool.COGNITO_DOMAIN}/_local/${what}`, {
    method,
    headers: { "Content-Type": "application/json" },
    ...(input && { body: JSON.stringify(input) }),
  });
  if (!answer.ok) throw new Error(`/_local/${what} answered ${answer.status}: ${await answer.text()}`);
}
