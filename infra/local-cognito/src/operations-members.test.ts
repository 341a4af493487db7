import * as aws from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { operations } from "./contract/call";
import { operationNamed } from "./protocol/dispatch";

/** What is told of a call and changes nothing about its answer: for statistics, and for a judge of risks that sees none here. */
const ABOUT_THE_CALLER = /^(?:AnalyticsMetadata|UserContextData|ContextData)$/;

/** The SDK's model of a shape: its kind, and of a structure the members' names and shapes, of a list its members' shape. */
type Shape = [kind: number, ...rest: unknown[]];
const [LIST, STRUCTURE] = [1, 3];

function shapeOf(reference: unknown): Shape | undefined {
  const shape = typeof reference === "function" ? reference() : reference;
  if (!Array.isArray(shape)) return undefined;
  // One with traits: [shape, traits].
  return Array.isArray(shape[0]) || typeof shape[0] === "function" ? shapeOf(shape[0]) : (shape as Shape);
}

const commands = aws as unknown as Record<string, (new (input: object) => { schema: unknown[] }) | undefined>;
function inputOf(operation: string): Shape | undefined {
  const Command = commands[`${operation}Command`];
  return shapeOf(Command && new Command({}).schema[4]);
}

/** The schema of what is in there, whatever stands around it. */
function inner(schema: unknown): z.core.$ZodTypes["_zod"]["def"] | undefined {
  let def = (schema as { def?: Record<string, unknown> } | undefined)?.def;
  while (def?.innerType || (def?.type === "pipe" && def.in))
    def = ((def.innerType ?? def.in) as { def: Record<string, unknown> }).def;
  return def as never;
}

/** The members that the SDK would send and the schema does not read. */
function unread(shape: Shape | undefined, schema: unknown, path: string): string[] {
  const def = inner(schema);
  if (!shape || !def) return [];
  if (shape[0] === LIST)
    return def.type === "array" ? unread(shapeOf(shape[4]), def.element, `${path}[]`) : [];
  if (shape[0] !== STRUCTURE || def.type !== "object") return [];
  const { shape: members, catchall } = def;
  const [names, shapes] = [shape[4] as string[], shape[5] as unknown[]];
  return names.flatMap((name, index) => {
    if (Object.hasOwn(members, name)) return unread(shapeOf(shapes[index]), members[name], `${path}.${name}`);
    return catchall || ABOUT_THE_CALLER.test(name) ? [] : [`${path}.${name}`];
  });
}

describe("what the AWS SDK can say", () => {
  const answered = operations.filter((name) => operationNamed(name));

  it("has a model that this test can read", () => {
    expect(unread(inputOf("CreateUserPool"), undefined, "")).toEqual([]);
    expect(inputOf("CreateUserPool")?.[4]).toContain("PoolName");
    expect(unread(inputOf("CreateUserPool"), operationNamed("DeleteUserPool")?.input, "x")).toContain(
      "x.PoolName",
    );
  });

  it.each(answered)("is read or refused, and never ignored: %s", (name) => {
    expect(unread(inputOf(name), operationNamed(name)?.input, name)).toEqual([]);
  });
});
