import type { z } from "zod";
import { protocol } from "../model/failures";
import type { Cognito } from "../store/cognito";
import { rejection } from "./validation";

/** One operation of the API: validates what came, does it, and returns the answer's JSON. */
export interface Operation {
  /** Whether real Cognito wants the request signed with AWS credentials (all but the user's own operations). */
  signed: boolean;
  input: z.ZodType;
  run(cognito: Cognito, input: unknown): object | Promise<object>;
}

type Handler<S extends z.ZodType> = (cognito: Cognito, input: z.output<S>) => object | Promise<object>;

/** An operation for the server side, called with AWS credentials. */
export function signed<S extends z.ZodType>(input: S, handler: Handler<S>): Operation {
  return { signed: true, input, run: (cognito, raw) => handler(cognito, parse(input, raw)) };
}

/** An operation that anybody may call; what protects it is in the request (a password, a token, a session). */
export function unsigned<S extends z.ZodType>(input: S, handler: Handler<S>): Operation {
  return { signed: false, input, run: (cognito, raw) => handler(cognito, parse(input, raw)) };
}

function parse<S extends z.ZodType>(schema: S, raw: unknown): z.output<S> {
  const parsed = schema.safeParse(withoutNulls(raw), { reportInput: true });
  if (!parsed.success) throw rejection(parsed.error.issues);
  return parsed.data;
}

/** Nothing in the API is nested deeper; a thousand brackets would otherwise end in a stack overflow. */
const DEEPEST = 20;

/** The protocol does not tell null from absent. @throws SerializationException when nested too deeply. */
export function withoutNulls(value: unknown, depth = 0): unknown {
  if (depth > DEEPEST) throw protocol.serialization("The request is nested too deeply");
  if (Array.isArray(value)) return value.map((member) => withoutNulls(member, depth + 1));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member, depth + 1)]));
}
