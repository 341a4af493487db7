import type { Operation } from "../operation";
import * as alerts from "../operations/alerts";
import * as items from "../operations/items";
import * as service from "../operations/service";
import * as users from "../operations/users";

/** Every operation of the API, in the order in which the document shows them. A new module is one more name here. */
export const OPERATIONS: readonly Operation[] = [users, items, alerts, service].flatMap(
  (module): Operation[] => Object.values(module),
);

/** The sections of the document, in its order. */
export const TAGS = [
  { name: "Sign-in", description: "Getting tokens from Cognito, step by step, and giving them back." },
  { name: "Account", description: "What concerns the caller's own account, with or without a tenant." },
  { name: "Items", description: "The things of a tenant." },
  { name: "Alerts", description: "What a tenant has to look at: open, then acknowledged, then resolved." },
  { name: "Service", description: "The application itself." },
];
