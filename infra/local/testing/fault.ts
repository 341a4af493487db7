/** Has the local Cognito at `url` answer one operation with a fault for as long as `work` takes. */
export async function duringFault<T>(
  url: string,
  target: string,
  kind: string,
  work: () => Promise<T>,
  more: { delayMs?: number } = {},
): Promise<T> {
  const faults = `${url}/_local/faults`;
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ target, kind, times: 1_000, ...more });
  const made = await fetch(faults, { method: "POST", headers, body });
  if (!made.ok) throw new Error(await made.text());
  try {
    return await work();
  } finally {
    await fetch(faults, { method: "DELETE" });
  }
}
