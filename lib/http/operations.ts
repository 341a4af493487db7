import { z } from "zod";
import { MAX_CARRIED } from "../auth/sign-in/local-path";
import { operation } from "../operation";

const tag = "Service";
const State = z.enum(["ok", "unavailable"]);
const Health = z
  .object({ status: State, database: State })
  .meta({ id: "Health", examples: [{ status: "ok", database: "ok" }] });

export const health = operation({
  method: "GET",
  path: "/api/health",
  id: "health",
  tag,
  summary: "Whether the application can serve",
  access: "public",
  answer: { status: 200, description: "It can.", body: Health },
  otherAnswers: [{ status: 503, description: "It cannot: the database is away.", body: Health }],
});

export const live = operation({
  method: "GET",
  path: "/api/health/live",
  id: "live",
  tag,
  summary: "Whether the process answers",
  description: "It depends on nothing else: an instance that does not answer this should be replaced.",
  access: "public",
  answer: {
    status: 200,
    description: "It does.",
    body: z.object({ status: z.literal("ok") }).meta({ id: "Live", examples: [{ status: "ok" }] }),
  },
});

const Readiness = z
  .object({
    status: State,
    database: State.describe("Tables are read under the roles that requests have."),
    keys: State.describe("Tokens can be verified."),
    notices: State.describe("Live pages are told of changes, if there are any."),
    process: z.enum(["ok", "stopping"]),
  })
  .meta({
    id: "Readiness",
    examples: [{ status: "ok", database: "ok", keys: "ok", notices: "ok", process: "ok" }],
  });
export type Readiness = z.output<typeof Readiness>;

export const ready = operation({
  method: "GET",
  path: "/api/health/ready",
  id: "ready",
  tag,
  summary: "Whether requests should be sent to this instance",
  access: "public",
  answer: { status: 200, description: "They should.", body: Readiness },
  otherAnswers: [{ status: 503, description: "They should not: a part is away, named.", body: Readiness }],
});

export const enter = operation({
  method: "GET",
  path: "/api/enter",
  id: "enter",
  tag,
  summary: "Bring a browser's session to a tenant's own host",
  description: "For browsers, in subdomain mode only.",
  access: "public",
  query: z.strictObject({
    to: z.string().max(MAX_CARRIED).optional().describe("The page to come to, as a path."),
    code: z
      .string()
      .max(4_000)
      .optional()
      .describe("What the main host handed over; leave it out to be sent there."),
  }),
  answer: {
    status: 303,
    description: "On to the main host, or with a code to the page.",
    headers: ["Location"],
  },
  errors: ["not_found", "challenge_expired", "database_unavailable"],
});

export const readDocument = operation({
  method: "GET",
  path: "/api/openapi.json",
  id: "readDocument",
  tag,
  summary: "Read this document",
  access: "public",
  answer: {
    status: 200,
    description: "The OpenAPI 3.1 document of this deployment.",
    body: z.looseObject({ openapi: z.string() }).meta({ id: "Document", examples: [{ openapi: "3.1.1" }] }),
  },
});

export const readDocs = operation({
  method: "GET",
  path: "/api/docs",
  id: "readDocs",
  tag,
  summary: "Read this document as a page, sign in and try",
  access: "public",
  answer: { status: 200, description: "The page.", contentType: "text/html; charset=utf-8" },
});

export const readDocsAsset = operation({
  method: "GET",
  path: "/api/docs/{asset}",
  id: "readDocsAsset",
  tag,
  summary: "Read a script or style of the page",
  access: "public",
  params: z.object({ asset: z.string().describe("The name of the file, such as `page.css`.") }),
  answer: {
    status: 200,
    description: "The file.",
    contentType: ["text/css; charset=utf-8", "text/javascript; charset=utf-8"],
  },
});
