import type { Stack } from "../../infra/local/stack";
import { FEATURES } from "../../lib/features";
import type { Answer, Api } from "./api";

/** What operations are called on: `check` holds an answer against the document; `open` brings no credentials. */
export type CallGround = { stack: Stack; check: (id: string, answer: Answer) => Answer; open: Api };

/** Calls every operation of a feature, so that each succeeds once and refuses as it may. */
type CallEach = (ground: CallGround) => Promise<void>;

/** That of each feature, by its name: `e2e/<feature>/operations.ts`. */
export const CALLS: readonly CallEach[] = await Promise.all(
  FEATURES.map(async ({ name }) => {
    const { callEach } = (await import(`../${name}/operations.ts`)) as { callEach: CallEach };
    return callEach;
  }),
);
