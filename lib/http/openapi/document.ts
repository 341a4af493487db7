import type { z } from "zod";
import { env } from "../../env";
import { ERRORS, type ErrorCode } from "../../errors";
import { type Answer, isOfTenant, type Operation } from "../../operation";
import { rolesWith } from "../../roles";
import { OPERATIONS, TAGS } from "../all-operations";
import { LIMITS } from "../request-bounds";
import { HEADERS, requestHeaders, securitySchemes } from "./components";
import { ProblemBody, problemExample, refusalsByStatus } from "./refusals";
import { examplesOf, type Schema, SchemaCollection } from "./schemas";

type Part = Record<string, unknown>;

const DESCRIPTION = `Sign in, then send the access token with each call. Every call is about exactly one tenant: the one that the token says.

- JSON only, \`snake_case\`, at most ${LIMITS.bodyBytes / 1024} KB. Unknown fields and parameters are refused.
- What comes with an \`ETag\` is read and written under conditions (RFC 9110): in \`If-None-Match\` it makes a read of what one has already a 304 without a body; in \`If-Match\` it makes a write count only if nobody was faster, else 412.
- Lists are arrays, newest first. The next page is in the \`Link\` header.
- A refusal is \`application/problem+json\` (RFC 9457) with a stable \`code\` and a \`request_id\`.
- HEAD answers as GET does, without a body; OPTIONS says which methods there are; any other method is a 405 with \`Allow\`.
- With and without a slash at the end, a path is the same.`;

/** The OpenAPI 3.1 document of this deployment, made of the operations and their contracts. */
export function openApiDocument(): Part {
  return new Writer().document();
}

/** Writes the operations and gathers on the way what they share. */
class Writer {
  private readonly schemas = new SchemaCollection();
  private readonly responses: Record<string, Part> = {};
  private readonly headers: Record<string, Part> = {};
  private readonly examples: Record<string, Part> = {};

  document(): Part {
    const paths: Record<string, Part> = {};
    for (const operation of OPERATIONS) {
      paths[operation.path] = {
        ...paths[operation.path],
        [operation.method.toLowerCase()]: this.operation(operation),
      };
    }
    return {
      openapi: "3.1.1",
      info: {
        title: "Sekisho",
        version: "1.0.0",
        summary: "An API whose every call is tied to one tenant.",
        description: DESCRIPTION,
        license: { name: "MIT", identifier: "MIT" },
      },
      servers: [{ url: "/", description: "The host that this document came from." }],
      tags: TAGS,
      paths,
      components: {
        schemas: sorted(this.schemas.named),
        responses: sorted(this.responses),
        parameters: this.usedParameters(),
        headers: sorted(this.headers),
        examples: sorted(this.examples),
        securitySchemes: securitySchemes(),
      },
    };
  }

  private operation(operation: Operation): Part {
    const { access, answer, otherAnswers = [] } = operation;
    const isOpen = access === "public";
    const permission = isOfTenant(access) ? access : null;
    const parameters = this.parameters(operation);
    return {
      operationId: operation.id,
      tags: [operation.tag],
      summary: operation.summary,
      description: descriptionOf(operation),
      ...(permission !== null && { "x-permission": permission.name, "x-roles": rolesWith(permission) }),
      security: isOpen ? [] : [{ bearer: [] }, { session: [] }],
      ...(parameters.length > 0 && { parameters }),
      ...(operation.body !== undefined && {
        requestBody: { required: true, content: this.json(operation.body as z.ZodType, "input") },
      }),
      responses: Object.fromEntries([
        ...[answer, ...otherAnswers].map((each) => [each.status, this.answer(each)]),
        ...refusalsByStatus(operation).map(([status, codes]) => [status, this.refusal(status, codes)]),
      ]),
    };
  }

  private parameters(operation: Operation): Part[] {
    const names: string[] = [...(operation.headers ?? [])];
    if (ofATenant(operation)) names.unshift("ShownTenant");
    if (operation.access !== "public") names.unshift("ShownTo");
    if (takesTenant(operation)) names.unshift("Tenant");
    return [
      ...this.fieldsOf(operation.params, "path"),
      ...this.fieldsOf(operation.query, "query"),
      ...names.map((name) => ref("parameters", name)),
    ];
  }

