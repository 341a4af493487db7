import { z } from "zod";
import { kms } from "../model/failures";
import { signed } from "../operations/operation";

/** The one operation of AWS KMS that a custom sender calls. */
export const DECRYPT = "TrentService.Decrypt";

/**
 * Decrypts what was encrypted for custom senders, so that those written for AWS run with this server as their KMS.
 * Source: AWS KMS API reference, Decrypt.
 * @throws InvalidCiphertextException, IncorrectKeyException
 */
export const decrypt = signed(
  z.object({
    CiphertextBlob: z.base64().max(8_192),
    EncryptionContext: z.record(z.string(), z.string()).default({}),
    KeyId: z.string().optional(),
    GrantTokens: z.array(z.string()).optional(),
    EncryptionAlgorithm: z.literal("SYMMETRIC_DEFAULT").optional(),
  }),
  (cognito, { CiphertextBlob, EncryptionContext, KeyId }) => {
    const found = cognito.kmsKeys.decrypt(Buffer.from(CiphertextBlob, "base64"), EncryptionContext);
    if (!found) throw kms.invalidCiphertext();
    if (KeyId && KeyId !== found.arn) throw kms.incorrectKey();
    const Plaintext = found.plaintext.toString("base64");
    return { KeyId: found.arn, Plaintext, EncryptionAlgorithm: "SYMMETRIC_DEFAULT" };
  },
);
