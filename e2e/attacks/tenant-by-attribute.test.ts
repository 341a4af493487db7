import { tenantTests } from "../support/tenant-tests";
import { test } from "../support/test";

test.use({ stackOptions: { pool: { preTokenGeneration: false } } });

test.describe("without the tenant on the access token", () => tenantTests({ onAccessToken: false }));
