import type { Database } from "../support/database";
import { matrixTests } from "../support/matrix-tests";
import { withoutPostgres } from "../support/skip-reason";
import { test } from "../support/test";

const reason = withoutPostgres();
let postgres: Database;

test.skip(reason !== null, reason ?? "");
test.beforeAll(({ postgres: started }) => {
  postgres = started;
});

matrixTests(test, "on PostgreSQL", (ground, environment) =>
  ground.startApplication({ ...environment, DATABASE_URL: postgres.database.appUrl }),
);
