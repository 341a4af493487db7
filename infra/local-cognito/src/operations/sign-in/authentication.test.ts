import { afterAll, beforeAll, expect, it } from "vitest";
import { createClient, createPool, createUser, signIn } from "../../contract/pool";
import { startTestCognito, type TestCognito } from "../../testing/cognito";

let cognito: TestCognito;
let pool: string;
beforeAll(async () => {
  cognito = await startTestCognito();
  pool = await createPool(cognito);
});
afterAll(() => cognito.stop());

it("a sign-in costs the same work for a user who does not exist", async () => {
  const { sdk } = cognito;
  const { id } = await createClient({ sdk }, pool, { PreventUserExistenceErrors: "ENABLED" });
  const fastest = new Map<string, number>();
  // In turns, and the fastest of many: whatever else the machine does makes both slower, and neither faster.
  // A name is used four times only: the fifth would be answered by the lockout.
  for (let round = 0; round < 40; round++) {
    const number = Math.floor(round / 4);
    if (round % 4 === 0) await createUser({ sdk }, pool, { email: `known${number}@acme.example` });
    for (const who of ["known", "unknown"]) {
      const start = performance.now();
      await signIn({ sdk }, pool, id, `${who}${number}@acme.example`, "nope").catch(() => undefined);
      fastest.set(who, Math.min(fastest.get(who) ?? Number.POSITIVE_INFINITY, performance.now() - start));
    }
  }
  const [known = 0, unknown = 0] = fastest.values();
  // Without the work it would be a third or less of the other.
  expect(unknown / known).toBeGreaterThan(0.6);
  expect(unknown / known).toBeLessThan(1.7);
});
