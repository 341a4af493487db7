import type { Method, Operation } from "../operation";
import * as alerts from "../operations/alerts";
import * as audit from "../operations/audit";
import * as items from "../operations/items";
import * as members from "../operations/members";
import * as service from "../operations/service";
import * as users from "../operations/users";

const METHODS: readonly Method[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** Every operation of the API, by path and method. A new module is one more name here. */
export const OPERATIONS: readonly Operation[] = [alerts, audit, items, members, service, users]
  .flatMap((module): Operation[] => Object.values(module))
  .sort(
    (one, other) =>
      one.path.localeCompare(other.path) || METHODS.indexOf(one.method) - METHODS.indexOf(other.method),
  );

/** The sections of the document, in its order. */
export const TAGS = [
  { name: "Sign-in", description: "Getting tokens from Cognito, step by step, and giving them back." },
  { name: "Account", description: "What concerns the caller's own account, with or without a tenant." },
  { name: "Items", description: "The things of a tenant." },
  { name: "Alerts", description: "What a tenant has to look at: open, then acknowledged, then resolved." },
  { name: "Members", description: "Who belongs to the tenant, for its administrators." },
  { name: "Audit log", description: "What was done in the tenant, by whom: added to, never changed." },
  { name: "Service", description: "The application itself." },
];
