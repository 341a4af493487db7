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
 * What is made during a request, for Node to throw away when it is over: in Node's own 16 MB a few pages at a time do not
 * fit, and what is left of them is copied. The heap may take three times as much for it.
 */
const YOUNG_MB = 64;
/** A container needs this for it; smaller ones have half, and the smallest what Node chooses. */
const ROOMY_MB = 2_048;

/**
 * What Node is told about the heap: how large it may get in a container of this size, and how much of it is for what is
 * made and thrown away. Node alone takes a quarter of a large container and half of a small one, whatever the
 * application needs. Nothing where somebody has said it.
 *
 * @param {number} limit what the control group may use, in bytes; as large as it gets where there is no limit.
 * @param {number} total what the machine has, in bytes.
 * @param {string} options what Node was told.
 * @returns {string[]}
 */
export function heapFlags(limit, total, options) {
  if (/max[-_](old|semi)[-_]space[-_]size/.test(options)) return [];
  if (limit === 0 || limit >= total) return [`--max-semi-space-size=${YOUNG_MB}`];
  const limitMb = limit / MB;
  const heap = Math.floor(Math.max(LEAST_MB, Math.min(limitMb * SHARE, limitMb - OUTSIDE_MB)));
  const old = `--max-old-space-size=${heap}`;
  if (limitMb < ROOMY_MB / 2) return [old];
  return [old, `--max-semi-space-size=${limitMb < ROOMY_MB ? YOUNG_MB / 2 : YOUNG_MB}`];
}

/** The same where this process is. @param {string} [options] what Node was told. */
export function ownHeapFlags(options = process.env.NODE_OPTIONS ?? "") {
  return heapFlags(process.constrainedMemory(), totalmem(), options);
}

// Said when Node starts, and never afterwards: npm start hands it over.
if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.stdout.write(ownHeapFlags().join(" "));
}
