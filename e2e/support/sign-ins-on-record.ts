import { AuditEvent } from "../../lib/audit/contract";
import { type Answer, Api } from "./api";
import { allRows } from "./paging";
import type { User } from "./users";

const WRITERS = 4;

/** Signs in as a client of this name, by which the sign-in is found on the record of the user's tenant. */
export function signInAs(client: string, url: string, { email, password }: User): Promise<Answer> {
  return new Api(url).post("/api/user/login", { email, password }, { "User-Agent": client });
}

/**
 * Signs in, four at a time, and calls `interrupt` once as many as `count` are acknowledged; the writers go on until
 * the server is gone. The names of the clients that were let in are added to `acknowledged`.
 */
export async function signInUntil(
  attempt: (client: string) => Promise<Answer>,
  acknowledged: string[],
  count: number,
  interrupt: () => Promise<void>,
): Promise<void> {
  let interrupted: Promise<void> | undefined;
  const write = async () => {
    while (true) {
      const client = newClient();
      const answer = await attempt(client).catch(() => null);
      if (answer?.status !== 200) return;
      acknowledged.push(client);
      if (acknowledged.length >= count) interrupted ??= interrupt();
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
  await interrupted;
}

export const newClient = () => `writer ${crypto.randomUUID()}`;

/** The clients of ours whose sign-in is on record, as an administrator sees it. It is put there before it is answered. */
export async function clientsOnRecord(api: Api): Promise<string[]> {
  const events = AuditEvent.array().parse(
    await allRows(api, "/api/audit?action=sign_in.succeeded&limit=100"),
  );
  return events.map(({ detail }) => String(detail.user_agent)).filter((name) => name.startsWith("writer "));
}
