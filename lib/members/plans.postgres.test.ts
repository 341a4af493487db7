import { sql } from "drizzle-orm";
import { beforeAll, test } from "vitest";
import { expectOnlyShown, planOf, spread } from "../../infra/local/testing/query-plan";
import { asSuperuser } from "../../infra/local/testing/superuser";
import { makeTenant } from "../../infra/local/testing/tenant";
import { listMembers } from "./list-members";

const tenant = makeTenant();
const plan = (cursor?: string) => planOf(tenant.tenantId, () => listMembers(tenant, { limit: 50, cursor }));

beforeAll(async () => {
  const { owner, moment } = spread(tenant.tenantId);
  await asSuperuser(async (tx) => {
    // As if it was read before: the pool has none of these members.
    await tx.execute(
      sql`insert into member_directories (tenant_id, read_at) values (${tenant.tenantId}, now())`,
    );
    await tx.execute(sql`
      insert into members (tenant_id, sub, username, email, role, is_operator, status, created_at, updated_at)
      select ${owner}, gen_random_uuid(), 'u' || n, n || '@x.example', 'member', false, 'active', ${moment}, now()
      from generate_series(1, 20000) n`);
    await tx.execute(sql`analyze members`);
  });
});

test("a page reads no row that it does not show, the first one and one from a cursor", async () => {
  expectOnlyShown(await plan(), "members_by_creation");
  const { next } = await listMembers(tenant, { limit: 50 });
  expectOnlyShown(await plan(next ?? ""), "members_by_creation");
});
