import { currentRequest } from "./current-request";
import { type Attributes, type Telemetry, telemetry } from "./telemetry/telemetry";

/** A code of the driver, a SQLSTATE or the name of an exception: short, and never what somebody typed. */
const CODE = /^[A-Za-z0-9_]{3,60}$/;

/** What is sent to the database and names no table, such as a commit, is a part of a trace only where it takes longer. */
const UNUSUAL_SECONDS = 0.01;

type Peer = "cognito" | "database" | "jwks";

/**
 * Calls somebody else, and measures it: for the metrics, and as a part of the trace of the request that is being answered.
 *
 * @param operation names what is asked of them: one of few names, with nothing in it that came from outside.
 * @throws what `work` throws.
 */
export function calling<T>(peer: Peer, operation: () => string, work: () => Promise<T>): Promise<T> {
  const open = telemetry();
  return open ? measured(open, peer, operation, work) : work();
}

async function measured<T>(
  open: Telemetry,
  peer: Peer,
  operation: () => string,
  work: () => Promise<T>,
): Promise<T> {
  const began = performance.now();
  const told = (failure: Attributes) => {
    const name = operation();
    const seconds = (performance.now() - began) / 1_000;
    open.record("sekisho.call.duration", seconds, { peer, operation: name, ...failure });
    const hasFailed = "error.type" in failure;
    const isUsual = peer === "database" && !hasFailed && !name.includes(" ") && seconds < UNUSUAL_SECONDS;
    if (!isUsual) currentRequest()?.span?.addCall(`${peer} ${name}`, began, failure, hasFailed);
  };
  try {
    const result = await work();
    told({});
    return result;
  } catch (error) {
    told({ "error.type": typeOf(error) });
    throw error;
  }
}

function typeOf(error: unknown): string {
  const { code, name } = Object(error) as { code?: unknown; name?: unknown };
  const found = [code, name].find((each) => typeof each === "string" && CODE.test(each));
  return found === undefined ? "unknown" : String(found);
}
