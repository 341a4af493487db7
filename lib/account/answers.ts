import type { z } from "zod";
import { objectOf, text } from "../shape";
import type { AuthenticatorSecret } from "./contract";

export type NewSecret = z.output<typeof AuthenticatorSecret>;

/** As a page reads it. */
export const newSecretShape = objectOf<NewSecret>({ secret_code: text, otpauth_uri: text });
