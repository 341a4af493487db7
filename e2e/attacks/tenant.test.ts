import { join } from "node:path";
import { Api, login } from "../support/api";
import { expectProblem } from "../support/problem";
import { tenantTests } from "../support/tenant-tests";
import { expect, test } from "../support/test";
import { newUser } from "../support/users";

test.describe("with the tenant on the access token", () => tenantTests({ onAccessToken: true }));

test("a tenant id that no header could name is as good as none", async ({ stack, baseURL }) => {
  for (const tenant of ["ACME", "a b", "a,b", "../acme", "-"]) {
    const { email, password } = await newUser(stack, { tenant });
    const { access_token } = await login(baseURL, email, password);
    expectProblem(await new Api(baseURL).bearer(access_token).get("/api/user/tenant"), 403, "no_tenant");
  }
});

test("with TENANT_MODE=claim the header is not even looked at", async ({ stack }) => {
  const { url } = await stack.startApplication({
    TENANT_MODE: "claim",
    DATA_DIR: join(stack.dataDir, "claim"),
  });
  const { access_token } = await login(url, "bob@acme.example");
  for (const named of ["globex", "acme", "NOT A TENANT", ""]) {
    const { body } = await new Api(url)
      .bearer(access_token)
      .get("/api/user/tenant", { "X-Tenant-Id": named });
    expect(body).toEqual({ tenant_id: "acme", token_use: "access", mode: "claim" });
  }
});
