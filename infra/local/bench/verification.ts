import { CognitoJwtVerifier } from "aws-jwt-verify";
import { KeySet } from "../../../lib/cognito/key-set";
import { tokenVerifier } from "../../../lib/cognito/verify-token";
import { makeSigningKey, startKeyServer } from "../testing/key-server";
import { signToken } from "../testing/token";

/** What verifying a token costs the processor that has been seen before, against aws-jwt-verify with its keys at hand. */
const ROUNDS = 5;
const TIMES = 3_000;
const POOL = "eu-central-1_Pool00001";
const CLIENT = "serverclient";

const issuer = `https://cognito-idp.eu-central-1.amazonaws.com/${POOL}`;
const key = await makeSigningKey("key1");
const server = await startKeyServer();
server.keys = [key];
const now = Math.floor(Date.now() / 1000);
const token = await signToken(key, {
  ...{ sub: "4c2d6a1e-0000-4000-8000-000000000001", iss: issuer, token_use: "access", client_id: CLIENT },
  ...{ username: "4c2d6a1e-0000-4000-8000-000000000001", "cognito:groups": ["member"], version: 2 },
  ...{
    exp: now + 3_600,
    iat: now,
    auth_time: now,
    jti: crypto.randomUUID(),
    origin_jti: crypto.randomUUID(),
  },
});

const verify = tokenVerifier({ issuer, keys: new KeySet(server.url), clientIds: [CLIENT] });
const library = CognitoJwtVerifier.create({ userPoolId: POOL, tokenUse: "access", clientId: CLIENT });
library.cacheJwks({ keys: [key.jwk] } as Parameters<typeof library.cacheJwks>[0]);

const ways: [string, () => Promise<unknown>][] = [
  ["aws-jwt-verify", () => library.verify(token)],
  ["a token seen before", () => verify(token, "access")],
];
console.log(`\nVerifying one token again, µs of the processor, ${ROUNDS} alternating rounds of ${TIMES}\n`);
const spent = ways.map((): number[] => []);
for (let round = 0; round <= ROUNDS; round++) {
  for (const [index, [, run]] of ways.entries()) {
    const before = process.cpuUsage();
    for (let i = 0; i < TIMES; i++) await run();
    const { user, system } = process.cpuUsage(before);
    // The first round warms up.
    if (round > 0) spent[index]?.push((user + system) / TIMES);
  }
}
for (const [index, [name]] of ways.entries()) {
  const figures = (spent[index] ?? []).sort((a, b) => a - b);
  const [least = 0, middle = 0, most = 0] = [0, figures.length >> 1, figures.length - 1].map(
    (at) => figures[at],
  );
  const ratio = (spent[0]?.[figures.length >> 1] ?? 0) / middle;
  console.log(
    `${name.padEnd(22)} ${middle.toFixed(1).padStart(6)}  (${least.toFixed(1)} to ${most.toFixed(1)})  ${ratio.toFixed(1)} times as fast`,
  );
}
await server.close();
