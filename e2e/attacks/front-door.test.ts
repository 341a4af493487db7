import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { HOME } from "../../lib/home";
import { type Answer, Api } from "../support/api";
import { expectProblem } from "../support/problem";
import { rawRequest } from "../support/raw-request";
import { expect, test } from "../support/test";

const times = (count: number, each: (index: number) => string, between = "") =>
  Array.from({ length: count }, (_, index) => each(index)).join(between);

/** Every address of the build, with something in its places. */
const ROUTES = Object.values(
  JSON.parse(readFileSync(".next/app-path-routes-manifest.json", "utf8")) as Record<string, string>,
)
  .filter((route) => !route.startsWith("/_"))
  .map((route) => route.replace(/\[\.{3}\w+\]/, "callback/password").replace(/\[\w+\]/g, "x"));

const ADDRESSES: [what: string, address: string][] = [
  ["the same parameter 3,900 times", `/icon.svg?${times(3_900, () => "a", "&")}`],
  ["a thousand parameters", `/signin?${times(1_000, (n) => `p${n}=1`, "&")}`],
  ["a thousand brackets", `/api/members?${times(1_000, () => "a[]=1", "&")}`],
  ["empty parameters", `/members?${times(4_000, () => "&")}`],
  ["many parameters of what is not there", `/nowhere?${times(101, (n) => `${n}`, "&")}`],
  ["7,000 segments", times(3_500, () => "/a")],
  ["segments of the API", `/api${times(1_000, () => "/a")}`],
  ["segments that are encoded", `/${times(2_000, () => "%2F")}`],
  ["segments backwards", `/${times(200, () => "..%5c")}`],
  ["empty segments", `/${times(4_000, () => "/")}`],
  ["segments of a file", `/_next/static${times(1_000, () => "/a")}`],
  ["a long name", `/api/members/${"x".repeat(9_000)}`],
  ["a long search", `/members?q=${"%E3%81%82".repeat(1_000)}`],
];

test("an address with too much of anything is refused with 414 before Next reads it", async ({ baseURL }) => {
  for (const [what, address] of ADDRESSES) {
    for (const method of ["GET", "POST", "HEAD"]) {
      const { status, text } = await rawRequest(baseURL, address, [], undefined, method);
      expect(status, `${method}: ${what}`).toBe(414);
      if (method === "GET") expect(text, what).toContain('"code":"uri_too_long"');
    }
  }
});

test("a search of 216 kana is no long address", async ({ baseURL }) => {
  const { status } = await rawRequest(baseURL, `/members?q=${"%E3%81%82".repeat(216)}`, []);
  expect(status).toBe(307);
});

const HEADERS: [what: string, lines: string[]][] = [
  ["1,500 cookies", [`Cookie: ${times(1_500, (n) => `c${n}=1`, "; ")}`]],
  ["cookies in many fields", Array.from({ length: 60 }, (_, n) => `Cookie: a${n}=1; b${n}=2`)],
  ["empty cookies", [`Cookie: ${";".repeat(5_000)}`]],
  ["2,000 languages", [`Accept-Language: ${times(2_000, () => "ja", ",")}`]],
  ["languages in many fields", Array.from({ length: 60 }, () => "Accept-Language: ja, en")],
  ["3,000 types", [`Accept: ${times(2_000, () => "a/b", ",")}`]],
  ["many parameters of a type", [`Content-Type: application/json${times(500, (n) => `;p${n}=1`)}`]],
  ["many addresses on the way", [`X-Forwarded-For: ${times(500, () => "192.0.2.1", ", ")}`]],
  ["many entity tags", [`If-None-Match: ${times(500, (n) => `"${n}"`, ", ")}`]],
  ["a field of our own with many members", [`X-Tenant-Id: ${times(500, () => "acme", ",")}`]],
  ["1,500 fields", Array.from({ length: 1_500 }, (_, n) => `X-${n}: 1`)],
  ["one field of 20 KB", [`X-Long: ${"x".repeat(20_000)}`]],
];

test("a head with too much of anything is refused with 431", async ({ baseURL }) => {
  for (const [what, lines] of HEADERS) {
    for (const path of ["/signin", "/api/members", "/icon.svg"]) {
      const { status, text } = await rawRequest(baseURL, path, lines);
      expect(status, `${path}: ${what}`).toBe(431);
      expect(text, what).toContain('"code":"header_fields_too_large"');
      expect(text, what).toMatch(/x-request-id: [0-9a-f-]{36}/i);
    }
  }
});

const MALFORMED = [
  "%",
  "%zz",
  "%E0%A4%A",
  "%c0%af",
  "%ff",
  "%ed%a0%80",
  "%f8%88%80%80%80",
  "%c3%28",
  "a%2",
  "%%41",
];

