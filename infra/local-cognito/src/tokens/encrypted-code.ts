import { randomBytes } from "node:crypto";
import { buildEncrypt } from "@aws-crypto/encrypt-node";
import {
  CommitmentPolicy,
  EncryptedDataKey,
  KeyringNode,
  KeyringTraceFlag,
  type NodeEncryptionMaterial,
  unwrapDataKey,
} from "@aws-crypto/material-management-node";
import type { KmsKeys } from "./kms-key";

const { encrypt } = buildEncrypt(CommitmentPolicy.FORBID_ENCRYPT_ALLOW_DECRYPT);

/**
 * A code or temporary password as custom senders get it: a message of the AWS Encryption SDK, base64, whose data key is
 * encrypted under the pool's KMS key. Source: developer guide, "Custom sender Lambda triggers"; the algorithm suite
 * (0x0378, without key commitment) and the `userpool-id` in the context are those of events that people have published.
 */
export async function encryptedCode(
  code: string,
  { keys, arn, poolId }: { keys: KmsKeys; arn: string; poolId: string },
): Promise<string> {
  const encryptionContext = { "userpool-id": poolId };
  const { result } = await encrypt(new KmsKeyring(keys, arn), code, { encryptionContext });
  return result.toString("base64");
}

/** As AWS's own for KMS, but with the keys of this server. */
class KmsKeyring extends KeyringNode {
  constructor(
    private readonly keys: KmsKeys,
    private readonly arn: string,
  ) {
    super();
  }

  async _onEncrypt(material: NodeEncryptionMaterial): Promise<NodeEncryptionMaterial> {
    const trace = {
      keyNamespace: "aws-kms",
      keyName: this.arn,
      flags: KeyringTraceFlag.WRAPPING_KEY_GENERATED_DATA_KEY,
    };
    material.setUnencryptedDataKey(randomBytes(material.suite.keyLengthBytes), trace);
    const plain = unwrapDataKey(material.getUnencryptedDataKey());
    const encryptedDataKey = this.keys.encrypt(this.arn, plain, { ...material.encryptionContext });
    return material.addEncryptedDataKey(
      new EncryptedDataKey({ providerId: "aws-kms", providerInfo: this.arn, encryptedDataKey }),
      KeyringTraceFlag.WRAPPING_KEY_ENCRYPTED_DATA_KEY,
    );
  }

  async _onDecrypt(): Promise<never> {
    throw new Error("Only senders decrypt.");
  }
}
