import * as operations from "@/lib/alerts/operations";
import { alertStream } from "@/lib/http/alert-stream";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.watchAlerts, async (input) => alertStream(input)),
);
