import { JwtVerifier } from "aws-jwt-verify";
import { Pool } from "pg";

/** What whoever has to say who is asking cannot do without: a verifier with its keys at hand, and the driver. */
const {
  BARE_ISSUER: issuer = "",
  BARE_CLIENT: audience = "",
  BARE_DATABASE: connectionString = "",
} = process.env;
const jwksUri = `${issuer}/.well-known/jwks.json`;
const pool = new Pool({ connectionString });
const verifier = JwtVerifier.create({ issuer, audience, jwksUri });
let keys: Promise<void> | undefined;

const LIST = `select tenant_id, id, name, description, owner_sub, version, created_at, updated_at from items
  where tenant_id = $1 order by created_at desc, id desc limit 51`;
const INSERT = `insert into items (tenant_id, id, name, description, owner_sub, version, created_at, updated_at)
  values ($1, $2, $3, $4, $5, 1, $6, $6)
  returning id, tenant_id, name, description, owner_sub, version, created_at, updated_at`;

export type Row = { id: string; name: string; description: string; created_at: Date };

/** @throws what the verifier throws. */
export async function tenantOf(request: Request): Promise<{ tenant: string; sub: string }> {
  keys ??= fetch(jwksUri).then(async (answer) => verifier.cacheJwks(await answer.json()));
  await keys;
  const payload = await verifier.verify(request.headers.get("authorization")?.slice("Bearer ".length) ?? "");
  return { tenant: String(payload["custom:tenant_id"]), sub: String(payload.sub) };
}

export async function firstPage(tenant: string): Promise<Row[]> {
  return (await pool.query(LIST, [tenant])).rows.slice(0, 50);
}

export async function add(tenant: string, sub: string, item: { name: string; description: string }) {
  const values = [tenant, crypto.randomUUID(), item.name, item.description, sub, new Date()];
  return (await pool.query(INSERT, values)).rows[0];
}
