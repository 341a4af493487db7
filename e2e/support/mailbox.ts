import { z } from "zod";
import type { Ground } from "../../infra/local/stack";

const Messages = z.object({ messages: z.array(z.object({ to: z.string(), body: z.string() })) });

/** What Cognito would have mailed or texted to somebody, newest first. */
export async function messagesTo({ pool }: Pick<Ground, "pool">, to: string): Promise<string[]> {
  const url = `${pool.COGNITO_DOMAIN}/_local/messages?${new URLSearchParams({ to })}`;
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  return Messages.parse(await answer.json()).messages.map(({ body }) => body);
}

/** The code in the newest message to somebody. */
export async function newestCode(ground: Pick<Ground, "pool">, to: string): Promise<string> {
  const [newest = ""] = await messagesTo(ground, to);
  const code = /\b\d{6}\b/.exec(newest)?.[0];
  if (!code) throw new Error(`There is no code for ${to}: ${newest}`);
  return code;
}

/** The temporary password in the newest invitation to somebody. */
export async function newestTemporaryPassword(ground: Pick<Ground, "pool">, to: string): Promise<string> {
  const [newest = ""] = await messagesTo(ground, to);
  const password = /password is (\S+)$/m.exec(newest)?.[1];
  if (!password) throw new Error(`There is no temporary password for ${to}: ${newest}`);
  return password;
}
