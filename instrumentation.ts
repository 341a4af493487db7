/** Next calls this once, before the server takes requests. */
export async function register(): Promise<void> {
  // Next needs this very expression to leave the import out of the edge build.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { keepFinishing, keepKeepingHouse, openFrontDoor, refuseUnfitStart } = await import("./lib/start");
    await refuseUnfitStart();
    keepFinishing();
    keepKeepingHouse();
    openFrontDoor();
  }
}
