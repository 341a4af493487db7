/** One way to make a server work for nothing: what a connection sends, again and again. */
export type Hostile = {
  name: string;
  /** Everything up to the end of what is sent once. */
  once: string;
  /** What then follows until the server closes. */
  endless?: string;
};

const HOST = "Host: localhost\r\n";
const times = (count: number, each: (index: number) => string, between = "") =>
  Array.from({ length: count }, (_, index) => each(index)).join(between);
const get = (address: string, lines = "") => `GET ${address} HTTP/1.1\r\n${HOST}${lines}\r\n`;
const post = (path: string, lines: string, body = "") =>
  `POST ${path} HTTP/1.1\r\n${HOST}${lines}\r\n${body}`;

const CHUNKED = "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n";
const NEXT_AUTH = "/api/auth/callback/password";
const CHUNK = `10000\r\n${"a".repeat(65_536)}\r\n`;

/** Too much of each thing, and much of each that is still let in. */
export const HOSTILE: Hostile[] = [
  { name: "8,000 parameters", once: get(`/icon.svg?${times(7_900, () => "a", "&").slice(0, 15_800)}`) },
  { name: "3,900 parameters", once: get(`/icon.svg?${times(3_900, () => "a", "&")}`) },
  { name: "7,000 segments", once: get(times(7_000, () => "/a")) },
  { name: "1,500 cookies", once: get("/icon.svg", `Cookie: ${times(1_500, (n) => `c${n}=1`, "; ")}\r\n`) },
  {
    name: "2,000 languages",
    once: get("/icon.svg", `Accept-Language: ${times(2_000, () => "ja", ",")}\r\n`),
  },
  {
    name: "1,500 header fields",
    once: get(
      "/icon.svg",
      times(1_500, (n) => `X-${n}: 1\r\n`),
    ),
  },
  {
    name: "malformed router state",
    once: get("/signin", `Next-Router-State-Tree: ${"%5B".repeat(5_000)}\r\n`),
  },
  { name: "malformed percent", once: get("/api/members/%E0%A4%A") },
  {
    name: "150 MB, declared",
    once: post(NEXT_AUTH, "Content-Length: 157286400\r\n"),
    endless: "a".repeat(65_536),
  },
  { name: "150 MB, in chunks", once: post(NEXT_AUTH, CHUNKED), endless: CHUNK },
  { name: "64 KB in chunks of a byte", once: post(NEXT_AUTH, CHUNKED), endless: "1\r\na\r\n".repeat(10_000) },
  { name: "150 MB to a page", once: post("/signin", CHUNKED), endless: CHUNK },
];
