import { createSocket } from "node:dgram";
import { once } from "node:events";

/** The texts of a name, as `TXT` records hold them. */
export type TextRecords = (name: string) => string[] | Promise<string[]>;

/** A name server on a free port of loopback, such as `DNS_SERVERS` names. */
export type NameServer = { address: string; close: () => void };

const HEADER = 12;
const TXT = 16;
const IN = 1;
/** Of the header's second part: an answer, by who is in charge of the name (RFC 1035, 4.1.1). */
const ANSWER = 0x8400;
const NO_SUCH_NAME = 3;

/**
 * Serves texts of names over UDP and nothing else: for tests, and for whoever has no domain to put a record into.
 *
 * @param texts asked at each query, with the name in lower case.
 */
export async function startNameServer(texts: TextRecords): Promise<NameServer> {
  const socket = createSocket("udp4");
  socket.on("message", async (query, from) => {
    const answer = answerTo(query, await texts(nameIn(query)));
    // Closed in the meantime: nobody waits for it.
    if (answer) socket.send(answer, from.port, from.address, () => {});
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return { address: `127.0.0.1:${socket.address().port}`, close: () => socket.close() };
}

/** The name that a query asks for: labels, each after its length (RFC 1035, 3.1). */
function nameIn(query: Buffer): string {
  const labels: string[] = [];
  let at = HEADER;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return labels.join(".").toLowerCase();
}

function answerTo(query: Buffer, texts: string[]): Buffer | undefined {
  const end = query.indexOf(0, HEADER) + 5;
  if (query.length < end) return undefined;
  const isTxt = query.readUInt16BE(end - 4) === TXT;
  const records = isTxt ? texts.map(record) : [];
  const header = Buffer.alloc(HEADER);
  header.writeUInt16BE(query.readUInt16BE(0), 0);
  header.writeUInt16BE(ANSWER | (texts.length === 0 ? NO_SUCH_NAME : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, query.subarray(HEADER, end), ...records]);
}

/** A record of the name that was asked for, not to be kept: pieces of at most 255 bytes, each after its length. */
function record(text: string): Buffer {
  const bytes = Buffer.from(text);
  const pieces: Buffer[] = [];
  for (let at = 0; at === 0 || at < bytes.length; at += 255) {
    const piece = bytes.subarray(at, at + 255);
    pieces.push(Buffer.from([piece.length]), piece);
  }
  const data = Buffer.concat(pieces);
  const head = Buffer.from([0xc0, HEADER, 0, TXT, 0, IN, 0, 0, 0, 0, 0, 0]);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
