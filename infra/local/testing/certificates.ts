import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An authority of the tests, and what it vouches for. */
export type Authority = {
  /** The file that says whom to trust (PEM). */
  caFile: string;
  /** A key and a certificate for names such as `DNS:localhost` and `IP:127.0.0.1`. */
  issue(...names: string[]): { cert: string; key: string };
  remove(): void;
};

/** Makes an authority with openssl, in a folder of its own. */
export function makeAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), "sekisho-certificates-"));
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  openssl(
    "req",
    "-x509",
    ...newKey,
    "-keyout",
    "ca.key",
    "-out",
    "ca.pem",
    "-subj",
    "/CN=Tests",
    "-days",
    "2",
  );
  let issued = 0;
  return {
    caFile: join(folder, "ca.pem"),
    issue: (...names) => {
      const name = `server${issued++}`;
      openssl(
        "req",
        "-new",
        ...newKey,
        "-keyout",
        `${name}.key`,
        "-out",
        `${name}.csr`,
        "-subj",
        "/CN=server",
      );
      writeFileSync(join(folder, `${name}.ext`), `subjectAltName=${names.join(",")}\n`);
      const by = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"];
      const from = ["-in", `${name}.csr`, "-out", `${name}.pem`, "-extfile", `${name}.ext`];
      openssl("x509", "-req", ...by, ...from, "-days", "2");
      const read = (file: string) => readFileSync(join(folder, file), "utf8");
      return { cert: read(`${name}.pem`), key: read(`${name}.key`) };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
