import { afterAll, inject } from "vitest";
import { closeDatabase } from "../../../lib/db/client";
import { createDatabase } from "../postgres-database";

/** Setup of a test file on PostgreSQL: a fresh database of its own on the server of this run. */
const { appUrl, ownerUrl, superuserUrl } = await createDatabase((database = "postgres") => {
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${database}`;
  return url.href;
});
Object.assign(process.env, {
  DATABASE_URL: appUrl,
  TEST_DATABASE_OWNER_URL: ownerUrl,
  TEST_DATABASE_SUPERUSER_URL: superuserUrl,
});

afterAll(closeDatabase);
