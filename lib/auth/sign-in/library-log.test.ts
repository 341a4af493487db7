import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { libraryLog } from "./library-log";

let written: Record<string, unknown>[] = [];
beforeEach(() => {
  written = [];
  for (const method of ["log", "error"] as const) {
    vi.spyOn(console, method).mockImplementation((line: string) => void written.push(JSON.parse(line)));
  }
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** As NextAuth does it (core/lib/oauth/callback, core/routes/callback) where the address says that it was refused. */
function refuse(query: { error: string; error_description?: string }): void {
  const error = new Error(query.error);
  const { error_description } = query;
  libraryLog.error("OAUTH_CALLBACK_HANDLER_ERROR", {
    error,
    error_description,
    providerId: "cognito",
  } as never);
  libraryLog.error("OAUTH_CALLBACK_ERROR", error);
}

test("a refusal that anybody can make up is one warning, without its words", () => {
  refuse({ error: "canary\nline", error_description: "canary" });
  refuse({ error: "canary" });
  expect(written).toEqual([
    expect.objectContaining({ level: "warn", event: "next_auth.refused", reason: "other" }),
    expect.objectContaining({ level: "warn", event: "next_auth.refused", reason: "other" }),
  ]);
  expect(JSON.stringify(written)).not.toContain("canary");
});

test("a reason that is one of the standard is told", () => {
  refuse({ error: "access_denied", error_description: "Cancelled" });
  expect(written).toEqual([expect.objectContaining({ level: "warn", reason: "access_denied" })]);
});

test("a failure is an error, with what it says", () => {
  libraryLog.error("OAUTH_CALLBACK_ERROR", new Error("the key set cannot be had"));
  expect(written).toEqual([
    expect.objectContaining({
      level: "error",
      error_code: "OAUTH_CALLBACK_ERROR",
      metadata: expect.objectContaining({ message: "the key set cannot be had" }),
    }),
  ]);
});
