import { matrixTests } from "../support/matrix-tests";
import { type Database, test } from "../support/on-postgres";
import { withoutPostgres } from "../support/skip-reason";

const reason = withoutPostgres();
let postgres: Database;

test.skip(reason !== null, reason ?? "");
test.beforeAll(({ postgres: started }) => {
  postgres = started;
});

matrixTests(test, "on PostgreSQL", (ground, environment) =>
  ground.startApplication({ ...environment, DATABASE_URL: postgres.database.appUrl }),
);
