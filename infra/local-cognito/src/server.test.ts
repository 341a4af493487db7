import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { CognitoJwtVerifier } from "aws-jwt-verify";
import { SimpleFetcher } from "aws-jwt-verify/https";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import { decodeJwt } from "jose";
import { afterEach, describe, expect, it, vi } from "vitest";
import { newBench } from "./contract/bench";
import { authorizeUrl, oauth } from "./contract/hosted";
import { type RunningCognito, type StartOptions, startCognito } from "./server";
import { localClient } from "./testing/cognito";

const toEnd: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of toEnd.splice(0).reverse()) await end();
  vi.restoreAllMocks();
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "cognito-server-"));
  toEnd.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function start(options: Partial<StartOptions> = {}): Promise<RunningCognito> {
  const cognito = await startCognito({ dataDir: newFolder(), ...options });
  toEnd.push(cognito.close);
  return cognito;
}

/** @param to.ca PEM of whom to trust */
function ask(url: string, headers: Record<string, string> = {}, ca?: string, method = "GET") {
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>(
    (resolve, reject) => {
      const request = url.startsWith("https:") ? httpsRequest : httpRequest;
      const asked = request(url, { method, headers, ...(ca && { ca }) }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk) => {
          text += chunk;
        });
        response.once("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      });
      asked.once("error", reject);
      asked.end();
    },
  );
}
const statusOf = async (...of: Parameters<typeof ask>) => (await ask(...of)).status;

/** The status of a request with these lines, which no client would send. */
async function statusOfHosts(url: string, hosts: string[]): Promise<number> {
  const { port } = new URL(url);
  const socket = connect(Number(port), "127.0.0.1");
  const lines = [
    "GET /_local/messages HTTP/1.1",
    ...hosts.map((host) => `Host: ${host}`),
    "Connection: close",
  ];
  socket.end(`${lines.join("\r\n")}\r\n\r\n`);
  const [first = ""] = (await text(socket)).split("\r\n");
  return Number(first.split(" ")[1]);
}

/** A sign-in against it. */
async function signedIn({ url }: RunningCognito, more: Parameters<typeof localClient>[1] = {}) {
  const sdk = localClient(url, more);
  toEnd.push(() => sdk.destroy());
  const bench = await newBench({ sdk });
  return { ...bench, ...(await bench.signedIn()) };
}

describe("where it listens", () => {
  it("is loopback alone, in silence", async () => {
    const warn = vi.spyOn(console, "warn");
    const { url, port } = await start();
    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect(await statusOf(`http://[::1]:${port}/_local/`)).toBe(200);
    const others = Object.values(networkInterfaces()).flat();
    for (const { address, internal, family } of others.filter((each) => each !== undefined)) {
      if (internal || family !== "IPv4") continue;
      await expect(ask(`http://${address}:${port}/_local/`)).rejects.toThrow("ECONNREFUSED");
    }
    expect(warn).not.toHaveBeenCalled();
  });

  it("may be everywhere, with a warning that says what that means", async () => {
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    const { url, port } = await start({ host: "0.0.0.0" });
    expect(await statusOf(`${url}/_local/`)).toBe(200);
    expect(warn.mock.calls.join()).toMatch(
      /^WARNING: the local Cognito listens on 0\.0\.0\.0, beyond this machine/,
    );
    // Reached from elsewhere, it still answers only to names that were allowed.
    expect(await statusOf(`${url}/_local/`, { host: `192.0.2.7:${port}` })).toBe(403);
  });

  it("keeps a connection for another call longer than clients do, which would meet one that is closing", async () => {
    const { headers } = await ask(`${(await start()).url}/_local/`);
    expect(Number(/^timeout=(\d+)$/.exec(String(headers["keep-alive"]))?.[1])).toBeGreaterThan(60);
  });

  it("must be an address of this machine", async () => {
    await expect(start({ host: "192.0.2.7" })).rejects.toThrow("192.0.2.7 is no address of this machine.");
  });
});

describe("the names it answers to", () => {
  it("are those of loopback and the ones it was told, exactly", async () => {
    const { url } = await start({ allowedHosts: ["cognito", "10.0.0.9"], publicUrl: "https://login.test" });
    const asked = (host: string) => statusOf(`${url}/_local/messages`, { host });
    for (const host of [
      "cognito",
      "cognito:9229",
      "COGNITO:80",
      "10.0.0.9",
      "login.test",
      "a.localhost",
      "localhost:1",
    ]) {
      expect([host, await asked(host)]).toEqual([host, 200]);
    }
    for (const host of [
      "cognito.evil.example",
      "evil.example",
      "127.0.0.1.evil.example",
      "xcognito",
      "10.0.0.10",
      "cognito@evil",
      "cognito:x",
    ]) {
      expect([host, await asked(host)]).toEqual([host, 403]);
    }
    // One line alone is read, and a proxy before it may read another one (RFC 9112, section 3.2).
    for (const hosts of [
      ["localhost", "evil.example"],
      ["evil.example", "localhost"],
    ]) {
      expect([hosts, await statusOfHosts(url, hosts)]).toEqual([hosts, 403]);
    }
    expect((await ask(`${url}/`, { host: "evil.example" })).text).toContain("--allowed-hosts");
  });
});

