import { z } from "zod";

/** A person of a mock provider, as they are given from outside. */
export const person = z.looseObject({ sub: z.string().min(1) });
export const people = z.record(z.string(), z.array(person));
