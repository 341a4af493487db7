import * as operations from "@/lib/alerts/operations";
import { watchAlerts } from "@/lib/alerts/watch-alerts";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import { watchStream } from "@/lib/http/watch-stream";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.watchAlerts, async (input) =>
    watchStream(input, watchAlerts, (change) => ({
      name: change.type,
      data: change.type === "alerts" ? change.alerts : null,
      id: change.at.toISOString(),
    })),
  ),
);
