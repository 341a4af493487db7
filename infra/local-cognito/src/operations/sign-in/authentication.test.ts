import { afterAll, expect, it } from "vitest";
import { newBench } from "../../contract/bench";
import { startTestCognito } from "../../testing/cognito";

const cognito = await startTestCognito();
afterAll(cognito.stop);
const { newUser, enter } = await newBench(cognito, { PreventUserExistenceErrors: "ENABLED" });

it("a sign-in costs the same work for a user who does not exist", async () => {
  const least = new Map<string, number>();
  // In turns, and the least CPU time of many: other load on the machine does not count.
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
  // Without the hashing it would be a third of the other or less.
  expect(unknown / known).toBeGreaterThan(0.6);
  expect(unknown / known).toBeLessThan(1.7);
});
