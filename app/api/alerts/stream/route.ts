import * as operations from "@/lib/alerts/operations";
import { watchAlerts } from "@/lib/alerts/watch-alerts";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import { watchStream } from "@/lib/http/watch-stream";
import { frame } from "./frame";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.watchAlerts, async (input) => watchStream(input, watchAlerts, frame)),
);
