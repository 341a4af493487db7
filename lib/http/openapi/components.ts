import { sessionCookieScheme } from "../../auth/session/session-cookie";
import { SHOWN_TENANT, SHOWN_TO } from "../../auth/session/shown-headers";
import { REQUEST_ID } from "../../current-request";
import { env } from "../../env";

const text = { type: "string" } as const;

/** The headers of answers, said once. Those not `required` are there only when there is something to say. */
export const HEADERS = {
  "X-Request-Id": {
    description: "The id of the request, in our log as well: a UUID, or what a proxy of ours has given it.",
    required: true,
    schema: { type: "string", pattern: REQUEST_ID.source },
    example: "5f0c2a34-7be1-4d8e-9a61-c3e2f7d04b18",
  },
  ETag: {
    description: "The version of what was answered: to send back in If-Match, or in If-None-Match.",
    required: true,
    schema: { type: "string", pattern: '^"\\d+"$' },
    example: '"1"',
  },
  Location: {
    description: "Where it is.",
    required: true,
    schema: text,
    example: "/api/members/01980a3c-5d2e-7b41-9f60-3c8e1d7a2b54",
  },
  Link: {
    description: 'The next page, where there is one (RFC 8288, rel="next"), relative to this one.',
    schema: { type: "string", pattern: '^</api/[^>]*>; rel="next"$' },
    example: '</api/members?limit=50&cursor=made-by-the-server>; rel="next"',
  },
  "Retry-After": {
    description: "Seconds until it is worth trying again.",
    required: true,
    schema: { type: "integer", minimum: 1 },
    example: 30,
  },
  "WWW-Authenticate": {
    description: "How to sign in (RFC 6750).",
    required: true,
    schema: { type: "string", pattern: '^Bearer realm="sekisho"' },
    example: 'Bearer realm="sekisho"',
  },
} as const;

/** The headers of requests, by the name of their component. No examples: a viewer would send them along. */
export function requestHeaders() {
  const { TENANT_HEADER } = env();
  return {
    Tenant: {
      name: TENANT_HEADER,
      in: "header",
      description:
        "Names the tenant that one means, such as `acme`; it grants none. Another tenant than one's own is refused with 403 `tenant_mismatch`. Left out: one's own.",
      schema: { type: "string", pattern: "^[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?$" },
    },
    ShownTo: {
      name: SHOWN_TO,
      in: "header",
      description:
        "The `sub` of whom a page shows what it shows: whoever has signed in in its browser since then is refused with 409 `another_person`, and nothing is read or written.",
      schema: text,
    },
    ShownTenant: {
      name: SHOWN_TENANT,
      in: "header",
      description:
        "The tenant that a page shows: in another one by now, one is refused with 409 `another_tenant`, and nothing is read or written. It grants none.",
      schema: text,
    },
    "If-None-Match": {
      name: "If-None-Match",
      in: "header",
      description:
        "ETags that one has already, or `*`: a read of one of these versions is a 304, a write of one of them a 412. So is a create with `*`: its list is there.",
      schema: text,
    },
    "If-Match": {
      name: "If-Match",
      in: "header",
      description:
        'The ETag as it came, such as `"1"`: write only if nobody changed it since, else 412. `*` or none: in any case. A create is about its list, which has no ETag.',
      schema: text,
    },
    "Idempotency-Key": {
      name: "Idempotency-Key",
      in: "header",
      description:
        "Of your choice, once per thing to make, such as a random UUID: a repetition with the same key and body within a day is answered as the first was, and nothing is made twice. With another body it is refused with 422.",
      schema: { type: "string", pattern: "^[\\x21-\\x7e]{1,255}$" },
    },
    "Last-Event-ID": {
      name: "Last-Event-ID",
      in: "header",
      description: "The `id` of the last event that came: begins with what has changed since.",
      schema: { type: "string", format: "date-time" },
    },
  };
}

/** The two ways to say who one is. */
export function securitySchemes() {
  const isId = env().COGNITO_PREFERRED_TOKEN_USE === "id";
  return {
    bearer: {
      type: "http",
      scheme: "bearer",
      bearerFormat: "JWT",
      description: `Cognito's ${isId ? "ID" : "access"} token, as the operations of "Sign-in" answer it.`,
      "x-token": isId ? "id_token" : "access_token",
    },
    session: sessionCookieScheme(),
  };
}
