import { FEATURES } from "../features";
import type { Method, Operation } from "../operation";
import * as service from "./operations";

const METHODS: readonly Method[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** Every operation of the API, by path and method. */
export const OPERATIONS: readonly Operation[] = [...FEATURES.map(({ operations }) => operations), service]
  .flatMap((operations): Operation[] => Object.values(operations))
  .sort(
    (one, other) =>
      one.path.localeCompare(other.path) || METHODS.indexOf(one.method) - METHODS.indexOf(other.method),
  );

/** The sections of the document, in its order. */
export const TAGS = [
  ...FEATURES.flatMap(({ tags }) => tags),
  { name: "Service", description: "The application itself." },
];
