import { MAX_CARRIED } from "../auth/sign-in/local-path";
import { env } from "../env";
import { AppError } from "../errors";
import { fieldError } from "../field-error";
import { readBytes, readJson, requireMediaType } from "./body";
import { handle } from "./handle";
import { requireSameOrigin } from "./same-origin";
import { isUrlEncodedUtf8, utf8Of } from "./well-formed";

/** What NextAuth answers at all; `_log` is its way to write into ours. */
const OF_NEXT_AUTH =
  /^\/api\/auth\/(csrf|error|providers|session|signout|verify-request|(signin|callback)(\/[^/]+)?)\/?$/;
/** The steps of our own forms, which NextAuth answers with 500 when they are only looked at. */
const FORM_STEP = /\/callback\/(password|challenge|passkey)\/?$/;

/**
 * What NextAuth leaves open, closed before it sees a request: a post from another origin (its own token is the second
 * lock), `_log`, through which anybody could write into our log, bodies that are neither a form nor an object, and
 * mistakes of the caller that it calls its own.
 */
export function guardedMount<Request_ extends Request, Context>(
  mount: (request: Request_, context: Context) => Promise<Response>,
): (request: Request_, context: Context) => Promise<Response> {
  return handle(async (request, context) => {
    const { pathname: encoded, searchParams } = new URL(request.url);
    // As Next hands it on: `%70assword` is the same provider.
    const pathname = decodeURIComponent(encoded);
    if (!OF_NEXT_AUTH.test(pathname)) throw new AppError("not_found");
    requireSameOrigin(request);
    const isStepRead = request.method !== "POST" && FORM_STEP.test(pathname);
    if (isStepRead) throw new AppError("not_found");
    if (!searchParams.getAll("callbackUrl").every(isWebAddress)) {
      throw unfit("callbackUrl", "is not an address");
    }
    if (request.method === "POST") await requireForm(request.clone());
    return mount(request, context);
  });
}

/**
 * NextAuth reads a form or a JSON object, and fails on anything else.
 *
 * @throws AppError as readJson does; `invalid_request`.
 */
async function requireForm(request: Request): Promise<void> {
  const isForm = /^application\/x-www-form-urlencoded\s*(;|$)/i.test(
    request.headers.get("content-type") ?? "",
  );
  if (!isForm) {
    const body = await readJson(request);
    if (typeof body !== "object" || body === null || Array.isArray(body))
      throw unfit("", "must be an object");
    return;
  }
  requireMediaType(request.headers, "application/x-www-form-urlencoded");
  const text = utf8Of(await readBytes(request));
  if (text === null || !isUrlEncodedUtf8(text)) throw unfit("", "must be percent-encoded UTF-8");
}

function unfit(field: string, message: string): AppError {
  return new AppError("invalid_request", { fields: [fieldError(field, "malformed", message)] });
}

/** What NextAuth can read as an address; whether it may lead there is for its `redirect` callback to say. */
function isWebAddress(value: string): boolean {
  if (value.length > MAX_CARRIED) return false;
  const base = value === "" || value.startsWith("/") ? env().NEXTAUTH_URL : undefined;
  return URL.canParse(value, base) && /^https?:$/.test(new URL(value, base).protocol);
}
