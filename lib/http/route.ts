import { z } from "zod";
import { requirePermission } from "../auth/access/groups";
import { type Caller, identify, type Presented } from "../auth/access/identify";
import { clientAddress } from "../auth/limits/client-address";
import { spend } from "../auth/limits/rate-limit";
import { sessionCookieFrom } from "../auth/session/session-cookie";
import { requireShownPerson, requireShownTenant } from "../auth/session/shown-to";
import { enterTenant } from "../auth/tenancy/enter-tenant";
import { namedTenant } from "../auth/tenancy/named-tenant";
import { requireServedUser } from "../auth/tenancy/served";
import { mayManageTenants, type TenantContext } from "../auth/tenancy/tenant";
import { noteOperation } from "../current-request";
import { guardedRequest, settleGuards } from "../db/client";
import { AppError, type ErrorCode } from "../errors";
import { fieldError } from "../field-error";
import { callsCognito, type Method, type Operation } from "../operation";
import type { Permission } from "../permission";
import { readJson } from "./body";
import { type Handler, handle } from "./handle";
import type { Answer } from "./json";
import { parseInput } from "./parse";
import { requireSameOrigin } from "./same-origin";

type Input<Path, Query, Body> = {
  path: Path extends z.ZodType ? z.output<Path> : undefined;
  query: Query extends z.ZodType ? z.output<Query> : undefined;
  body: Body extends z.ZodType ? z.output<Body> : undefined;
  request: Request;
};
/** An operation that declares no query takes none: a misspelt parameter is told, not ignored. */
const NoQuery = z.strictObject({});

type Head = Pick<Request, "method" | "headers">;

type OfTenant = {
  tenant: TenantContext;
  /** The same anew, for an answer that takes longer than a moment. */
  authorise: () => Promise<TenantContext>;
};

type RouteContext = { params: Promise<unknown> };

/** A handler and the method it answers, for `resource` to put in its place. */
export type Route = { method: Method; handle: Handler<Request, RouteContext> };

/**
 * A handler for one method of one path, declared as policy and contract. In this order: who is asking, for which
 * tenant, with which right, then what the input says. The tenant reaches the feature and nothing else decides it.
 */
export function route<Path, Query, Body>(
  operation: Operation<Permission, Path, Query, Body>,
  handler: (input: Input<Path, Query, Body> & OfTenant) => Promise<Answer>,
): Route {
  const answer: Handler<Request, RouteContext, Answer> = async (request, context) => {
    const asked = isMomentary(operation) ? request : headOf(request);
    const authorise = async () => {
      const caller = await callerOf(asked, operation.isUnattended);
      const tenant = await enterTenant(caller, namedTenant(asked.headers));
      requireShownTenant(asked.headers, tenant.tenantId);
      requirePermission(tenant.role, operation.access);
      return tenant;
    };
    const tenant = await authorise();
    if (callsCognito(operation)) {
      // What is done there cannot be taken back, as a transaction can.
      await settleGuards();
      await spend("cognito_call", { account: tenant.principal.sub, tenant: tenant.tenantId });
    }
    return handler({ ...(await readInput(operation, request, context)), tenant, authorise });
  };
  return routeOf(operation, answer);
}

/** How somebody is refused whose access may have ended. */
const ENDED: ReadonlySet<ErrorCode> = new Set(["invalid_token", "session_ended"]);

/**
 * A handler for any caller who is signed in, with or without a tenant: what concerns their own account.
 *
 * @param ended what answers somebody whose token or session is not good any more, instead of the refusal.
 */
export function callerRoute<Path, Query, Body>(
  operation: Operation<"caller", Path, Query, Body>,
  handler: (input: Input<Path, Query, Body> & { caller: Caller }) => Promise<Answer>,
  ended?: (presented: Presented, refusal: AppError) => Promise<Answer>,
): Route {
  const answer: Handler<Request, RouteContext, Answer> = async (request, context) => {
    const caller = await callerOf(request).catch((error) => {
      if (!ended || !(error instanceof AppError) || !ENDED.has(error.code)) throw error;
      return error;
    });
    if (caller instanceof AppError) {
      if (!ended) throw caller;
      await readInput(operation, request, context);
      return ended(presentedBy(request), caller);
    }
    // Signing out is for everybody.
    if (!ended) await requireServedUser(caller.principal);
    // What changes an account is not in one transaction with what is asked of the database.
    if (operation.method !== "GET" || callsCognito(operation)) await settleGuards();
    if (callsCognito(operation)) {
      await spend("cognito_call", { account: caller.principal.sub, tenant: null });
    }
    return handler({ ...(await readInput(operation, request, context)), caller });
  };
  // Whoever is answered although their access has ended is not to be refused for that with what is asked next.
  return ended ? unguarded(operation, answer) : routeOf(operation, answer);
}

