import { expect } from "@playwright/test";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { type Answer, Api } from "./api";

export const UNKNOWN_ID = "01900000-0000-7000-8000-000000000000";

type Reference = { $ref: string };
type Header = { required?: boolean; schema: object };
type Response = { headers?: Record<string, Reference>; content?: Record<string, { schema: object }> };
type Parts = Record<string, Record<string, unknown>>;
type Document = { paths: Record<string, Record<string, Documented>>; components: Parts };

/** An operation as the document has it. */
type Documented = {
  operationId: string;
  security: object[];
  parameters?: { $ref?: string; in?: string; name?: string; schema?: { minLength?: number } }[];
  requestBody?: { content: Record<string, { examples: Record<string, { value: Record<string, unknown> }> }> };
  responses: Record<string, Response | Reference>;
};
export type DocumentedOperation = Documented & { method: string; path: string };

/** The OpenAPI document that a server hands out, to hold its answers against. */
export class ApiContract {
  /** What was answered so far: operation and status. */
  readonly seen = new Set<string>();
  readonly operations: DocumentedOperation[];
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true, coerceTypes: false });

  private constructor(private readonly document: Document) {
    addFormats.default(this.ajv);
    this.ajv.addSchema(document, "document", false, false);
    this.operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, each]) => ({ ...each, path, method: method.toUpperCase() })),
    );
  }

  static async of(url: string): Promise<ApiContract> {
    return new ApiContract((await new Api(url).get("/api/openapi.json")).body as Document);
  }

  operation(id: string): DocumentedOperation {
    const found = this.operations.find(({ operationId }) => operationId === id);
    if (!found) throw new Error(`${id} is not documented.`);
    return found;
  }

  /** The operations that take such a parameter or header. */
  taking(name: string): DocumentedOperation[] {
    return this.operations.filter(({ parameters = [] }) =>
      parameters.some((each) => each.name === name || each.$ref?.endsWith(`/${name}`)),
    );
  }

  /** Checks that the document allows this answer to an operation: status, headers, content type and body. */
  check(id: string, answer: Answer): Answer {
    const { status, headers, text } = answer;
    const operation = this.operation(id);
    const said = `${id}: ${status} ${text.slice(0, 300)}`;
    const pointer = `/paths/${escaped(operation.path)}/${operation.method.toLowerCase()}/responses/${status}`;
    const response = operation.responses[String(status)];
    expect(response, `is not documented: ${said}`).toBeDefined();
    this.seen.add(`${id} ${status}`);
    const [place, { headers: named = {}, content }] = this.resolve<Response>(pointer, response);
    for (const [name, reference] of Object.entries(named)) {
      const [, { required = false, schema }] = this.resolve<Header>("", reference);
      const value = headers.get(name);
      if (required) expect(value, `${name} is missing: ${said}`).not.toBeNull();
      if (value === null) continue;
      const isNumber = "type" in schema && schema.type === "integer";
      expect(this.ajv.validate(schema, isNumber ? Number(value) : value), `${name} ${value}: ${said}`).toBe(
        true,
      );
    }
    const type = headers.get("content-type")?.split(";")[0] ?? "none";
    if (!content) expect(text, said).toBe("");
    else {
      expect(Object.keys(content), said).toContain(type);
      const body = /json$/.test(type) ? answer.body : text;
      const validate = this.ajv.compile({ $ref: `document#${place}/content/${escaped(type)}/schema` });
      expect(validate(body) || validate.errors, said).toBe(true);
    }
    return answer;
  }

  private resolve<T>(pointer: string, part: unknown): [pointer: string, part: T] {
    if (!isReference(part)) return [pointer, part as T];
    const [, , kind = "", name = ""] = part.$ref.split("/");
    return [part.$ref.slice(1), this.document.components[kind]?.[name] as T];
  }
}

/** The body that the document gives as an example; undefined when the operation takes none. */
export function exampleOf({ requestBody }: DocumentedOperation): Record<string, unknown> | undefined {
  return Object.values(requestBody?.content["application/json"]?.examples ?? {})[0]?.value;
}

/** An address for the operation's path, of something that does not exist. */
export function addressOf({ path }: DocumentedOperation): string {
  return path
    .replace("{id}", UNKNOWN_ID)
    .replace("{domain}", "unknown.example")
    .replace("{asset}", "page.css")
    .replace("{comment}", UNKNOWN_ID);
}

function isReference(part: unknown): part is Reference {
  return typeof part === "object" && part !== null && "$ref" in part;
}

/** A name as a JSON pointer in an address holds it (RFC 6901). */
function escaped(name: string): string {
  return encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
}
