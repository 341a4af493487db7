// @ts-check
import { totalmem } from "node:os";
import { pathToFileURL } from "node:url";

const MB = 1024 * 1024;
/** What of a container's memory is for the heap: buffers, code and connections are outside of it. */
const SHARE = 0.65;
const OUTSIDE_MB = 160;
/** With less the application does nothing but collect garbage. */
const LEAST_MB = 128;

/**
 * How large the heap may get (megabytes) in a container of this size; null where nothing limits it, or somebody has
 * said it. Node alone takes a quarter of a large container and half of a small one, whatever the application needs.
 *
 * @param {number} limit what the control group may use, in bytes; as large as it gets where there is no limit.
 * @param {number} total what the machine has, in bytes.
 * @param {string} options what Node was told.
 */
export function heapMb(limit, total, options) {
  if (/max[-_]old[-_]space[-_]size/.test(options) || limit === 0 || limit >= total) return null;
  const limitMb = limit / MB;
  return Math.floor(Math.max(LEAST_MB, Math.min(limitMb * SHARE, limitMb - OUTSIDE_MB)));
}

// Said when Node starts, and never afterwards: npm start hands it over.
if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const size = heapMb(process.constrainedMemory(), totalmem(), process.env.NODE_OPTIONS ?? "");
  if (size !== null) process.stdout.write(`--max-old-space-size=${size}`);
}
