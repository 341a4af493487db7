import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { type Answer, Api } from "../support/api";
import { ApiContract, addressOf } from "../support/api-contract";
import { CALLS, type CallGround } from "../support/call-each";
import { expect, test } from "../support/test";
import { newInvitation, newMember } from "../support/users";

// An operator may then work in another tenant.
test.use({ stackOptions: { environment: { TENANT_STRICT: "0" } } });

test("every operation of the document answers as it says: when it succeeds, and when it refuses", async ({
  stack,
  baseURL,
}) => {
  test.slow();
  const contract = await ApiContract.of(baseURL);
  const ids = contract.operations.map(({ operationId }) => operationId);
  const ground = { stack, check: contract.check.bind(contract), open: new Api(baseURL) };

  for (const succeed of [...CALLS, service, ownHost]) await succeed(ground);
  const succeeded = new Set(
    [...contract.seen].filter((each) => / [23]/.test(each)).map((each) => each.split(" ")[0]),
  );
  expect(ids.filter((id) => !succeeded.has(id))).toEqual([]);

  const refusals = contract.seen.size;
  const caller = await newMember(stack, { groups: ["admin", "operator"] });
  for (const operation of contract.operations) {
    const { operationId: id, method, security, requestBody } = operation;
    const path = addressOf(operation);
    const refused = (answer: Answer, status: number) =>
      expect(contract.check(id, answer).status, id).toBe(status);
    if (security.length > 0)
      refused(await ground.open.send(method, path, { headers: { Authorization: "" } }), 401);
    const raw = requestBody ? "{}" : undefined;
    refused(await caller.send(method, `${path}?unknown=1`, { ...(raw && { raw }) }), 400);
    if (!requestBody) continue;
    refused(await caller.send(method, path, { raw: "{" }), 400);
    refused(await caller.send(method, path, { raw: '{"unknown":1}' }), 400);
    refused(await caller.send(method, path, { raw: "{}", headers: { "Content-Type": "text/plain" } }), 415);
    refused(await caller.send(method, path, { raw: `{}${" ".repeat(64 * 1024)}` }), 413);
  }
  console.log(
    `${ids.length} operations called, ${contract.seen.size} pairs of operation and status seen, ${contract.seen.size - refusals} of them in refusals`,
  );
});

test("a page of another origin is told nothing unless the deployment lists it", async ({
  stack,
  baseURL,
}) => {
  const api = await newMember(stack, { groups: ["admin"] });
  for (const Origin of [baseURL, "https://app.example.com", "null"]) {
    const preflight = { headers: { Origin, "Access-Control-Request-Method": "POST" } };
    for (const answer of [
      await api.get("/api/members", { Origin }),
      await api.send("OPTIONS", "/api/members", preflight),
    ]) {
      expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
    }
  }
});

test("an answer that is not as documented is noticed", async ({ stack, baseURL }) => {
  const contract = await ApiContract.of(baseURL);
  const api = await newMember(stack, { groups: ["admin"] });
  const answer = await api.post("/api/members", newInvitation());
  contract.check("inviteMember", answer);
  const body = answer.body as Record<string, unknown>;
  const headers = new Headers(answer.headers);
  headers.delete("location");
  for (const wrong of [
    { ...answer, status: 200 },
    { ...answer, headers },
    { ...answer, body: { ...body, email_key: "zoe" } },
    { ...answer, body: { ...body, id: "1" } },
    { ...answer, body: null },
  ]) {
    expect(() => contract.check("inviteMember", wrong)).toThrow();
  }
  const refusal = await new Api(baseURL).get("/api/members");
  contract.check("listMembers", refusal);
  const other = { ...(refusal.body as object), code: "rate_limited" };
  expect(() => contract.check("listMembers", { ...refusal, body: other })).toThrow();
});

async function service({ check, open }: CallGround): Promise<void> {
  check("health", await open.get("/api/health"));
  check("live", await open.get("/api/health/live"));
  check("ready", await open.get("/api/health/ready"));
  check("readDocument", await open.get("/api/openapi.json"));
  check("readDocs", await open.get("/api/docs"));
  check("readDocsAsset", await open.get("/api/docs/page.js"));
  check("readDocsAsset", await open.get("/api/docs/page.html"));
  check("enter", await open.get("/api/enter"));
}

/** Only a tenant's own host sends a browser on. */
async function ownHost({ stack, check }: CallGround): Promise<void> {
  const DATA_DIR = join(stack.dataDir, "own-host");
  const environment = { DATA_DIR, TENANT_MODE: "subdomain", TENANT_MAIN_DOMAIN: "localhost" };
  const port = Number(new URL((await stack.startApplication(environment)).url).port);
  check("enter", await getFrom(`acme.localhost:${port}`, port, "/api/enter?to=/account"));
  check("enter", await getFrom(`acme.localhost:${port}`, port, "/api/enter?code=made-up"));
}

/** As `Api` does, under a host name that the machine need not know. */
async function getFrom(host: string, port: number, path: string): Promise<Answer> {
  const sent = request({ host: "127.0.0.1", port, path, headers: { Host: host } }).end();
  const [message] = (await once(sent, "response")) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  const headers = new Headers(message.headers as Record<string, string>);
  const isJson = /json/.test(headers.get("content-type") ?? "");
  return { status: message.statusCode ?? 0, headers, text, body: isJson ? JSON.parse(text) : null };
}
