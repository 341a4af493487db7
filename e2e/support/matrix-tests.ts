import type { Application } from "../../infra/local/application";
import { type Ground, killApplication } from "../../infra/local/stack";
import { SETTINGS } from "./matrix";
import { type Cast, environmentOf, makeCast, nameOf, runMatrix } from "./matrix-run";
import { expect, test } from "./test";

/** Every how many cases one is tried; all of them take most of an hour: `MATRIX_STRIDE=1`. */
const STRIDE = Number(process.env.MATRIX_STRIDE ?? 97);

/** Starts the application that a part of the matrix is tried against. */
type Start = (ground: Ground, environment: Record<string, string>, name: string) => Promise<Application>;

/** The attack matrix against applications that `start` starts, and how many cases it had. */
export function matrixTests(place: string, start: Start, settings = SETTINGS): void {
  const where = place && ` ${place}`;
  let cast: Cast | undefined;
  let cases = 0;

  for (const [index, setting] of settings.entries()) {
    test(`nobody is talked into the wrong tenant${where}: ${nameOf(setting)}`, async ({ stack }) => {
      cast ??= await makeCast(stack);
      const application = await start(stack, environmentOf(setting), `matrix-${index}${where}`);
      const result = await runMatrix(stack, { setting, application, cast, stride: STRIDE });
      await killApplication(application);
      expect(result.faults).toEqual([]);
      cases += result.cases;
    });
  }

  test.afterAll(() => console.log(`attack matrix${where}: ${cases} cases`));
}
