import { afterAll } from "vitest";
import { closeDatabase } from "../../../lib/db/client";
import { createDatabase } from "../postgres-database";
import { sharedServer } from "./shared-server";

/** Setup of a test file on PostgreSQL: a fresh database of its own on the server of this run. */
const { appUrl, ownerUrl, superuserUrl } = await createDatabase(sharedServer);
Object.assign(process.env, {
  DATABASE_URL: appUrl,
  TEST_DATABASE_OWNER_URL: ownerUrl,
  TEST_DATABASE_SUPERUSER_URL: superuserUrl,
});

afterAll(closeDatabase);
