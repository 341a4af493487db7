import { isLoopback } from "../protocol/address";
import { type Call, json, type Reply } from "../protocol/reply";
import type { Cognito } from "../store/cognito";
import type { MockProvider } from "./mock-provider";

/** A mock provider by its name, and the server that it belongs to. */
export interface At {
  cognito: Cognito;
  mock: MockProvider;
  name: string;
}

export const refusal = (error: string, status = 400): Reply => json({ error }, status);

/** Whether it is this server's address of that path: the mock provider says who people are to nobody else. */
export function isOwnAddress(
  { cognito }: At,
  { origin }: Call,
  { address, path }: { address: string; path: string },
): boolean {
  if (!URL.canParse(address)) return false;
  const there = new URL(address);
  const isHere = isLoopback(there.hostname) && there.port === new URL(origin).port;
  return there.pathname === path && (there.origin === origin || there.origin === cognito.url || isHere);
}
