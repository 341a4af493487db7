import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium as playwright } from "@playwright/test";

/** The headless shell first: the same engine without a desktop around it, at a third less of a core. */
const NAMES = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
];

/** The path of a Chromium that can be started here: the system's, else Playwright's own; null when there is none. */
export function findChromium(): string | null {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, playwright.executablePath()].find(isExecutable) ?? null;
}

/** How Playwright starts it. Chromium's sandbox refuses to run as root, which containers often are. */
export function chromium() {
  const executablePath = findChromium();
  const isRoot = process.getuid?.() === 0;
  return {
    launchOptions: {
      ...(executablePath !== null && { executablePath }),
      args: [
        ...(isRoot ? ["--no-sandbox"] : []),
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-quic",
      ],
    },
  };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
