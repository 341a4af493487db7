import { poolKeys } from "../cognito/pool-keys";
import { isServing } from "../db/health";
import { areNoticesHeard } from "../db/tenant-notices";
import type { SharedWithServer } from "./front-door";
import type { Readiness } from "./operations";

/**
 * Whether a load balancer should send requests here, part by part. A process that was asked to stop still answers, and
 * should get no more of them.
 */
export async function readiness(): Promise<Readiness> {
  const [database, keys] = await Promise.all([isServing(), poolKeys().isUsable()]);
  const notices = areNoticesHeard();
  const isStopping = (globalThis as SharedWithServer).sekishoServer?.isStopping === true;
  const state = (isThere: boolean) => (isThere ? "ok" : "unavailable");
  return {
    status: state(database && keys && notices && !isStopping),
    database: state(database),
    keys: state(keys),
    notices: state(notices),
    process: isStopping ? "stopping" : "ok",
  };
}
