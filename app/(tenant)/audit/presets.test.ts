import { expect, test } from "vitest";
import { ListAudit } from "@/lib/features";
import { presetsAt } from "./presets";

test("one looks back an hour, to the beginning of the day and over a week, by what the log can be asked for", () => {
  const presets = presetsAt(new Date("2026-11-29T00:30:40Z"));
  expect(Object.fromEntries(presets.map(({ key, from }) => [key, from]))).toEqual({
    lastHour: "2026-11-28T23:30:00.000Z",
    today: "2026-11-29",
    lastDays: "2026-11-23",
  });
  // As they come back from the address, so that the one in use is marked.
  for (const { from } of presets) expect(ListAudit.parse({ from }).from).toBe(from);
});