describe("its addresses in what it says", () => {
  it("are its own by default", async () => {
    const cognito = await start();
    const { pool, access } = await signedIn(cognito);
    expect([cognito.issuer, access.iss]).toEqual([cognito.url, `${cognito.url}/${pool}`]);
  });

  it("are the public one for browsers, the issuer's for servers", async () => {
    const issuer = "http://cognito:9229";
    const cognito = await start({ issuer, publicUrl: "http://localhost:9229" });
    const { pool, access, id } = await signedIn(cognito);
    expect([access.iss, id.iss]).toEqual([`${issuer}/${pool}`, `${issuer}/${pool}`]);
    const { text } = await ask(`${cognito.url}/${pool}/.well-known/openid-configuration`);
    expect(JSON.parse(text)).toMatchObject({
      issuer: `${issuer}/${pool}`,
      jwks_uri: `${issuer}/${pool}/.well-known/jwks.json`,
      token_endpoint: `${issuer}/oauth2/token`,
      userinfo_endpoint: `${issuer}/oauth2/userInfo`,
      revocation_endpoint: `${issuer}/oauth2/revoke`,
      authorization_endpoint: "http://localhost:9229/oauth2/authorize",
      end_session_endpoint: "http://localhost:9229/logout",
    });
  });

  it("have the region and the account that it was told", async () => {
    const cognito = await start({ region: "eu-central-1", accountId: "123456789012" });
    const { sdk, pool: UserPoolId } = await signedIn(cognito);
    expect(UserPoolId).toMatch(/^eu-central-1_/);
    const { UserPool } = await sdk.describeUserPool({ UserPoolId });
    expect(UserPool?.Arn).toBe(`arn:aws:cognito-idp:eu-central-1:123456789012:userpool/${UserPoolId}`);
    await sdk.createUserPoolDomain({ UserPoolId, Domain: "a-domain" });
    const { DomainDescription } = await sdk.describeUserPoolDomain({ Domain: "a-domain" });
    expect(DomainDescription?.AWSAccountId).toBe("123456789012");
  });
});

