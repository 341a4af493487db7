import { connect } from "node:net";

/**
 * Sends a request byte for byte, for what no HTTP client agrees to send: a header twice, a NUL in one, TRACE.
 *
 * @param lines the header lines after `Host`; written as UTF-8.
 * @param host what `Host` says, by default where the request goes.
 */
export async function rawRequest(
  url: string,
  path: string,
  lines: string[],
  host = new URL(url).host,
  method = "GET",
): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const head = [`${method} ${path} HTTP/1.1`, `Host: ${host}`, "Connection: close", ...lines];
  socket.write([...head, "", ""].join("\r\n"));
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]), text };
}
