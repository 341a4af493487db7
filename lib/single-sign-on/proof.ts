import { randomBytes } from "node:crypto";
import { Resolver } from "node:dns/promises";
import { env } from "../env";
import { AppError } from "../errors";

/** The texts of a name in the DNS; empty where it has none. @throws AppError `domain_unproved` where nobody answers. */
export type TextRecords = (name: string) => Promise<string[]>;

const TIMEOUT_MS = 2_000;
const TRIES = 2;
/** There is no such name, or it has no text. */
const NONE = new Set(["ENOTFOUND", "ENODATA"]);

/** 128 random bits: nobody has a record of it by chance, or by having seen another tenant's. */
export function newToken(): string {
  return randomBytes(16).toString("base64url");
}

/** The record that shows a domain to be a tenant's. */
export function recordOf(domain: string, token: string): { name: string; value: string } {
  return { name: `_sekisho-challenge.${domain}`, value: `sekisho-domain=${token}` };
}

/** Asks the name servers of this machine, or those that `DNS_SERVERS` names. */
export const textRecords: TextRecords = async (name) => {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  const { DNS_SERVERS } = env();
  if (DNS_SERVERS.length > 0) resolver.setServers(DNS_SERVERS);
  try {
    // A long text comes in pieces (RFC 7208, section 3.3).
    return (await resolver.resolveTxt(name)).map((pieces) => pieces.join(""));
  } catch (error) {
    if (NONE.has((error as NodeJS.ErrnoException).code ?? "")) return [];
    const detail = "The name servers of this domain could not be asked. Try again in a moment.";
    throw new AppError("domain_unproved", { detail, cause: error, retryAfter: 5 });
  }
};

/** @throws AppError `domain_unproved`. */
export async function requireProof(domain: string, token: string, lookUp: TextRecords): Promise<void> {
  const { name, value } = recordOf(domain, token);
  const found = await lookUp(name);
  // Whoever copies a record as a zone file has it keeps the quotes, which the DNS then says too.
  if (found.some((text) => text.replace(/^[\s"]+|[\s"]+$/g, "") === value)) return;
  const detail =
    found.length === 0
      ? `There is no TXT record at ${name} yet. It may take a while until a new one is seen.`
      : `The TXT record at ${name} says something else than ${value}.`;
  throw new AppError("domain_unproved", { detail });
}
