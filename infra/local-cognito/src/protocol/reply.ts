import type { IncomingHttpHeaders } from "node:http";

/** A request, read whole: what the endpoints beside the API's own protocol work on. */
export interface Call {
  /** The server's own, as the browser of the request knows it: `http://localhost:9229`. */
  origin: string;
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** An answer, before anything of it is sent. */
export interface Reply {
  status: number;
  headers: Record<string, string | string[]>;
  body: string | Buffer;
}

export function json(body: object, status = 200, headers: Reply["headers"] = {}): Reply {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}

/** @param location absolute, or a path of this server. */
export function redirect(location: string, headers: Reply["headers"] = {}): Reply {
  return { status: 302, headers: { location, ...headers }, body: "" };
}

export function notAllowed(methods: string[]): Reply {
  return { status: 405, headers: { allow: methods.join(", ") }, body: "" };
}

/** A form's members. @returns null when the body is not a form. */
export function formOf({ headers, body }: Call): URLSearchParams | null {
  const type = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  return type === "application/x-www-form-urlencoded" ? new URLSearchParams(body.toString("utf8")) : null;
}

/** A cookie's value; of two with one name the first, which is that of the more specific path. */
export function cookieOf({ headers }: Call, name: string): string | undefined {
  const pairs = (headers.cookie ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** The end of a Set-Cookie header: over https, the cookie is for https alone. */
export function secureOn({ origin }: Call): string {
  return origin.startsWith("https:") ? "; Secure" : "";
}
