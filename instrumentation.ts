import type { Instrumentation } from "next";

/** Next calls this once, before the server takes requests. */
export async function register(): Promise<void> {
  // Next needs this very expression to leave the import out of the edge build.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const start = await import("./lib/start");
    await start.refuseUnfitStart();
    start.keepFinishing();
    start.keepKeepingHouse();
    start.keepDeleting();
    start.openFrontDoor();
    void start.giveDemoData();
  }
}

/** Next calls this for what a page throws, before it answers 500, and prints nothing of it itself (infra/server). */
export const onRequestError: Instrumentation.onRequestError = async (error) => {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { pageFailed } = await import("./lib/http/page-failed");
    pageFailed(error);
  }
};
