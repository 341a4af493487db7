import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../infra/local/ports";

/**
 * Stands before instances and hands each request to one of them. A page and its scripts are of one version: while there
 * are two, a browser is sent back to where it came from, or a script that one instance has not is asked of the next.
 */
export type Balancer = { url: string; stop(): Promise<void> };

const PROBE_MS = 100;
/** Which instance a browser was sent to, as the cookie of AWS's load balancer says it (`AWSALB`). */
const STICKY = "balancer";

/**
 * A load balancer as the cloud has them: takes turns among the instances that say they are ready, keeps connections to
 * them, and tries nothing twice. An instance that fails a request shows.
 */
export async function startBalancer(instances: string[]): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true });
  let ready: string[] = [];
  let faults: string[] = [];
  let turn = 0;
  const hand = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { method = "", url: path = "", headers } = incoming;
    const [, sticky] = headers.cookie?.match(`${STICKY}=(\\S+?)(;|$)`) ?? [];
    const url = ready.find((each) => each === sticky) ?? ready[turn++ % ready.length];
    if (url === undefined)
      return void outgoing.writeHead(502).end(`no instance is ready: ${faults.join("; ")}`);
    const onward = request(url + path, { method, headers, agent }, (answer) => {
      const { connection, "keep-alive": _, ...kept } = answer.headers;
      const cookies = [...(kept["set-cookie"] ?? []), `${STICKY}=${url}; Path=/`];
      answer.pipe(outgoing.writeHead(answer.statusCode ?? 502, { ...kept, "set-cookie": cookies }));
      answer.on("error", () => outgoing.destroy());
    });
    onward.on("error", (error) => outgoing.writeHead(502).end(`${url}: ${error.message}`));
    incoming.pipe(onward);
  };
  const server = createServer({ keepAliveTimeout: 60_000 }, hand);
  server.listen(await freePort(), "127.0.0.1");
  await once(server, "listening");
  let probing: NodeJS.Timeout;
  const probe = async () => {
    const asked = await Promise.all(instances.map(whyNotReady));
    ready = instances.filter((_, index) => asked[index] === null);
    faults = asked.filter((why) => why !== null);
    probing = setTimeout(probe, PROBE_MS);
  };
  await probe();
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      clearTimeout(probing);
      server.closeAllConnections();
      agent.destroy();
      server.close();
    },
  };
}

/** Why an instance wants no requests; null for one that does. */
async function whyNotReady(url: string): Promise<string | null> {
  try {
    const answer = await fetch(`${url}/api/health/ready`);
    return answer.ok ? null : await answer.text();
  } catch (error) {
    return String((error as Error).cause ?? error);
  }
}

/**
 * nginx with a configuration of ours; it asks nobody whether they are ready, and goes on to the next when one is gone.
 * What it keeps idle it gives up before an instance that stops does, or a request would meet a connection that closes.
 */
export async function startNginx(instances: string[]): Promise<Balancer> {
  const folder = mkdtempSync(join(tmpdir(), "sekisho-nginx-"));
  // Its worker is another than root.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const file = join(folder, "nginx.conf");
  writeFileSync(file, configuration(folder, port, instances));
  const child = spawn("nginx", ["-p", folder, "-c", file, "-e", join(folder, "error.log")], {
    stdio: "inherit",
  });
  const url = `http://127.0.0.1:${port}`;
  while (!(await fetch(url).catch(() => null))) if (child.exitCode !== null) throw new Error("nginx ended");
  return {
    url,
    stop: async () => {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whether there is an nginx here. */
export function hasNginx(): boolean {
  return spawnSync("nginx", ["-v"], { stdio: "ignore" }).error === undefined;
}

function configuration(folder: string, port: number, urls: string[]): string {
  const servers = urls.map((url) => `server ${new URL(url).host} max_fails=1 fail_timeout=1s;`).join(" ");
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join(" ");
  return `daemon off; pid ${folder}/pid; worker_processes 1; events { worker_connections 512; }
    http {
      access_log off; ${paths}
      upstream instances { ${servers} keepalive 16; keepalive_timeout 3s; }
      server {
        listen 127.0.0.1:${port};
        location / {
          proxy_pass http://instances; proxy_http_version 1.1;
          proxy_set_header Connection ""; proxy_set_header Host $http_host;
          location /_next/static/ {
            proxy_pass http://instances; proxy_next_upstream error timeout http_404;
          }
        }
      }
    }`;
}
