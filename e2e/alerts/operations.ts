import { UNKNOWN_ID } from "../support/api-contract";
import type { CallGround } from "../support/call-each";
import { newMember } from "../support/users";

/** Every operation on alerts, when it succeeds and when it refuses. */
export async function callEach({ stack, check }: CallGround): Promise<void> {
  const api = await newMember(stack);
  const path =
    check("createAlert", await api.post("/api/alerts", { title: "Smoke" })).headers.get("location") ?? "";
  check("listAlerts", await api.get("/api/alerts?limit=1"));
  check("readAlert", await api.get(path));
  check("changeAlert", await api.patch(path, { status: "resolved" }));
  check("changeAlert", await api.patch(path, { status: "acknowledged" }));
  check("changeAlert", await api.patch(path, { status: "open" }));
  const ids = [path.split("/").at(-1), UNKNOWN_ID];
  check("changeAlerts", await api.post("/api/alerts/status", { ids, status: "acknowledged" }));
  check("summariseAlerts", await api.get("/api/alerts/summary?zone=Asia/Tokyo"));
  check("summariseAlerts", await api.get("/api/alerts/summary?zone=Middle/Earth"));
  check("watchAlerts", await api.get("/api/alerts/stream"));
  check("watchAlerts", await api.get("/api/alerts/stream", { "Last-Event-ID": "made up" }));
}
