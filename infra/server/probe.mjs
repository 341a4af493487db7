// @ts-check
// For `HEALTHCHECK` and its like: ends with 0 while the process beside it answers, else with 1. Images have no curl.
try {
  const { ok } = await fetch(`http://127.0.0.1:${process.env.PORT || 3000}/api/health/live`, {
    signal: AbortSignal.timeout(4_000),
  });
  process.exit(ok ? 0 : 1);
} catch {
  // Refused, reset or too late: whatever it was, it is not alive.
  process.exit(1);
}
