/**
 * GET /hello of the protected API: says hello to the tenant that the access token names.
 *
 * API Gateway's JWT authorizer has verified the token (signature, issuer, times, client, a scope) before this
 * runs. An ID token has no scope and gets no further than that; it is refused here as well, so that a route
 * whose scopes somebody forgets does not take one.
 *
 * Runs on AWS Lambda (bundled, without dependencies).
 */

/** The parts that are used of an HTTP API's event (developer guide, "payload format version 2.0"). */
export interface HelloEvent {
  requestContext: {
    requestId: string;
    /** Claims as text, whatever their type in the token. */
    authorizer?: { jwt?: { claims?: Record<string, string>; scopes?: string[] | null } };
  };
}

export interface HelloAnswer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

const TENANT = "custom:tenant_id";

export async function handler({ requestContext }: HelloEvent): Promise<HelloAnswer> {
  const claims = requestContext.authorizer?.jwt?.claims ?? {};
  const refused = (status: number, code: string, title: string, detail: string) =>
    answer(
      status,
      { type: "about:blank", title, status, detail, code, request_id: requestContext.requestId },
      "application/problem+json",
    );
  if (claims.token_use !== "access") {
    return refused(401, "wrong_token_use", "The token is of the wrong kind", "An access token is needed.");
  }
  const tenant = claims[TENANT];
  if (!tenant) {
    const detail = "The user has no tenant, or the pool has no trigger that puts it onto access tokens.";
    return refused(403, "no_tenant", "The token names no tenant", detail);
  }
  return answer(200, { message: "Hello from a protected API!", tenant_id: tenant }, "application/json");
}

function answer(statusCode: number, body: object, type: string): HelloAnswer {
  return {
    statusCode,
    headers: {
      "content-type": type,
      "cache-control": "private, no-store",
      ...(statusCode === 401 && { "www-authenticate": 'Bearer error="invalid_token"' }),
    },
    body: JSON.stringify(body),
  };
}
