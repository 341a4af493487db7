import { FEATURES } from "../../lib/features";
import type { Operation } from "../../lib/operation";
import type { Role } from "../../lib/roles";
import { type FeatureMatrix, MATRICES } from "./feature-matrix";

/** How an application of the matrix is set up. */
export type Setting = {
  mode: "header" | "subdomain" | "claim";
  strict: boolean;
  tokenUse: "access" | "id";
};
export const SETTINGS: Setting[] = [
  ...(["header", "subdomain", "claim"] as const).flatMap((mode) =>
    [true, false].map((strict): Setting => ({ mode, strict, tokenUse: "access" })),
  ),
  { mode: "header", strict: true, tokenUse: "id" },
  { mode: "header", strict: false, tokenUse: "id" },
];

/** Who tries. `nobody` belongs to no tenant; the others to `own`. */
export const ACTORS = ["viewer", "member", "admin", "operator", "nobody"] as const;
export type Actor = (typeof ACTORS)[number];

/** With what: a token with the tenant claim or without it, an ID token, a browser's cookie. */
const KINDS = ["access", "access without claim", "id", "cookie"] as const;
type Kind = (typeof KINDS)[number];

/** What a request says of the tenant that it means, in words of the mode. */
export type Spoof = {
  name: string;
  /** Whether the application looks at it, and what it makes of it. */
  means: "nothing" | "own" | "other" | "malformed";
  headers: Record<string, string>;
  /** The tenant label, or the whole of a host; undefined for the main one. */
  host?: (main: string) => string;
};

/** One call: a declared operation, or a method that its path does not have. */
type Target = { method: string; path: string; feature: string; operation: Operation | null };
export type Case = { setting: Setting; actor: Actor; kind: Kind; spoof: Spoof; target: Target };
export type Names = { own: string; other: string };

/** Every spoof of rows 31 and 32 that means something in this mode, and those of the other modes, which must not. */
export function spoofsOf({ mode }: Setting, { own, other }: Names): Spoof[] {
  const header = (name: string, means: Spoof["means"], value: string): Spoof => ({
    name: `header ${name}`,
    means: mode === "header" ? means : "nothing",
    headers: { "X-Tenant-Id": value },
  });
  const host = (name: string, means: Spoof["means"], of: (main: string) => string): Spoof => ({
    name: `host ${name}`,
    means: mode === "subdomain" ? means : "nothing",
    headers: {},
    host: of,
  });
  return [
    { name: "none", means: "nothing", headers: {} },
    header("own", "own", own),
    header("other", "other", other),
    header("empty", "malformed", ""),
    header("list", "malformed", `${own},${other}`),
    header("upper case", "malformed", other.toUpperCase()),
    header("65 characters", "malformed", "a".repeat(65)),
    host("own", "own", (main) => `${own}.${main}`),
    host("other", "other", (main) => `${other}.${main}`),
    host("two labels", "malformed", (main) => `${own}.${other}.${main}`),
    host("suffix", "malformed", (main) => `${other}evil${main}`),
    host("trailing dot", "malformed", (main) => `${other}.${main.replace(":", ".:")}`),
    host("raw address", "malformed", (main) => main.replace("localhost", "127.0.0.1")),
    {
      name: "forwarded",
      means: "nothing",
      headers: { "X-Forwarded-Host": `${other}.localhost`, Forwarded: `host=${other}.localhost` },
    },
  ];
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** Every operation that belongs to a tenant or is for the platform's own staff, and on each of their paths every method that is not there. */
export function targets(): Target[] {
  return FEATURES.flatMap(({ name: feature, operations }) => {
    const all: Operation[] = Object.values(operations);
    const tenantal = all.filter(({ access }) => access !== "public" && access !== "caller");
    const paths = [...new Set(tenantal.map(({ path }) => path))];
    const missing = paths.flatMap((path) =>
      METHODS.filter((method) => !all.some((each) => each.path === path && each.method === method)).map(
        (method): Target => ({ method, path, feature, operation: null }),
      ),
    );
    return [
      ...tenantal.map((operation): Target => {
        const { method, path } = operation;
        return { method, path, feature, operation };
      }),
      ...missing,
    ];
  });
}

/** Every case of a setting. */
export function casesOf(setting: Setting, names: Names): Case[] {
  return ACTORS.flatMap((actor) =>
    KINDS.flatMap((kind) =>
      spoofsOf(setting, names).flatMap((spoof) =>
        targets().map((target): Case => ({ setting, actor, kind, spoof, target })),
      ),
    ),
  );
}

/** The tenant a case ends up in, if any. */
export type Outcome = { status: number; code: string | null; in: "own" | "other" | null };

/** What must come of a case. In `other` the ids of the requests exist, in `own` they do not. */
export function expected({ setting, actor, kind, spoof, target }: Case): Outcome {
  const refused = (status: number, code: string): Outcome => ({ status, code, in: null });
  const { operation, feature } = target;
  if (operation === null) return refused(405, "method_not_allowed");
  const use = kind === "id" ? "id" : "access";
  if (kind !== "cookie" && use !== setting.tokenUse) return refused(401, "wrong_token_use");
  if (operation.access === "operator") return ofThePlatform(actor, operation, matrixOf(feature));
  if (spoof.means === "malformed") return refused(400, "invalid_tenant");
  if (actor === "nobody") return refused(403, "no_tenant");
  const goesElsewhere = spoof.means === "other";
  const mayGo = actor === "operator" && !setting.strict;
  if (goesElsewhere && !mayGo) return refused(403, "tenant_mismatch");
  const role: Role = actor === "operator" && !goesElsewhere ? "member" : actor;
  const { may, forAnOperator = {} } = matrixOf(feature);
  if (!may[role]?.includes(nameOf(operation))) return refused(403, "forbidden");
  if (goesElsewhere) {
    const other = forAnOperator[operation.id];
    return other
      ? refused(other.status, other.code)
      : { status: operation.answer.status, code: null, in: "other" };
  }
  if (operation.path.includes("{")) return refused(404, "not_found");
  return { status: operation.answer.status, code: null, in: "own" };
}

/** What is of no tenant is for operators alone, and whichever tenant a request names means nothing to it. */
function ofThePlatform(
  actor: Actor,
  { id, answer }: Operation,
  { may, forAnOperator = {} }: FeatureMatrix,
): Outcome {
  if (actor !== "operator" || !may.operator?.includes("operator")) {
    return { status: 403, code: "forbidden", in: "own" };
  }
  const refusal = forAnOperator[id];
  return { ...(refusal ?? { status: answer.status, code: null }), in: "own" };
}

export function matrixOf(feature: string): FeatureMatrix {
  const matrix = MATRICES.get(feature);
  if (!matrix) throw new Error(`there is no e2e/${feature}/matrix.ts`);
  return matrix;
}

/** The name of the permission that it takes, or `public`, `caller` or `operator`. */
export function nameOf({ access }: Pick<Operation, "access">): string {
  return typeof access === "string" ? access : access.name;
}

/** Whether a case is in the part that a run takes: every `stride`-th, so that all values meet each other. */
export function isTaken(index: number, stride: number): boolean {
  return index % stride === 0;
}
