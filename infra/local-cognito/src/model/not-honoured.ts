import { z } from "zod";
import { notHere } from "./failures";

/**
 * A member of the API that would silently not be honoured here: refused by name, unless it says what is so anyway.
 *
 * @param usual what may be said; it is given back like any other setting
 * @throws InvalidParameterException, while it is read
 */
export function notHonoured(what: string, usual: z.ZodType = z.never()) {
  const read = (said: unknown) => {
    if (!usual.safeParse(said).success) throw notHere(what);
    return said;
  };
  return z.unknown().transform(read).optional();
}
