import { isReachable } from "@/lib/db/health";
import { publicRoute } from "@/lib/http/route";

export const GET = publicRoute({}, async () => {
  const database = await isReachable();
  return Response.json(
    { status: database ? "ok" : "unavailable", database: database ? "ok" : "unavailable" },
    { status: database ? 200 : 503 },
  );
});
