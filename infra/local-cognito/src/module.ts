import { pathToFileURL } from "node:url";
import { OptionError } from "./server-options";

/**
 * What a module of somebody's exports: JavaScript, or TypeScript where Node reads it (22.18) or tsx is installed.
 * @throws OptionError where there is no such file, or nothing that reads it
 */
export async function moduleAt(path: string): Promise<Record<string, unknown>> {
  const url = pathToFileURL(path).href;
  try {
    return await import(url);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ERR_MODULE_NOT_FOUND" && String(error).includes(path)) {
      throw new OptionError(`There is no module ${path}.`);
    }
    if (code !== "ERR_UNKNOWN_FILE_EXTENSION") throw error;
    await readTypeScript(path);
    return await import(url);
  }
}

async function readTypeScript(path: string): Promise<void> {
  try {
    const { register } = await import("tsx/esm/api");
    register();
  } catch {
    throw new OptionError(
      `${path} is TypeScript: it needs Node 22.18, or tsx installed beside the local Cognito.`,
    );
  }
}
