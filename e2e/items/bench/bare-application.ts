import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type Application,
  type Environment,
  stopProcess,
  untilAnswers,
} from "../../../infra/local/application";
import { linkFolder } from "../../../infra/local/link-folder";
import { freePort } from "../../../infra/local/ports";

const CONFIG = `export default {
  agentRules: false,
  poweredByHeader: false,
  typescript: { ignoreBuildErrors: true },
};`;

/**
 * Builds and starts what is compared with: two handlers and a page on the same Next, driver and verifier, and nothing else.
 * In a temporary folder with the same dependencies: from inside this one, Next would find our middleware.
 *
 * @param source its folder.
 * @throws Error when it cannot be built.
 */
export async function startBareApplication(source: URL, environment: Environment): Promise<Application> {
  const folder = mkdtempSync(join(tmpdir(), "sekisho-bare-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    cpSync(fileURLToPath(source), folder, { recursive: true });
    linkFolder(resolve("node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "next.config.mjs"), CONFIG);
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    let said = "";
    const run = (args: string[]) => {
      const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...environment };
      const child = spawn(process.execPath, ["node_modules/next/dist/bin/next", ...args], {
        cwd: folder,
        env,
      });
      for (const output of [child.stdout, child.stderr]) output?.on("data", (chunk) => (said += chunk));
      return child;
    };
    const build = run(["build"]);
    const [code] = await once(build, "exit");
    if (code !== 0) throw new Error(`The bare application was not built.\n${said}`);
    const port = await freePort();
    const child = run(["start", "-p", String(port), "-H", "127.0.0.1"]);
    await untilAnswers(`http://127.0.0.1:${port}/bare`, child, () => said);
    const stop = async () => {
      await stopProcess(child);
      remove();
    };
    return { url: `http://127.0.0.1:${port}`, process: child, output: () => said, stop };
  } catch (error) {
    remove();
    throw error;
  }
}
