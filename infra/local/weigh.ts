import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type Browser, chromium as playwright } from "@playwright/test";
import { FEATURES } from "../../lib/features";
import { HOME } from "../../lib/home";
import { chromium } from "./chromium";
import { signIn } from "./demo-person";
import { startStack } from "./stack";

/** How much the pages weigh and how soon they stand, in a real browser with an empty cache on the production build. */
const PAGES = [
  "/signin",
  HOME,
  ...FEATURES.flatMap(({ name, page }) => (page && page.needs !== "operator" ? [`/${name}`] : [])),
  "/account",
];
/** How much of its own a page may bring on top of an empty one, in KB gzipped. */
const ALLOWED_KB = 50;

const SETTLED_MS = 2_000;

type Weighed = {
  path: string;
  scriptKb: number;
  requests: number;
  totalKb: number;
  lcpMs: number;
  cls: number;
  blockedMs: number;
};

const stack = await startStack();
const browser = await playwright.launch(chromium().launchOptions);
try {
  const empty = emptyPageKb();
  console.log(`An empty page of this build: ${empty.toFixed(1)} KB of scripts, gzipped\n`);
  for (const path of PAGES) {
    const { scriptKb, requests, totalKb, lcpMs, cls, blockedMs } = await weigh(browser, path);
    const own = scriptKb - empty;
    console.log(
      `${path.padEnd(9)} ${scriptKb.toFixed(1).padStart(6)} KB scripts (${own.toFixed(1)} above the empty page)  ` +
        `${totalKb.toFixed(0).padStart(4)} KB in ${String(requests).padStart(2)} requests  ` +
        `LCP ${lcpMs.toFixed(0)} ms  CLS ${cls.toFixed(3)}  blocked ${blockedMs.toFixed(0)} ms`,
    );
    if (own > ALLOWED_KB) {
      console.error(`${path} brings more than ${ALLOWED_KB} KB of its own.`);
      process.exitCode = 1;
    }
  }
} finally {
  await browser.close();
  await stack.stop();
}

/** What Next itself sends with every page, also one without a line of script; polyfills not, which only old browsers load. */
function emptyPageKb(): number {
  const manifest = JSON.parse(readFileSync(".next/build-manifest.json", "utf8")) as {
    rootMainFiles: string[];
  };
  return manifest.rootMainFiles.reduce((sum, file) => sum + gzipped(file), 0) / 1024;
}

function gzipped(file: string): number {
  return gzipSync(readFileSync(join(".next", file))).length;
}

async function weigh(browser: Browser, path: string): Promise<Weighed> {
  const context = await browser.newContext({ baseURL: stack.application.url });
  if (path !== "/signin") await signIn(context, "alice@acme.example");
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  await cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
  let bytes = 0;
  let requests = 0;
  cdp.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    requests += 1;
  });
  await page.addInitScript(observe);
  const response = await page.goto(path, { waitUntil: "load" });
  const html = (await response?.text()) ?? "";
  // Those of the page itself: what it fetches ahead for others comes when it stands.
  const scripts = [...html.matchAll(/<script\b(?![^>]*nomodule)[^>]*\bsrc="\/_next\/([^"?]+)/gi)];
  const files = new Set(scripts.map(([, file = ""]) => decodeURIComponent(file)));
  const scriptKb = [...files].reduce((sum, file) => sum + gzipped(file), 0) / 1024;
  const seen = { path, scriptKb, requests, totalKb: bytes / 1024 };
  // What shifts or blocks after the page stands counts too; live pages are never without a request.
  await page.waitForTimeout(SETTLED_MS);
  const { lcp, cls, blocked } = await page.evaluate(() => (window as unknown as Observed).observed);
  await context.close();
  return { ...seen, lcpMs: lcp, cls, blockedMs: blocked };
}

type Observed = { observed: { lcp: number; cls: number; blocked: number } };

/** Runs in the page: the largest paint, the shifts, and how long tasks kept the main thread beyond 50 ms. */
function observe(): void {
  const observed = { lcp: 0, cls: 0, blocked: 0 };
  (window as unknown as Observed).observed = observed;
  // Nothing here has a name: what the compiler adds to keep names is not there in the page.
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value?: number })[]) {
      if (entry.entryType === "largest-contentful-paint") observed.lcp = entry.startTime;
      else if (entry.entryType === "layout-shift") observed.cls += entry.value ?? 0;
      else observed.blocked += Math.max(0, entry.duration - 50);
    }
  }).observe({ entryTypes: ["largest-contentful-paint", "layout-shift", "longtask"] });
}