/**
 * A handler for the platform's own staff, for what is done to tenants as a whole: whichever tenant they are at home in
 * or name, it is not about that one.
 */
export function operatorRoute<Path, Query, Body>(
  operation: Operation<"operator", Path, Query, Body>,
  handler: (input: Input<Path, Query, Body> & { caller: Caller }) => Promise<Answer>,
): Route {
  return routeOf(operation, async (request, context) => {
    const caller = await callerOf(request);
    await requireServedUser(caller.principal);
    // What is done to tenants reaches past one transaction.
    await settleGuards();
    if (!mayManageTenants(caller.principal)) throw new AppError("forbidden");
    if (callsCognito(operation)) {
      await spend("cognito_call", { account: caller.principal.sub, tenant: null });
    }
    return handler({ ...(await readInput(operation, request, context)), caller });
  });
}

/** A handler for everyone: signing in, health. */
export function publicRoute<Path, Query, Body>(
  operation: Operation<"public", Path, Query, Body>,
  handler: (input: Input<Path, Query, Body>) => Promise<Answer>,
): Route {
  return routeOf(operation, async (request, context) =>
    handler(await readInput(operation, request, context)),
  );
}

/** What was left to be asked of who is asking goes along with what the work asks of the database. */
function routeOf(operation: Operation, work: Handler<Request, RouteContext, Answer>): Route {
  // Who is not signed in leaves no guards, and what is sent while it is being read has begun before its end.
  const isGuarded = operation.access !== "public" && isMomentary(operation);
  return unguarded(operation, isGuarded ? (...given) => guardedRequest(() => work(...given)) : work);
}

/** Whether an answer is there as soon as it begins: what has another type than JSON is made while it is read. */
function isMomentary({ answer }: Operation): boolean {
  return answer.contentType === undefined;
}

/** Who is asking and whom they mean, without what Next keeps with it: an answer may go on for minutes. */
function headOf({ method, headers }: Request): Head {
  return { method, headers: new Headers(headers) };
}

function unguarded({ id, method }: Operation, work: Handler<Request, RouteContext, Answer>): Route {
  const noted: Handler<Request, RouteContext, Answer> = (...given) => {
    noteOperation(id);
    return work(...given);
  };
  return { method, handle: handle(noted) };
}

async function callerOf(request: Head, isUnattended = false): Promise<Caller> {
  const authorization = request.headers.get("authorization");
  const presented = presentedBy(request);
  // Who brings nothing to be misused by another page is told to sign in, whichever page it is.
  if (authorization === null && presented.sessionCookie !== undefined) requireSameOrigin(request);
  const caller = await identify({ ...presented, isUnattended });
  requireShownPerson(request.headers, caller.principal.sub);
  return caller;
}

function presentedBy(request: Head): Presented {
  return {
    authorization: request.headers.get("authorization"),
    sessionCookie: sessionCookieFrom(request.headers.get("cookie")),
    address: clientAddress(request.headers),
  };
}

async function readInput<Path, Query, Body>(
  contract: { params?: Path; query?: Query; body?: Body },
  request: Request,
  context: RouteContext,
): Promise<Input<Path, Query, Body>> {
  const parsed = {
    path: parse(contract.params, "path", await context.params),
    query: parse(contract.query ?? NoQuery, "query", readQuery(request)),
    body: contract.body ? parse(contract.body, "body", await readJson(request)) : undefined,
    request,
  };
  return parsed as Input<Path, Query, Body>;
}

/** @throws AppError `invalid_request` for a parameter that came twice: which of them would count? */
function readQuery(request: Request): Record<string, string> {
  const { searchParams } = new URL(request.url);
  const query: Record<string, string> = {};
  for (const [name, value] of searchParams) {
    if (Object.hasOwn(query, name)) {
      throw new AppError("invalid_request", { fields: [fieldError(name, "repeated")] });
    }
    // Not by assignment: `__proto__` is a name like any other.
    Object.defineProperty(query, name, { value, enumerable: true });
  }
  return query;
}

function parse(schema: unknown, as: "path" | "query" | "body", input: unknown): unknown {
  return schema === undefined ? undefined : parseInput(schema as z.ZodType, input, as);
}