test("percent signs that stand for nothing are no fault of the server's, wherever they are in a path", async ({
  baseURL,
}) => {
  const api = new Api(baseURL);
  const places = [
    "/api/members/",
    "/api/auth/",
    "/api/auth/callback/",
    "/api/",
    "/",
    "/members/",
    "/_next/static/",
    "/_next/data/",
  ];
  for (const place of places) {
    for (const malformed of MALFORMED) {
      for (const method of ["GET", "POST"]) {
        const { status, text } = await rawRequest(baseURL, place + malformed, [], undefined, method);
        const isPage = method === "POST" && !place.startsWith("/api");
        expect([status, text.includes('"request_id"')], `${method} ${place}${malformed}`).toEqual([
          400,
          true,
        ]);
        expect(text.includes('"invalid_request"') || isPage, place + malformed).toBe(true);
      }
    }
  }
  expectProblem(await api.get("/api/auth/%E0%A4%A"), 400, "invalid_request");
});

test("and so are those in a query, of a page, of the API and of NextAuth alike", async ({ baseURL }) => {
  const places = [
    `${HOME}?q=`,
    "/signin?callbackUrl=",
    "/members?",
    "/icon.svg?",
    "/api/members?q=",
    "/api/user/me?x=1&",
    "/api/auth/csrf?",
    "/api/auth/signin/cognito?callbackUrl=%2Fhome&x=",
    "/api/auth/callback/cognito?code=",
  ];
  for (const place of places) {
    for (const malformed of MALFORMED) {
      const { status, text } = await rawRequest(baseURL, place + malformed, []);
      expect([status, text.includes('"field":"query"')], place + malformed).toEqual([400, true]);
    }
  }
  const wellFormed = await rawRequest(baseURL, "/signin?callbackUrl=%2Fmembers%3Fq%3D%E3%81%82+100%25", []);
  expect(wellFormed.status).toBe(200);
});

test("no route of the build takes a body of more than 64 KB, whatever it is said to be", async ({
  baseURL,
}) => {
  const api = new Api(baseURL);
  const large = "a".repeat(64 * 1024 + 1);
  const types = [
    "application/x-www-form-urlencoded",
    "application/json",
    "multipart/form-data; boundary=x",
    "text/plain",
  ];
  expect(ROUTES.length).toBeGreaterThan(40);
  for (const route of [
    ...ROUTES,
    "/nowhere",
    "/api/nowhere",
    "/api/auth/nowhere",
    "/_next/static/nowhere.js",
  ]) {
    const refused = (answer: Answer) =>
      route.startsWith("/api")
        ? expectProblem(answer, 413, "payload_too_large")
        : expectProblem(answer, 405, "method_not_allowed");
    for (const type of types) {
      const headers = { "Content-Type": type, Origin: baseURL };
      refused(await api.send("POST", route, { raw: large, headers }));
    }
    const raw = new Blob([large]).stream();
    refused(await api.send("POST", route, { raw, headers: { Origin: baseURL } }));
  }
});

test("a body that NextAuth cannot read is refused for what it is", async ({ baseURL }) => {
  const api = new Api(baseURL).with({ Origin: baseURL });
  for (const action of [
    "callback/password",
    "callback/challenge",
    "signout",
    "session",
    "csrf",
    "providers",
  ]) {
    for (const raw of ["", "{", '{"a":', "'", "NaN", '{"csrfToken":"x",}', "a=b"]) {
      expectProblem(await api.send("POST", `/api/auth/${action}`, { raw }), 400, "malformed_json");
    }
    for (const raw of ["null", "[]", '"x"', "1"]) {
      expectProblem(await api.send("POST", `/api/auth/${action}`, { raw }), 400, "invalid_request");
    }
    for (const type of ["text/plain", "multipart/form-data; boundary=x", "application/xml", ""]) {
      const sent = api.send("POST", `/api/auth/${action}`, { raw: "a", headers: { "Content-Type": type } });
      expectProblem(await sent, 415, "unsupported_media_type");
    }
  }
});

test("a page is only read: any other method is refused with what there is", async ({ baseURL }) => {
  const pages = ROUTES.filter((route) => !route.startsWith("/api"));
  for (const path of [...pages, "/nowhere", "/favicon.ico", "/_next/static/nowhere.js"]) {
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]) {
      const { status, text } = await rawRequest(
        baseURL,
        path,
        ["Next-Action: x", "Content-Length: 0"],
        undefined,
        method,
      );
      expect(status, `${method} ${path}`).toBe(405);
      expect(text, `${method} ${path}`).toMatch(/^allow: GET, HEAD\r$/im);
    }
  }
});

const STATES = [
  "%",
  "garbage",
  "[]",
  "{}",
  "null",
  "1",
  '""',
  '["",[]]',
  '["",{"children":1}]',
  "[1,{}]",
  '[["a"],{}]',
  `${'["",{"children":'.repeat(40)}["",{}]${"}]".repeat(40)}`,
  "[".repeat(2_000),
];

