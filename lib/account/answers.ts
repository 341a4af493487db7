import type { z } from "zod";
import { number, objectOf, text } from "../shape";
import type { AuthenticatorSecret, EndedOthers } from "./contract";

export type NewSecret = z.output<typeof AuthenticatorSecret>;

/** As a page reads it. */
export const newSecretShape = objectOf<NewSecret>({ secret_code: text, otpauth_uri: text });
export const endedOthersShape = objectOf<z.output<typeof EndedOthers>>({ ended: number });
