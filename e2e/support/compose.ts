import { cpSync, readFileSync, symlinkSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const Service = z.object({
  command: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.coerce.string()),
  ports: z.array(z.string()).default([]),
  network_mode: z.string().optional(),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
});
const Compose = z.object({
  services: z.object({ cognito: Service, postgres: Service, migrate: Service, application: Service }),
});

/** The services of compose.yaml, with what is set in its variables, and their folder `/data` elsewhere. */
export function composedServices(variables: Record<string, string>, dataDir: string) {
  const text = readFileSync("compose.yaml", "utf8")
    .replace(/\$\{(\w+):-(.*?)\}/g, (_, name, usual) => variables[name] ?? usual)
    .replaceAll(/\/data\b(?=$|\/environment)/gm, dataDir);
  return Compose.parse(parse(text)).services;
}

/**
 * Lays out what Docker would send to the builder of a Dockerfile, and the installed packages beside it.
 *
 * @returns the command that the image starts.
 */
export function layOutImageOf(dockerfile: string, target: string): string[] {
  const lines = readFileSync(`${dockerfile}.dockerignore`, "utf8").split("\n");
  const sent = lines.flatMap((line) => (line.startsWith("!") ? [resolve(line.slice(1))] : []));
  const isSent = (path: string) => !/(^|\/)(node_modules|\.env[^/]*|[^/]*\.test\.ts)$/.test(path);
  for (const each of sent)
    cpSync(each, join(target, relative(".", each)), { recursive: true, filter: isSent });
  symlinkSync(resolve("node_modules"), join(target, "node_modules"));
  const [, command = ""] = readFileSync(dockerfile, "utf8").match(/\nCMD (\[.*\])\n/) ?? [];
  return z.array(z.string()).parse(JSON.parse(command));
}
