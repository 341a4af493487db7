import { callerRoute } from "@/lib/http/route";
import { listOwnSessions } from "@/lib/users/own-sessions";

export const GET = callerRoute({}, async ({ caller }) => Response.json(await listOwnSessions(caller)));
