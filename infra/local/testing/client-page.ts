import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, chromium as playwright } from "@playwright/test";
import { chromium } from "../chromium";

/** A page that is none of Cognito's, as an application's is, and Chromium to open it with. */
export interface ClientPage {
  /** `http://localhost:PORT`, for every path of which there is the same page. */
  origin: string;
  browser: Browser;
  /** From now on the page has this script. */
  serve(script: string): void;
  close(): Promise<void>;
}

/** @param flags more of Chromium's */
export async function openClientPage(...flags: string[]): Promise<ClientPage> {
  let served = "";
  const server = createServer(({ url }, response) => {
    const isScript = url === "/client.js";
    response.setHeader("content-type", `${isScript ? "text/javascript" : "text/html"}; charset=utf-8`);
    response.end(
      isScript ? served : '<!doctype html><title>Client</title><script src="/client.js"></script>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { launchOptions } = chromium();
  const browser = await playwright.launch({ ...launchOptions, args: [...launchOptions.args, ...flags] });
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    browser,
    serve: (script) => {
      served = script;
    },
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
