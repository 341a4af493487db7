import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest();
const b64 = (data: Buffer | string) => Buffer.from(data).toString("base64url");

/** What a browser would hand to the page. */
interface How {
  origin?: string;
  rpId?: string;
  challenge?: string;
  userVerified?: boolean;
}

/** A passkey in memory: ES256, without attestation (WebAuthn Level 3, 6.1 and 6.5). */
export class Authenticator {
  readonly id = randomBytes(16);
  private readonly keys: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
  });
  counter = 0;

  constructor(
    readonly rpId: string,
    readonly origin = `https://${rpId}`,
  ) {}

  /** The RegistrationResponseJSON for these creation options. */
  create(options: unknown, how: How = {}) {
    const { challenge } = options as { challenge: string };
    const clientDataJSON = this.clientData("webauthn.create", challenge, how);
    const { x = "", y = "" } = this.keys.publicKey.export({ format: "jwk" });
    const coordinate = (value: string) =>
      Buffer.concat([Buffer.from([0x58, 32]), Buffer.from(value, "base64url")]);
    // COSE in CBOR: {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
    const publicKey = Buffer.concat([
      Buffer.from("a5010203262001", "hex"),
      Buffer.from("21", "hex"),
      coordinate(x),
      Buffer.from("22", "hex"),
      coordinate(y),
    ]);
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, this.id.length]), this.id, publicKey]);
    const authData = Buffer.concat([this.authData(0x40, how), attested]);
    // {"fmt": "none", "attStmt": {}, "authData": h'…'}
    const attestationObject = Buffer.concat([
      Buffer.from("a363666d74646e6f6e656761747453746d74a068617574684461746158", "hex"),
      Buffer.from([authData.length]),
      authData,
    ]);
    return {
      ...this.described(),
      response: { clientDataJSON, attestationObject: b64(attestationObject), transports: ["internal"] },
    };
  }

  /** The AuthenticationResponseJSON for these request options. */
  get(options: string | undefined, how: How = {}): string {
    const { challenge } = JSON.parse(options ?? "{}") as { challenge: string };
    this.counter += 1;
    const clientDataJSON = this.clientData("webauthn.get", challenge, how);
    const authenticatorData = this.authData(0, how);
    const signed = Buffer.concat([authenticatorData, sha256(Buffer.from(clientDataJSON, "base64url"))]);
    const signature = b64(sign("sha256", signed, this.keys.privateKey));
    return JSON.stringify({
      ...this.described(),
      response: { clientDataJSON, authenticatorData: b64(authenticatorData), signature },
    });
  }

  private described() {
    const id = b64(this.id);
    const type = "public-key";
    return { id, rawId: id, type, authenticatorAttachment: "platform", clientExtensionResults: {} };
  }

  private clientData(type: string, challenge: string, how: How): string {
    const { origin = this.origin, challenge: signed = challenge } = how;
    return b64(JSON.stringify({ type, challenge: signed, origin, crossOrigin: false }));
  }

  /** Present, verified unless said otherwise, and what else. */
  private authData(flags: number, { rpId = this.rpId, userVerified = true }: How): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    return Buffer.concat([sha256(rpId), Buffer.from([flags | 1 | (userVerified ? 4 : 0)]), counter]);
  }
}
