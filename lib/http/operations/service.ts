import { z } from "zod";
import { operation } from "../operation";

export const health = operation({
  method: "GET",
  path: "/api/health",
  id: "health",
  tag: "Service",
  summary: "Whether the application can serve",
  access: "public",
  answer: { status: 200, description: "It can; otherwise 503 with the same body." },
});

export const enter = operation({
  method: "GET",
  path: "/api/enter",
  id: "enter",
  tag: "Service",
  summary: "Bring a browser's session to a tenant's own host",
  description: "For browsers, in subdomain mode only.",
  access: "public",
  query: z.object({ to: z.string().max(2_000).optional(), code: z.string().max(4_000).optional() }),
  answer: {
    status: 303,
    description: "On to the main host, or with a code to the page.",
    headers: ["Location"],
  },
  errors: ["not_found", "challenge_expired"],
});
