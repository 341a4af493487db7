import { z } from "zod";
import { invalidParameter } from "../model/failures";

/** How people of other emulators ask for an id of their choice: AWS would take it for any tag or refuse the name. */
const MARK = "_custom_id_";

/** The name of a client to be made: as the API reference has it, or with the mark. */
export const newClientName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^(?:_custom_id_:\w+|[\w\s+=,.@-]+)$/);

/** The id that a pool's tag `_custom_id_` asks for. @throws InvalidParameterException for what can be none */
export function customPoolId(tags: Record<string, string> = {}): string | undefined {
  const id = Object.hasOwn(tags, MARK) ? tags[MARK] : undefined;
  if (id === undefined || (/^[\w-]+_[0-9a-zA-Z]+$/.test(id) && id.length <= 55)) return id;
  throw invalidParameter(`The tag ${MARK} must be a pool id such as eu-west-1_example.`);
}

/** The id that a client's name asks for: `_custom_id_:example`. */
export function customClientId(name: string): string | undefined {
  return name.startsWith(`${MARK}:`) ? name.slice(MARK.length + 1) : undefined;
}

export const idTaken = (id: string) => invalidParameter(`The id ${id} is taken.`);