describe("https", () => {
  it("has a certificate of its own, kept for the next start, for every name that it answers to", async () => {
    const dataDir = newFolder();
    const options = {
      dataDir,
      tlsSelfSigned: true,
      publicUrl: "https://login.test",
      allowedHosts: ["10.0.0.9"],
    };
    const cognito = await start(options);
    const file = cognito.certificate ?? "";
    expect([cognito.url.slice(0, 8), file]).toEqual(["https://", join(dataDir, "tls", "cert.pem")]);
    const ca = readFileSync(file, "utf8");
    expect(await statusOf(`${cognito.url}/_local/`, {}, ca)).toBe(200);
    expect(await statusOf(`https://localhost:${cognito.port}/_local/`, {}, ca)).toBe(200);
    await expect(ask(`${cognito.url}/_local/`)).rejects.toThrow(/self-signed/);
    const servername = (name: string) =>
      new Promise((resolve) => {
        const asked = httpsRequest(
          cognito.url,
          { ca, servername: name, headers: { host: name } },
          (response) => {
            response.resume();
            resolve(response.statusCode);
          },
        );
        asked.once("error", (error: NodeJS.ErrnoException) => resolve(error.code));
        asked.end();
      });
    expect(await servername("login.test")).toBe(404);
    expect(await servername("evil.example")).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
    await cognito.close();

    await (await start(options)).close();
    expect(readFileSync(file, "utf8")).toBe(ca);
    // Another name, or a file that is none, and it is made anew.
    await (await start({ ...options, issuer: "https://other.test" })).close();
    expect(readFileSync(file, "utf8")).not.toBe(ca);
    writeFileSync(file, "nonsense");
    expect(await statusOf(`${(await start(options)).url}/_local/`, {}, readFileSync(file, "utf8"))).toBe(200);
  });

  it("takes a certificate of yours, and says why one cannot be", async () => {
    const folder = newFolder();
    const { certificate = "" } = await start({ dataDir: folder, tlsSelfSigned: true });
    const yours = { tlsCert: certificate, tlsKey: join(folder, "tls", "key.pem") };
    const { url } = await start(yours);
    expect(await statusOf(`${url}/_local/`, {}, readFileSync(certificate, "utf8"))).toBe(200);
    await expect(start({ ...yours, tlsKey: certificate })).rejects.toThrow("cannot be used");
    await expect(start({ ...yours, tlsKey: join(folder, "none") })).rejects.toThrow("cannot be read");
  });

  it("gives browsers cookies for https alone, and knows its own pages from those of http", async () => {
    const cognito = await start({ tlsSelfSigned: true });
    const ca = readFileSync(cognito.certificate ?? "", "utf8");
    const { sdk, pool } = await signedIn(cognito, { requestHandler: { httpsAgent: { ca } } });
    await sdk.createUserPoolDomain({ UserPoolId: pool, Domain: "a-domain" });
    const { UserPoolClient } = await sdk.createUserPoolClient({
      UserPoolId: pool,
      ClientName: "web",
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid"],
      CallbackURLs: ["https://app.test/"],
      SupportedIdentityProviders: ["COGNITO"],
    });
    const query = new URLSearchParams({
      client_id: UserPoolClient?.ClientId ?? "",
      response_type: "code",
      redirect_uri: "https://app.test/",
      code_challenge: "x".repeat(43),
      code_challenge_method: "S256",
    });
    const { status, headers } = await ask(`${cognito.url}/login?${query}`, {}, ca);
    expect([status, String(headers["set-cookie"])]).toEqual([200, expect.stringMatching(/; Secure$/)]);
    const { host } = new URL(cognito.url);
    const from = (origin: string) => statusOf(`${cognito.url}/_local/faults`, { origin }, ca, "DELETE");
    expect([await from(`https://${host}`), await from(`http://${host}`)]).toEqual([200, 403]);
  });

  it("lets the verifier of AWS verify, which knows https and the address of AWS alone", async () => {
    const issuer = "https://cognito-idp.ap-northeast-1.amazonaws.com";
    const cognito = await start({ tlsSelfSigned: true, issuer });
    const ca = readFileSync(cognito.certificate ?? "", "utf8");
    const { pool, client, AccessToken, IdToken } = await signedIn(cognito, {
      requestHandler: { httpsAgent: { ca } },
    });
    // Its name leads here, as an alias in a network of containers would have it.
    const lookup = (_: string, __: object, found: (error: null, address: object[]) => void) =>
      found(null, [{ address: "127.0.0.1", family: 4 }]);
    const fetcher = new SimpleFetcher({
      defaultRequestOptions: { ca, port: cognito.port, lookup: lookup as never },
    });
    const of = { userPoolId: pool, clientId: client.id };
    const cache = () => ({ jwksCache: new SimpleJwksCache({ fetcher }) });
    const access = CognitoJwtVerifier.create({ ...of, tokenUse: "access" }, cache());
    expect((await access.verify(AccessToken)).sub).toBe(decodeJwt(IdToken).sub);
    await CognitoJwtVerifier.create({ ...of, tokenUse: "id" }, cache()).verify(IdToken);
    await expect(access.verify(IdToken)).rejects.toThrow("Token use not allowed");
  });
});

describe("PKCE", () => {
  it("is demanded of a client without a secret where the option says so", async () => {
    const asked = async (requirePkce: boolean) => {
      const { url } = await start({ requirePkce });
      const sdk = localClient(url);
      const { client } = await newBench({ sdk }, oauth);
      const address = authorizeUrl(
        { url, client: client.id },
        { code_challenge: undefined, code_challenge_method: undefined },
      );
      sdk.destroy();
      const { location } = (await ask(String(address))).headers;
      return String(location);
    };
    expect(await asked(true)).toContain("error_description=code_challenge+is+required");
    expect(await asked(false)).toMatch(/^\/login\?/);
  });
});

describe("behind a proxy that ends TLS", () => {
  const proxied = { "x-forwarded-host": "login.test", "x-forwarded-proto": "https" };
  const clear = (url: string, headers: Record<string, string>) =>
    statusOf(`${url}/_local/faults`, headers, undefined, "DELETE");

  it("knows its own pages by what the proxy says, where it was told to listen to it", async () => {
    const { url } = await start({ trustProxy: true, publicUrl: "https://login.test" });
    expect(await clear(url, { ...proxied, origin: "https://login.test" })).toBe(200);
    expect(await clear(url, { ...proxied, origin: "http://login.test" })).toBe(403);
    expect(await clear(url, { ...proxied, origin: url })).toBe(403);
    const deaf = await start({ publicUrl: "https://login.test" });
    expect(await clear(deaf.url, { ...proxied, origin: "https://login.test" })).toBe(403);
    expect(await clear(deaf.url, { ...proxied, origin: deaf.url })).toBe(200);
  });

  it("serves neither a foreign name behind a served one, nor the other way round", async () => {
    const { url } = await start({ trustProxy: true, publicUrl: "https://login.test" });
    expect(await clear(url, { ...proxied, "x-forwarded-host": "evil.example" })).toBe(403);
    expect(await clear(url, { ...proxied, "x-forwarded-host": "login.test, evil.example" })).toBe(403);
    expect(await clear(url, { ...proxied, host: "evil.example" })).toBe(403);
    expect(await clear(url, { host: "evil.example", "x-forwarded-host": "localhost" })).toBe(403);
  });
});
