import { z } from "zod";
import { DEMO_PASSWORD } from "../../infra/local/provision";

/** An answer of the API, read to its end. `body` is its JSON, or null when it has none. */
export type Answer = { status: number; headers: Headers; text: string; body: unknown };

type Headings = Record<string, string>;
/** `json` is sent as JSON; `raw` as it is. */
export type Sent = { json?: unknown; raw?: BodyInit; headers?: Headings };

export const Tokens = z.strictObject({
  access_token: z.string(),
  id_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number().int().positive(),
  token_type: z.literal("Bearer"),
});
export type Tokens = z.output<typeof Tokens>;

/** Speaks to the API as a script would: plain HTTP, no redirect followed. */
export class Api {
  constructor(
    readonly url: string,
    private readonly headers: Headings = {},
  ) {}

  with(headers: Headings): Api {
    return new Api(this.url, { ...this.headers, ...headers });
  }

  bearer(token: string): Api {
    return this.with({ Authorization: `Bearer ${token}` });
  }

  get(path: string, headers: Headings = {}): Promise<Answer> {
    return this.send("GET", path, { headers });
  }

  post(path: string, json?: unknown, headers: Headings = {}): Promise<Answer> {
    return this.send("POST", path, { json, headers });
  }

  patch(path: string, json?: unknown, headers: Headings = {}): Promise<Answer> {
    return this.send("PATCH", path, { json, headers });
  }

  delete(path: string, headers: Headings = {}): Promise<Answer> {
    return this.send("DELETE", path, { headers });
  }

  async send(method: string, path: string, { json, raw, headers = {} }: Sent = {}): Promise<Answer> {
    const body = json === undefined ? raw : JSON.stringify(json);
    const response = await fetch(this.url + path, {
      method,
      redirect: "manual",
      headers: {
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...this.headers,
        ...headers,
      },
      ...(body !== undefined && { body }),
      // A stream as a body is sent while the answer may already come (the fetch standard's only mode for it).
      ...(body instanceof ReadableStream && { duplex: "half" }),
    });
    const isStream = response.headers.get("content-type") === "text/event-stream";
    // A stream has no end to wait for: that it began is its answer.
    if (isStream) await response.body?.cancel();
    const text = isStream ? "" : await response.text();
    const isJson = /^application\/(problem\+)?json\b/.test(response.headers.get("content-type") ?? "");
    return {
      status: response.status,
      headers: response.headers,
      text,
      // An answer to HEAD says JSON and has no body.
      body: isJson && text !== "" ? JSON.parse(text) : null,
    };
  }
}

/** Cognito's tokens for a user, by `POST /api/user/login`. */
export async function login(url: string, email: string, password = DEMO_PASSWORD): Promise<Tokens> {
  const { status, text, body } = await new Api(url).post("/api/user/login", { email, password });
  if (status !== 200) throw new Error(`POST /api/user/login: ${status} ${text}`);
  return Tokens.parse(body);
}
