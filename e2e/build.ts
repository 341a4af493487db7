import { once } from "node:events";
import { runNext } from "../infra/local/application";

/** The journeys run on the production build, made once before all of them. */
export default async function build(): Promise<void> {
  const [code] = await once(runNext(["build"], {}, "inherit"), "exit");
  if (code !== 0) throw new Error(`next build ended with code ${code}.`);
}
