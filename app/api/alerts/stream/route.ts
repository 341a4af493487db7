import * as operations from "@/lib/alerts/operations";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import { alertStream } from "./alert-stream";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.watchAlerts, async (input) => alertStream(input)),
);
