import "reflect-metadata";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type JsonGeneralName,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";

/** Apple's programs take none that is longer valid; renewed when less than the second is left. */
const VALID_DAYS = 397;
const RENEWED_DAYS = 30;
const DAY_MS = 86_400_000;
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** A key and its certificate, PEM. */
export interface Certificate {
  cert: string;
  key: string;
}

/**
 * The certificate of our own for these names: the one kept in `folder` as long as it does, so that whoever trusts it
 * (NODE_EXTRA_CA_CERTS, AWS_CA_BUNDLE) need not do so again. It vouches for nobody else.
 *
 * @param names host names and addresses, without brackets
 */
export async function ownCertificate(
  folder: string,
  names: string[],
): Promise<Certificate & { file: string }> {
  const file = join(folder, "cert.pem");
  const keyFile = join(folder, "key.pem");
  if (existsSync(file) && existsSync(keyFile)) {
    const kept = { cert: readFileSync(file, "utf8"), key: readFileSync(keyFile, "utf8") };
    if (isGoodFor(kept, names)) return { ...kept, file };
  }
  const made = await newCertificate(names);
  mkdirSync(folder, { recursive: true });
  writeFileSync(keyFile, made.key, { mode: 0o600 });
  writeFileSync(file, made.cert);
  return { ...made, file };
}

function isGoodFor({ cert, key }: Certificate, names: string[]): boolean {
  try {
    const certificate = new X509Certificate(cert);
    if (!certificate.checkPrivateKey(createPrivateKey(key))) return false;
    if (Date.parse(certificate.validTo) < Date.now() + RENEWED_DAYS * DAY_MS) return false;
    return names.every((name) => (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)));
  } catch {
    // Broken or half-written: a new one takes its place.
    return false;
  }
}

async function newCertificate(names: string[]): Promise<Certificate> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: "CN=Local Cognito",
    // Clocks of containers and virtual machines lag.
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + VALID_DAYS * DAY_MS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(
        names.map((value): JsonGeneralName => ({ type: isIP(value) ? "ip" : "dns", value })),
      ),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const key = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  return { cert: certificate.toString("pem"), key: PemConverter.encode(key, "PRIVATE KEY") };
}
