import { startPostgres } from "../postgres";
import { killApplication, startGround } from "../stack";
import { cpuMs } from "./cpu";

/** How long the application takes from its process's beginning to its first answer, on PostgreSQL where there is one. */
const TIMES = 5;

const postgres = await startPostgres();
const ground = await startGround();
try {
  const DATABASE_URL = (await postgres?.createDatabase())?.appUrl;
  const took: string[] = [];
  for (let time = 0; time < TIMES; time++) {
    const began = performance.now();
    const application = await ground.startApplication({ DATABASE_URL });
    const ms = performance.now() - began;
    took.push(`${ms.toFixed(0)} (${cpuMs(application.process.pid)})`);
    await killApplication(application);
  }
  console.log(`first answer after, and the processor until then, ms: ${took.join(", ")}`);
} finally {
  await ground.stop();
  await postgres?.destroy();
}
