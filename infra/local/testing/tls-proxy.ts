import { request } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { makeAuthority } from "./certificates";

/** `https://localhost:PORT` before a server that speaks http, as a load balancer is. */
export interface TlsProxy {
  url: string;
  /** From now on it passes everything on to this port of loopback. */
  to(port: number): void;
  close(): void;
}

export async function startTlsProxy(): Promise<TlsProxy> {
  const authority = makeAuthority();
  let port = 0;
  const server = createServer(authority.issue("DNS:localhost"), (asked, answer) => {
    const { method, url, headers } = asked;
    const forwarded = { ...headers, "x-forwarded-host": headers.host, "x-forwarded-proto": "https" };
    const passed = request({ host: "127.0.0.1", port, method, path: url, headers: forwarded }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    passed.once("error", () => answer.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    to: (target) => {
      port = target;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
      authority.remove();
    },
  };
}
