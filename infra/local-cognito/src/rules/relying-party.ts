import { isIP } from "node:net";
import { invalidParameter } from "../model/failures";

const DOMAIN = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)*[a-z](?:[a-z\d-]{0,61}[a-z\d])?$/;

/**
 * A relying party is a domain, in small letters (WebAuthn Level 3, "relying party identifier"). With a scheme, a port, a
 * path or as an address no browser would take it. The API reference says its length alone.
 *
 * @throws InvalidParameterException
 */
export function assertRelyingParty(id: string | undefined): void {
  if (id === undefined || (DOMAIN.test(id) && isIP(id) === 0)) return;
  throw invalidParameter(`The relying party ID ${id} is not a domain: no scheme, port, path or IP address.`);
}
