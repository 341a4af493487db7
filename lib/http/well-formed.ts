import { AppError } from "../errors";
import { fieldError } from "../field-error";

/** Text of bytes that are UTF-8, without a mark of their order; null for others, which a lenient reader would change. */
export function utf8Of(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** Whether a query or a form says characters by its percent signs (URL standard, section 5.1), and UTF-8 ones. */
export function isUrlEncodedUtf8(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}

/**
 * Refuses half a surrogate pair anywhere in what JSON said, in names of fields too: no database stores one, and what
 * writes it out as UTF-8 changes it.
 *
 * @throws AppError `invalid_request` naming the field.
 */
export function requireWellFormed(json: unknown): void {
  // Not by calling itself: JSON of 64 KB can be nested deeper than the stack is.
  const left: [path: string, value: unknown][] = [["", json]];
  for (let next = left.pop(); next; next = left.pop()) {
    const [path, value] = next;
    if (typeof value === "string" && !value.isWellFormed()) throw malformed(path);
    if (typeof value !== "object" || value === null) continue;
    for (const [name, child] of Object.entries(value)) {
      if (!name.isWellFormed()) throw malformed(path);
      left.push([path === "" ? name : `${path}.${name}`, child]);
    }
  }
}

function malformed(field: string): AppError {
  return new AppError("invalid_request", { fields: [fieldError(field, "not_well_formed")] });
}
