import type { MockProvider } from "../mock-provider/mock-provider";
import type { Seeding } from "../seed/seeding";
import type { ShiftableClock } from "./clock";
import type { Faults } from "./faults";

/** What belongs to the server and not to Cognito: for people who develop against it, and their tests. */
export interface Controls {
  clock: ShiftableClock;
  faults: Faults;
  /** What a reset leads back to; nothing if absent. */
  seeding?: Seeding | undefined;
  /** Where people sign in who have no provider; nobody does if absent. */
  mock?: MockProvider | undefined;
  /** Whether it holds what it is to begin with. */
  isReady: boolean;
}
