import { UNKNOWN_ID } from "../support/api-contract";
import type { CallGround } from "../support/call-each";
import { newMember, newTenant } from "../support/users";

/** Every operation on alerts, when it succeeds and when it refuses. */
export async function callEach({ stack, check }: CallGround): Promise<void> {
  const tenant = newTenant();
  const api = await newMember(stack, { tenant });
  const path =
    check("createAlert", await api.post("/api/alerts", { title: "Smoke" })).headers.get("location") ?? "";
  check("listAlerts", await api.get("/api/alerts?limit=1"));
  check("readAlert", await api.get(path));
  check("changeAlert", await api.patch(path, { status: "resolved" }));
  check("changeAlert", await api.patch(path, { status: "acknowledged" }));
  check("changeAlert", await api.patch(path, { status: "open" }));
  const ids = [path.split("/").at(-1), UNKNOWN_ID];
  check("changeAlerts", await api.post("/api/alerts/status", { ids, status: "acknowledged" }));
  check("readAlert", await api.get(path, { "If-None-Match": '"1"' }));
  check("changeAlert", await api.patch(path, { assignee: UNKNOWN_ID }));
  check("changeAlert", await api.patch(path, { assignee: null }, { "If-Match": '"1"' }));
  check("listAssignees", await api.get("/api/alerts/assignees?contains=yuki"));
  const headers = { "Idempotency-Key": crypto.randomUUID() };
  const said = check("createComment", await api.post(`${path}/comments`, { text: "On it" }, headers));
  check("createComment", await api.post(`${path}/comments`, { text: "Done" }, headers));
  check("listComments", await api.get(`${path}/comments`));
  check("listComments", await api.get(`/api/alerts/${UNKNOWN_ID}/comments`));
  const comment = said.headers.get("location") ?? "";
  check("readComment", await api.get(comment));
  const other = await newMember(stack, { tenant });
  check("removeComment", await other.delete(comment));
  check("removeComment", await api.delete(comment));
  check("removeComment", await api.delete(comment));
  check("summariseAlerts", await api.get("/api/alerts/summary?zone=Asia/Tokyo"));
  check("summariseAlerts", await api.get("/api/alerts/summary?zone=Middle/Earth"));
  check("watchAlerts", await api.get("/api/alerts/stream"));
  check("watchAlerts", await api.get("/api/alerts/stream", { "Last-Event-ID": "made up" }));
}
