import type { People } from "./mock-provider/people";
import type { Seed } from "./seed/seed";
import type { TriggerHandler } from "./tokens/trigger";

/** A setting that cannot be: what it is called in each of its places, what it must be, and what it is. */
export class OptionError extends Error {
  override readonly name = "OptionError";
}

/** What can be set from outside: as a flag, in the environment, or by a program (`startCognito`). */
export interface ServerOptions {
  port?: number | undefined;
  dataDir?: string | undefined;
  host?: string | undefined;
  allowedHosts?: string[] | undefined;
  publicUrl?: string | undefined;
  issuer?: string | undefined;
  region?: string | undefined;
  accountId?: string | undefined;
  tlsCert?: string | undefined;
  tlsKey?: string | undefined;
  tlsSelfSigned?: boolean | undefined;
  trustProxy?: boolean | undefined;
  requirePkce?: boolean | undefined;
  /** The seed itself, or its file. */
  seed?: string | Seed | undefined;
  /** Lambda ARN → the handler, its module (`./triggers.ts#name`) or its URL; or the file that says so. */
  triggers?: string | Record<string, string | TriggerHandler> | undefined;
  /** Whether there is a mock identity provider: its people, their file, or true for made-up ones. */
  mockIdp?: string | boolean | People | undefined;
}

/** Another process listens on the port. */
export class PortInUseError extends Error {
  override readonly name = "PortInUseError";
  constructor(readonly port: number) {
    super(`Port ${port} is in use. Stop what listens there, or choose another port with COGNITO_LOCAL_PORT.`);
  }
}
