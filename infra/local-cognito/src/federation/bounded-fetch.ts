import type { CustomFetchOptions } from "openid-client";
import { ProviderRefusal } from "./refusal";

/** Metadata, keys and claims have some kilobytes; a provider that sends without end would take the memory. */
const MOST_BYTES = 1024 * 1024;

/**
 * `fetch`, of an answer that is read whole, unpacked, and no longer than a megabyte: once it is longer, reading stops.
 * @throws ProviderRefusal for one that is, and as `fetch`
 */
export async function boundedFetch(
  address: string | URL,
  init: Partial<CustomFetchOptions>,
): Promise<Response> {
  const response = await fetch(address, init as RequestInit);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > MOST_BYTES)
      throw new ProviderRefusal("server_error", `The answer is longer than ${MOST_BYTES} bytes.`);
    chunks.push(chunk);
  }
  const { status, statusText, headers } = response;
  const body = chunks.length === 0 ? null : Buffer.concat(chunks);
  const whole = new Response(body, { status, statusText, headers });
  // The address is not a part of what is constructed, and is looked at for redirects.
  Object.defineProperty(whole, "url", { value: response.url });
  return whole;
}
