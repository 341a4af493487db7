import { tenantTests } from "./tenant-tests";
import { test } from "./test";

test.use({ stackOptions: { pool: { preTokenGeneration: false } } });

test.describe("without the tenant on the access token", () => tenantTests({ onAccessToken: false }));
