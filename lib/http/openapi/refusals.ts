import { z } from "zod";
import { REQUEST_ID } from "../../current-request";
import { env } from "../../env";
import { ERRORS, type ErrorCode } from "../../errors";
import { FAULTS, type FaultCode, fieldError } from "../../field-error";
import { callsCognito, isOfTenant, type Operation } from "../../operation";

/** The body of every refusal, as problemResponse writes it. */
export const ProblemBody = z
  .object({
    type: z.literal("about:blank"),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(ERRORS) as ErrorCode[]).describe("Stable: what a program decides by."),
    detail: z.string().optional().describe("What to do about it."),
    errors: z
      .array(
        z.object({
          field: z.string().describe("A dotted path, empty for the whole."),
          code: z.enum(Object.keys(FAULTS) as FaultCode[]).describe("Stable, as the code of the whole is."),
          message: z.string().describe("For whoever writes a client."),
          params: z
            .record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]))
            .optional()
            .describe("What goes with the code, such as `maximum` with `too_long`."),
        }),
      )
      .optional()
      .describe("Each fault of the input."),
    request_id: z.string().regex(REQUEST_ID).describe("To quote when asking for help."),
  })
  .meta({ id: "Problem", title: "Problem details (RFC 9457)" });

const OF_A_CALLER: readonly ErrorCode[] = [
  "missing_token",
  "invalid_token",
  "wrong_token_use",
  "session_ended",
  "another_person",
  "no_tenant",
  "tenant_suspended",
  "single_sign_on_required",
  "single_sign_on_refused",
  "cognito_unavailable",
  "keys_unavailable",
  "database_unavailable",
];
const OF_A_BODY: readonly ErrorCode[] = ["malformed_json", "payload_too_large", "unsupported_media_type"];

/** Every code that an operation can refuse with: what follows from its declaration, and what it names itself. */
export function refusalsOf(operation: Operation): Set<ErrorCode> {
  const codes = new Set<ErrorCode>(["invalid_request", "internal", ...(operation.errors ?? [])]);
  const add = (more: readonly ErrorCode[]) => {
    for (const code of more) codes.add(code);
  };
  if (operation.access !== "public") {
    add(OF_A_CALLER);
    if (operation.method !== "GET") add(["cross_origin"]);
    if (operation.access === "operator") add(["forbidden"]);
    if (isOfTenant(operation.access)) add(["forbidden", "another_tenant", ...ofATenant()]);
  }
  if (callsCognito(operation)) add(["rate_limited"]);
  if (operation.headers?.includes("If-Match")) add(["precondition_failed"]);
  if (operation.params) add(["not_found"]);
  if (operation.body) add(OF_A_BODY);
  return codes;
}

function ofATenant(): ErrorCode[] {
  const { MULTI_TENANT_ENABLED, TENANT_MODE, TENANT_STRICT } = env();
  if (!MULTI_TENANT_ENABLED) return [];
  if (TENANT_MODE === "claim") return ["no_tenant"];
  const named = ["no_tenant", "tenant_mismatch", "invalid_tenant"] as const;
  return TENANT_STRICT ? [...named] : [...named, "unknown_tenant"];
}

/** The same by status, lowest first, in the order of the table of errors. */
export function refusalsByStatus(operation: Operation): [status: number, codes: ErrorCode[]][] {
  const refusals = refusalsOf(operation);
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of Object.keys(ERRORS) as ErrorCode[]) {
    if (!refusals.has(code)) continue;
    const [status] = ERRORS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return [...byStatus];
}

/** What a refusal with this code may look like. */
export function problemExample(code: ErrorCode): z.output<typeof ProblemBody> {
  const [status, title] = ERRORS[code];
  return {
    type: "about:blank",
    title,
    status,
    code,
    ...(code === "invalid_request" && { errors: [fieldError("name", "required")] }),
    request_id: "5f0c2a34-7be1-4d8e-9a61-c3e2f7d04b18",
  };
}
