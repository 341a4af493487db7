import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { type Caller, identify } from "../auth/authenticate";
import { type Permission, requirePermission } from "../auth/roles";
import { sessionCookieFrom } from "../auth/session-cookie";
import { resolveTenant, type TenantContext } from "../auth/tenant";
import { env } from "../env";
import { AppError } from "../errors";
import { log } from "../log";
import { readJson } from "./body";
import { parseInput } from "./parse";
import { problemResponse } from "./problem";
import { requireSameOrigin } from "./same-origin";

type Contract<Path, Query, Body> = { path?: Path; query?: Query; body?: Body };
type Input<Path, Query, Body> = {
  path: Path extends z.ZodType ? z.output<Path> : undefined;
  query: Query extends z.ZodType ? z.output<Query> : undefined;
  body: Body extends z.ZodType ? z.output<Body> : undefined;
  request: Request;
};
type RouteContext = { params: Promise<unknown> };
type RouteHandler = (request: Request, context: RouteContext) => Promise<Response>;

/**
 * A handler for one method of one path, declared as policy and contract. In this order: who is asking, for which
 * tenant, with which right, then what the input says. The tenant reaches the feature and nothing else decides it.
 */
export function route<Path, Query, Body>(
  policy: Contract<Path, Query, Body> & { permission: Permission },
  handler: (input: Input<Path, Query, Body> & { tenant: TenantContext }) => Promise<Response>,
): RouteHandler {
  return handle(async (request, context) => {
    const { principal } = await callerOf(request);
    const tenant = await resolveTenant(principal, request.headers.get(env().TENANT_HEADER));
    requirePermission(tenant.role, policy.permission);
    return handler({ ...(await readInput(policy, request, context)), tenant });
  });
}

/** A handler for any caller who is signed in, with or without a tenant: what concerns their own account. */
export function callerRoute<Path, Query, Body>(
  policy: Contract<Path, Query, Body>,
  handler: (input: Input<Path, Query, Body> & { caller: Caller }) => Promise<Response>,
): RouteHandler {
  return handle(async (request, context) => {
    const caller = await callerOf(request);
    return handler({ ...(await readInput(policy, request, context)), caller });
  });
}

/** A handler for everyone: signing in, health. */
export function publicRoute<Path, Query, Body>(
  policy: Contract<Path, Query, Body>,
  handler: (input: Input<Path, Query, Body>) => Promise<Response>,
): RouteHandler {
  return handle(async (request, context) => handler(await readInput(policy, request, context)));
}

/** The only try/catch around a handler: it gives the request its id and turns what is thrown into a problem. */
export function handle<Request_ extends Request, Context>(
  work: (request: Request_, context: Context) => Promise<Response>,
): (request: Request_, context: Context) => Promise<Response> {
  return async (request, context) => {
    const requestId = randomUUID();
    const response = await work(request, context).catch((error: unknown) => {
      const problem = error instanceof AppError ? error : new AppError("internal", { cause: error });
      const { pathname } = new URL(request.url);
      const isOurs = problem.status >= 500;
      log(isOurs ? "error" : "info", "http.refused", {
        request_id: requestId,
        method: request.method,
        path: pathname,
        code: problem.code,
        // Anybody can be refused as often as they like: only a fault of ours is worth a stack.
        cause: isOurs ? problem.cause : String(problem.cause ?? ""),
      });
      return problemResponse(problem, requestId);
    });
    response.headers.set("X-Request-Id", requestId);
    if (!response.headers.has("Cache-Control")) response.headers.set("Cache-Control", "private, no-store");
    return response;
  };
}

function callerOf(request: Request): Promise<Caller> {
  const authorization = request.headers.get("authorization");
  if (authorization === null) requireSameOrigin(request);
  return identify({ authorization, sessionCookie: sessionCookieFrom(request.headers.get("cookie")) });
}

async function readInput<Path, Query, Body>(
  contract: Contract<Path, Query, Body>,
  request: Request,
  context: RouteContext,
): Promise<Input<Path, Query, Body>> {
  const { searchParams } = new URL(request.url);
  const parsed = {
    path: parse(contract.path, "path", await context.params),
    query: parse(contract.query, "query", Object.fromEntries(searchParams)),
    body: contract.body ? parse(contract.body, "body", await readJson(request)) : undefined,
    request,
  };
  return parsed as Input<Path, Query, Body>;
}

function parse(schema: unknown, as: "path" | "query" | "body", input: unknown): unknown {
  return schema === undefined ? undefined : parseInput(schema as z.ZodType, input, as);
}
