import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createServer as createSecureServer, type Server as SecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Certificate } from "./certificate";
import { isLoopback } from "./protocol/address";
import { OptionError, PortInUseError, type ServerOptions } from "./server-options";

type AnyServer = Server | SecureServer;

/** Longer than clients leave a connection unused: one that ends just when it is used again fails their call. */
const KEEP_ALIVE_MS = 65_000;

export interface Listening {
  servers: AnyServer[];
  port: number;
  /** Where this machine reaches it: `http://127.0.0.1:PORT`. */
  url: string;
  /** The file of the self-signed certificate, for those who are to trust it. */
  certificate?: string | undefined;
  close(): Promise<void>;
}

/** The host of an address, without its port. */
export const hostOf = (url: string) => new URL(url).hostname;

/**
 * Listens where the options say: on both loopback addresses where they say nothing.
 * @throws PortInUseError, OptionError for a certificate or an address that is none
 */
export async function listen(options: ServerOptions, dataDir: string): Promise<Listening> {
  const { port: wanted = 0, host } = options;
  const certificate = await certificateFor(options, dataDir);
  const isAnywhere = host === undefined || host === "localhost";
  const servers = await bindAll(isAnywhere ? ["127.0.0.1", "::1"] : [host], wanted, certificate);
  const port = portOf(servers[0]);
  const name = isAnywhere || isEverywhere(host) ? "127.0.0.1" : inUrl(host);
  const url = `${certificate ? "https" : "http"}://${name}:${port}`;
  const close = async () => void (await Promise.all(servers.map(closeServer)));
  return { servers, port, url, certificate: certificate?.file, close };
}

/** What a person should know who opens it to others; undefined where only this machine reaches it. */
export function warningOf(host: string | undefined): string | undefined {
  if (host === undefined || isLoopback(inUrl(host))) return undefined;
  return `WARNING: the local Cognito listens on ${host}, beyond this machine. No signature is checked: whoever reaches it can read and change every pool, user and password. Keep it in a network of your own.`;
}

const portOf = (server: AnyServer | undefined) => (server?.address() as AddressInfo | undefined)?.port ?? 0;
const isEverywhere = (host: string) => host === "0.0.0.0" || host === "::";
const inUrl = (host: string) => (host.includes(":") ? `[${host}]` : host);

async function certificateFor(
  { tlsCert, tlsKey, tlsSelfSigned, host, allowedHosts = [], publicUrl, issuer }: ServerOptions,
  dataDir: string,
): Promise<(Certificate & { file?: string }) | undefined> {
  if (tlsCert && tlsKey) return { cert: readPem(tlsCert), key: readPem(tlsKey) };
  if (!tlsSelfSigned) return undefined;
  const urls = [publicUrl, issuer].filter((url) => url !== undefined).map(hostOf);
  const others = [...allowedHosts, ...urls, ...(host && !isEverywhere(host) ? [host] : [])];
  const names = new Set([
    "localhost",
    "127.0.0.1",
    "::1",
    ...others.map((name) => name.replace(/^\[|\]$/g, "")),
  ]);
  // Loaded where it is used: most starts need none.
  const { ownCertificate } = await import("./certificate");
  return await ownCertificate(join(dataDir, "tls"), [...names]);
}

function readPem(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new OptionError(`${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

/** One server for each address, under one port: `localhost` means either, depending on the client. */
async function bindAll(hosts: string[], wanted: number, certificate?: Certificate): Promise<AnyServer[]> {
  const [first = "", second] = hosts;
  const one = await bind(first, wanted, certificate);
  if (second === undefined) return [one];
  try {
    return [one, await bind(second, portOf(one), certificate)];
  } catch (error) {
    // No IPv6 here, or (for a port that was ours to choose) taken there: IPv4 alone will do.
    if (!(error instanceof PortInUseError) || wanted === 0) return [one];
    await closeServer(one);
    throw error;
  }
}

function bind(host: string, port: number, certificate?: Certificate): Promise<AnyServer> {
  const bounds = { requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: KEEP_ALIVE_MS };
  return new Promise((resolve, reject) => {
    const server = certificate ? secured(bounds, certificate) : createServer(bounds);
    server.once("error", (error: NodeJS.ErrnoException) => reject(refusalOf(error, host, port)));
    server.listen(port, host, () => resolve(server));
  });
}

function secured(bounds: object, { cert, key }: Certificate): SecureServer {
  try {
    return createSecureServer({ ...bounds, cert, key });
  } catch (error) {
    throw new OptionError(
      `The certificate or its key cannot be used: ${error instanceof Error ? error.message : error}`,
    );
  }
}

function refusalOf(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === "EADDRINUSE") return new PortInUseError(port);
  const isNoAddress =
    error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND" || error.code === "EAI_AGAIN";
  // On the second loopback address that is no fault: `bindAll` sees to it.
  return isNoAddress ? new OptionError(`${host} is no address of this machine.`) : error;
}

function closeServer(server: AnyServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 1_000).unref();
  });
}
