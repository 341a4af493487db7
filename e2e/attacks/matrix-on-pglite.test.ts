import { join } from "node:path";
import { matrixTests } from "../support/matrix-tests";

matrixTests("on PGlite", (ground, environment, name) =>
  ground.startApplication({ ...environment, DATABASE_URL: undefined, DATA_DIR: join(ground.dataDir, name) }),
);