test("what is not as Next's own router sends it is refused or not looked at, and breaks nothing", async ({
  baseURL,
}) => {
  for (const path of ["/signin", HOME, "/nowhere"]) {
    for (const state of STATES) {
      for (const rsc of [[], ["RSC: 1"]]) {
        const { status } = await rawRequest(baseURL, path, [
          `Next-Router-State-Tree: ${encodeURIComponent(state)}`,
          ...rsc,
        ]);
        expect(status, `${path} ${state.slice(0, 30)}`).toBe(400);
      }
    }
    const others = [
      "Next-Url: http://[",
      "Next-Router-Prefetch: 7",
      "Next-Router-Segment-Prefetch: /../x",
      "X-Matched-Path: /%",
      `X-Invoke-Path: ${HOME}`,
      "X-Nextjs-Data: 1",
      "X-Middleware-Prefetch: 1",
      "Next-Hmr-Refresh: 1",
      "Cookie: =;=;a=%;sekisho.locale=%E0",
      "Accept-Language: %%%;;;q=q",
    ];
    for (const line of others) {
      const { status } = await rawRequest(baseURL, path, [line, "RSC: 1"]);
      expect(status, `${path} ${line}`).toBeLessThan(500);
    }
  }
});

test("every answer carries the policy headers, also of files, of what is not there and of what is refused", async ({
  baseURL,
}) => {
  const names = [
    "content-security-policy",
    "x-content-type-options",
    "x-frame-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
  ];
  const addresses = [
    ...ROUTES,
    "/favicon.ico",
    "/robots.txt",
    "/nowhere",
    "/_next/static/nowhere.js",
    "/_next/image?url=x",
  ];
  for (const path of [...addresses, "/%", `/${"x".repeat(9_000)}`, `/_next/data/x${HOME}.json`]) {
    const { text } = await rawRequest(baseURL, path, []);
    const [head = ""] = text.split("\r\n\r\n");
    const missing = names.filter((name) => !new RegExp(`^${name}: `, "im").test(head));
    expect(missing, path).toEqual([]);
    expect(head.match(/^content-security-policy: /gim), path).toHaveLength(1);
  }
});

test("a request that is not there whole within fifteen seconds is ended with 408", async ({ baseURL }) => {
  const { hostname, port } = new URL(baseURL);
  const began = Date.now();
  const beginnings = [
    "POST /api/user/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{",
    "POST /api/auth/callback/password HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n",
    "GET /signin HTTP/1.1\r\nHost: x\r\nX-Slow: ",
  ];
  const answers = beginnings.map(async (beginning) => {
    const socket = connect(Number(port), hostname);
    socket.write(beginning);
    let text = "";
    for await (const chunk of socket) text += chunk;
    return text;
  });
  for (const text of await Promise.all(answers)) {
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(text).toContain('"code":"request_timeout"');
  }
  expect(Date.now() - began).toBeLessThan(20_000);
});

test("what is refused in mid-body is read no further: the answer is there at once, and the connection closed", async ({
  baseURL,
}) => {
  const { hostname, port } = new URL(baseURL);
  const chunked = "Content-Type: application/json\r\nTransfer-Encoding: chunked";
  const bodies: [what: string, head: string, more: string][] = [
    ["declared as 150 MB", "Content-Length: 157286400", "a".repeat(65_536)],
    ["in large chunks", chunked, `10000\r\n${"a".repeat(65_536)}\r\n`],
    ["in chunks of a byte", chunked, "1\r\na\r\n".repeat(10_000)],
    ["in chunks of a byte, not too many of them together", chunked, "1\r\na\r\n".repeat(300)],
  ];
  for (const path of ["/api/auth/callback/password", "/api/user/login", "/api/nowhere", "/signin"]) {
    for (const [what, head, more] of bodies) {
      const began = Date.now();
      const socket = connect(Number(port), hostname);
      let text = "";
      socket.on("data", (chunk) => {
        text += chunk;
      });
      // The other side no longer listens.
      socket.on("error", () => socket.destroy());
      const closed = new Promise((resolve) => socket.on("close", resolve));
      const goOn = () => {
        if (socket.destroyed || !socket.writable) return;
        if (socket.write(more)) setImmediate(goOn);
        else socket.once("drain", goOn);
      };
      socket.write(`POST ${path} HTTP/1.1\r\nHost: localhost:${port}\r\n${head}\r\n\r\n`);
      goOn();
      await closed;
      expect(text, `${path}, ${what}`).toMatch(path === "/signin" ? /^HTTP\/1\.1 405 / : /^HTTP\/1\.1 413 /);
      expect(text, `${path}, ${what}`).toMatch(/^connection: close\r$/im);
      expect(socket.bytesWritten, `${path}, ${what}`).toBeLessThan(16 * 1024 * 1024);
      expect(Date.now() - began, `${path}, ${what}`).toBeLessThan(8_000);
    }
  }
});