  private fieldsOf(contract: unknown, place: "path" | "query"): Part[] {
    if (contract === undefined) return [];
    const { properties, required = [] } = this.schemas.of(contract as z.ZodType, "input") as {
      properties: Record<string, Schema>;
      required?: string[];
    };
    return Object.entries(properties).map(([name, { description, ...schema }]) => ({
      name,
      in: place,
      required: place === "path" || required.includes(name),
      description: description ?? (name === "id" ? "Its id." : `Only those of this ${name}.`),
      schema,
    }));
  }

  private json(contract: z.ZodType, io: "input" | "output"): Part {
    const examples = examplesOf(contract);
    return { "application/json": { schema: this.schemas.of(contract, io), examples } };
  }

  private answer({ description, body, headers = [], contentType = [] }: Answer): Part {
    const types = [contentType].flat().map((type) => type.split(";")[0] ?? type);
    const content = body
      ? this.json(body, "output")
      : Object.fromEntries(types.map((type) => [type, { schema: { type: "string" } }]));
    return {
      description,
      headers: this.headersNamed("X-Request-Id", ...headers),
      ...(Object.keys(content).length > 0 && { content }),
    };
  }

  /** A refusal with one of these codes: a component of its own, since many operations share it. */
  private refusal(status: number, codes: ErrorCode[]): Part {
    const name = codes.map(nameOf).join("Or");
    this.responses[name] ??= {
      description: codes.map((code) => `\`${code}\`: ${ERRORS[code][1]}.`).join("\n\n"),
      headers: this.headersNamed(
        "X-Request-Id",
        ...(status === 401 ? (["WWW-Authenticate"] as const) : []),
        ...(status === 429 || status === 503 ? (["Retry-After"] as const) : []),
      ),
      content: {
        "application/problem+json": {
          schema: {
            allOf: [this.schemas.of(ProblemBody, "output")],
            properties: { status: { const: status }, code: { enum: codes } },
          },
          examples: Object.fromEntries(codes.map((code) => [code, this.example(code)])),
        },
      },
    };
    return ref("responses", name);
  }

  private example(code: ErrorCode): Part {
    const name = nameOf(code);
    this.examples[name] = { summary: ERRORS[code][1], value: problemExample(code) };
    return ref("examples", name);
  }

  private headersNamed(...names: (keyof typeof HEADERS)[]): Part {
    for (const name of names) this.headers[name] = HEADERS[name];
    return Object.fromEntries(names.map((name) => [name, ref("headers", name)]));
  }

  private usedParameters(): Part {
    const used = new Set(OPERATIONS.flatMap(({ headers }) => headers ?? []) as string[]);
    if (OPERATIONS.some(takesTenant)) used.add("Tenant");
    used.add("ShownTo").add("ShownTenant");
    return Object.fromEntries(Object.entries(requestHeaders()).filter(([name]) => used.has(name)));
  }
}

function takesTenant(operation: Operation): boolean {
  const { MULTI_TENANT_ENABLED, TENANT_MODE } = env();
  return MULTI_TENANT_ENABLED && TENANT_MODE === "header" && ofATenant(operation);
}

function ofATenant({ access }: Operation): boolean {
  return isOfTenant(access);
}

const WHO = {
  public: "For everyone.",
  caller: "For anyone who is signed in.",
  operator: "For the platform's own staff, the group `operator`.",
};

function descriptionOf({ summary, description, access }: Operation): string {
  const needs = isOfTenant(access)
    ? `Needs \`${access.name}\`: ${rolesWith(access).join(", ")}.`
    : WHO[access];
  return [description ?? `${summary}.`, needs].join("\n\n");
}

function ref(kind: string, name: string): Part {
  return { $ref: `#/components/${kind}/${name}` };
}

/** `missing_token` → `MissingToken`. */
function nameOf(code: ErrorCode): string {
  return code.replace(/(?:^|_)(.)/g, (_, letter: string) => letter.toUpperCase());
}

function sorted<T>(parts: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(parts).sort(([one], [other]) => (one < other ? -1 : 1)));
}
