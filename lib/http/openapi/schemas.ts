import { z } from "zod";

/** A JSON Schema (2020-12), or a part of one. */
export type Schema = Record<string, unknown>;

/** Formats that say it all: zod's regular expressions for them would only be noise. */
const KNOWN_FORMATS = new Set(["uuid", "email", "date-time"]);

/**
 * Makes JSON Schemas of zod contracts. Those with an id (`.meta({ id })`) are gathered, once each, and referred to by
 * it; zod's own `toJSONSchema` writes the dialect that OpenAPI 3.1 uses.
 */
export class SchemaCollection {
  readonly named: Record<string, Schema> = {};

  /** The schema of what a caller sends ("input") or is answered ("output"). */
  of(contract: z.ZodType, io: "input" | "output"): Schema {
    // Zod writes the outermost schema in full, named or not, so that it is looked at as a part of something.
    const { properties, $defs } = z.toJSONSchema(z.object({ contract }), {
      io,
      override: ({ jsonSchema }) => tidy(jsonSchema as Schema),
    });
    for (const [name, schema] of Object.entries($defs ?? {})) this.add(name, schema as Schema);
    return referring(properties?.contract) as Schema;
  }

  private add(name: string, schema: Schema): void {
    const { id: _, ...rest } = schema;
    const added = referring(rest) as Schema;
    const known = this.named[name];
    if (known && JSON.stringify(known) !== JSON.stringify(added)) {
      throw new Error(`Two different schemas are named ${name}.`);
    }
    this.named[name] = added;
  }
}

/** Examples of a contract: its own, else those of the alternatives or, in a list, of the elements. By name. */
export function examplesOf(contract: z.ZodType): Record<string, { value: unknown }> {
  const { id = "Example", examples } = contract.meta() ?? {};
  if (Array.isArray(examples)) {
    return Object.fromEntries(
      examples.map((value, index) => [index === 0 ? id : `${id}${index + 1}`, { value }]),
    );
  }
  if (contract instanceof z.ZodArray) {
    const values = Object.values(examplesOf(contract.element as z.ZodType)).map(({ value }) => value);
    return values.length === 0 ? {} : { Example: { value: values } };
  }
  if (contract instanceof z.ZodUnion) {
    return Object.assign({}, ...contract.options.map((option) => examplesOf(option as z.ZodType)));
  }
  return {};
}

function tidy(schema: Schema): void {
  if (KNOWN_FORMATS.has(String(schema.format))) delete schema.pattern;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minLength === 0) delete schema.minLength;
}

/** The same with references that lead to the document's components. */
function referring(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(referring);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) =>
      key === "$ref"
        ? [key, String(each).replace("#/$defs/", "#/components/schemas/")]
        : [key, referring(each)],
    ),
  );
}
