import { add, firstPage, tenantOf } from "../../rows";

export async function GET(request: Request): Promise<Response> {
  const { tenant } = await tenantOf(request);
  return Response.json(await firstPage(tenant));
}

export async function POST(request: Request): Promise<Response> {
  const { tenant, sub } = await tenantOf(request);
  return Response.json(await add(tenant, sub, await request.json()), { status: 201 });
}
