import { afterAll, beforeEach } from "vitest";
import type { provision } from "../provision";
import { startTestCognito, type TestCognito } from "./cognito";

/** One Cognito for all tests of a file, which the application's code speaks to; fine and not yet called at each one. */
export async function provideCognito(
  options: Parameters<typeof provision>[1] = {},
  more: Parameters<typeof startTestCognito>[1] = {},
): Promise<TestCognito> {
  const cognito = await startTestCognito(options, more);
  Object.assign(process.env, cognito.environment);
  beforeEach(() => {
    Object.assign(cognito, { weather: "fine", calls: [] });
  });
  afterAll(cognito.close);
  return cognito;
}
