import { join } from "node:path";
import { matrixTests } from "../support/matrix-tests";

// On PostgreSQL, as everything in English is where the machine has one.
matrixTests("", (ground, environment, name) =>
  ground.startApplication({ ...environment, DATA_DIR: join(ground.dataDir, name) }),
);
