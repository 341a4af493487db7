import { type Chance, chance, mutated } from "./mutation";
import { CALLBACK, type SampleRequest, sampleRequests } from "./requests";
import { deletePool, type Target } from "./target";

/** A request with an answer that is never acceptable, and what is needed to send it again. */
interface Finding {
  what: string;
  request: string;
}

export interface FuzzReport {
  requests: number;
  /** Status → how many. */
  statuses: Record<string, number>;
  slowest: { ms: number; request: string };
  findings: Finding[];
  /** Bytes in use after a collection, at the end of each round. */
  heap: number[];
}

/** New pools after this many requests. What deletes or disables things is only tried among the last ones. */
const ROUND = 2_000;
const LAST = 400;
const ENDING = /Delete|Disable|SignOut|RevokeToken|SetUserPassword/;
const AT_ONCE = 8;
/** Nothing takes this long, even on a busy machine. */
const HANGS_MS = 60_000;

/** Sends requests of every operation and endpoint, changed by chance, and judges the answers. */
export async function fuzz(
  target: Target,
  options: { requests: number; seed: number; heapInUse?: () => number },
): Promise<FuzzReport> {
  const luck = chance(options.seed);
  const report: FuzzReport = {
    requests: 0,
    statuses: {},
    slowest: { ms: 0, request: "" },
    findings: [],
    heap: [],
  };
  while (report.requests < options.requests) {
    const until = Math.min(report.requests + ROUND, options.requests);
    const samples = Object.entries(await sampleRequests(target));
    const harmless = samples.filter(([name]) => !ENDING.test(name));
    const worker = async () => {
      while (report.requests < until) {
        report.requests += 1;
        await tryOne(target, until - report.requests < LAST ? samples : harmless, luck, report);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    for (const pool of target.pools) await deletePool(target.sdk, pool);
    target.pools.clear();
    if (options.heapInUse) report.heap.push(options.heapInUse());
  }
  return report;
}

async function tryOne(
  target: Target,
  samples: [string, SampleRequest][],
  luck: Chance,
  report: FuzzReport,
): Promise<void> {
  const { path, init, request } = luck.below(8) === 0 ? hostedCall(samples, luck) : apiCall(samples, luck);
  const began = performance.now();
  let outcome: string;
  try {
    const response = await fetch(`${target.endpoint}${path}`, {
      ...init,
      redirect: "manual",
      signal: AbortSignal.timeout(HANGS_MS),
    });
    outcome = String(response.status);
    const text = await response.text();
    if (response.status >= 500) report.findings.push({ what: `${outcome} ${text.slice(0, 200)}`, request });
    const made = response.ok ? /"UserPool":\{"Id":"([\w-]+)"/.exec(text)?.[1] : undefined;
    if (made) target.pools.add(made);
  } catch (error) {
    outcome = "none";
    report.findings.push({ what: String(error), request });
  }
  report.statuses[outcome] = (report.statuses[outcome] ?? 0) + 1;
  const ms = performance.now() - began;
  if (ms > report.slowest.ms) report.slowest = { ms, request };
}

interface Call {
  path: string;
  init: RequestInit;
  /** To be shown with a finding. */
  request: string;
}

function apiCall(samples: [string, SampleRequest][], luck: Chance): Call {
  const [name, { body }] = luck.of(samples);
  const [, other] = luck.of(samples);
  const operation = luck.below(40) === 0 ? luck.of(["", "GetUserr", "toString", "__proto__"]) : name;
  const text = mutated(body, Object.values(other.body), luck);
  const headers: Record<string, string> = {
    "content-type": luck.of(["application/x-amz-json-1.1", "application/x-amz-json-1.1", "text/plain"]),
    "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
    ...(luck.below(20) > 0 && { authorization: "AWS4-HMAC-SHA256 Credential=local" }),
  };
  // A string that is no Unicode would not be sent as it is.
  const bytes = new Uint8Array(typeof text === "string" ? Buffer.from(text) : text);
  return {
    path: "/",
    init: { method: "POST", headers, body: bytes },
    request: `${operation} ${Buffer.from(bytes).toString("latin1").slice(0, 600)}`,
  };
}

const paths =
  `/oauth2/authorize /oauth2/idpresponse /idplookup /oauth2/token /oauth2/userInfo /oauth2/revoke /login /logout
  /login/other /signup /confirm /resendcode /passkeys/add /forgotPassword /confirmForgotPassword /.well-known/jwks.json`.split(
    /\s+/,
  );
const parameters =
  `client_id redirect_uri response_type scope state nonce code_challenge code_challenge_method
  grant_type code refresh_token token logout_uri username password challenge session lang prompt identity_provider idp_identifier email
  answer credential resource _csrf userAttributes.name`.split(/\s+/);

const FORM_TOKEN = "t".repeat(43);
const CHALLENGES = "SELECT_CHALLENGE PASSWORD EMAIL_OTP SMS_OTP WEB_AUTHN SMS_MFA MFA_SETUP __proto__".split(
  " ",
);

/** Parameters of which some make a good request, in a good mixture often enough to get past the first checks. */
function hostedParameters(samples: [string, SampleRequest][], luck: Chance): [string, string][] {
  const strings = samples.flatMap(([, { body }]) => Object.entries(body)).filter(isText);
  const sampleOf = (name: string) => strings.find(([member]) => member === name)?.[1] ?? "";
  const good: [string, string][] = [
    ["client_id", sampleOf("ClientId")],
    ["redirect_uri", CALLBACK],
    ["response_type", luck.below(6) === 0 ? "token" : "code"],
    ["scope", "openid"],
    ["state", "s"],
    ["code_challenge", "x".repeat(43)],
    ["code_challenge_method", "S256"],
    ["grant_type", luck.of(["authorization_code", "refresh_token", "client_credentials"])],
    ["refresh_token", sampleOf("RefreshToken")],
    ["token", sampleOf("RefreshToken")],
    ["username", sampleOf("Username")],
    ["_csrf", FORM_TOKEN],
    ["challenge", luck.of(CHALLENGES)],
    ["credential", luck.of(["{}", "[]", '{"id":"AA","rawId":"AA","type":"public-key","response":{}}'])],
  ];
  const words = ["code", ...CHALLENGES, "S256", "%zz", "", "\u0000", ...strings.map(([, value]) => value)];
  const bad = Array.from({ length: luck.below(4) }, (): [string, string] => [
    luck.of(parameters),
    luck.of(words),
  ]);
  return [...good.filter(() => luck.below(12) > 0), ...bad];
}

const isText = (entry: [string, unknown]): entry is [string, string] => typeof entry[1] === "string";

function hostedCall(samples: [string, SampleRequest][], luck: Chance): Call {
  const good = new URLSearchParams(hostedParameters(samples, luck));
  const form = luck.below(10) === 0 ? "%%%=&&=&\u0000" : String(good);
  const path = luck.of(paths);
  const headers: Record<string, string> = {
    "content-type": luck.of(["application/x-www-form-urlencoded", "application/json"]),
    ...(luck.below(4) === 0 && { authorization: luck.of(["Basic !!!", "Basic YTpi", "Bearer x.y.z", "x"]) }),
    ...(luck.below(4) === 0 && { cookie: luck.of(["XSRF-TOKEN=x", ";;;=", "a=b; a=c"]) }),
    // A form of a page of ours gets past the first check.
    ...(luck.below(2) === 0 && { cookie: `XSRF-TOKEN=${FORM_TOKEN}` }),
  };
  const method = luck.of(["GET", "GET", "POST", "POST", "PUT", "HEAD"]);
  const inQuery = method === "GET" || method === "HEAD" || luck.below(2) === 0;
  return {
    path: inQuery ? `${path}?${form.replaceAll("\u0000", "%00").slice(0, 8_000)}` : path,
    init: { method, headers, ...(method !== "GET" && method !== "HEAD" && { body: form }) },
    request: `${method} ${path} ${form.slice(0, 600)}`,
  };
}
