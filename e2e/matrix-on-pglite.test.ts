import { join } from "node:path";
import { matrixTests } from "./matrix-tests";
import { test } from "./test";

matrixTests(test, "on PGlite", (ground, environment, name) =>
  ground.startApplication({ ...environment, DATA_DIR: join(ground.dataDir, name) }),
);
