import { join } from "node:path";
import { matrixTests } from "../support/matrix-tests";
import { test } from "../support/test";

matrixTests(test, "on PGlite", (ground, environment, name) =>
  ground.startApplication({ ...environment, DATA_DIR: join(ground.dataDir, name) }),
);
