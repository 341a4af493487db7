import { boolean, nullable, objectOf, text } from "../../shape";
import type { Person } from "./person";

/** As a page reads it. */
export const personShape = objectOf<Person>({ sub: text, name: nullable(text), is_member: boolean });
