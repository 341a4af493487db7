import { afterAll, expect, it } from "vitest";
import { newBench } from "../../contract/bench";
import { startTestCognito } from "../../testing/cognito";

const cognito = await startTestCognito();
afterAll(cognito.stop);
const { newUser, enter } = await newBench(cognito, { PreventUserExistenceErrors: "ENABLED" });

it("a sign-in costs the same work for a user who does not exist", async () => {
  const least = new Map<string, number>();
  // In turns, and the least of many, in time of the processor: what else the machine does does not count.
  // A name is used four times only: the fifth would be answered by the lockout.
  for (let round = 0; round < 40; round++) {
    const number = Math.floor(round / 4);
    if (round % 4 === 0) await newUser({ email: `known${number}@acme.example` });
    for (const who of ["known", "unknown"]) {
      const before = process.cpuUsage();
      await enter(`${who}${number}@acme.example`, "nope").catch(() => undefined);
      const { user, system } = process.cpuUsage(before);
      least.set(who, Math.min(least.get(who) ?? Number.POSITIVE_INFINITY, user + system));
    }
  }
  const [known = 0, unknown = 0] = least.values();
  // Without the work it would be a third or less of the other.
  expect(unknown / known).toBeGreaterThan(0.6);
  expect(unknown / known).toBeLessThan(1.7);
});
