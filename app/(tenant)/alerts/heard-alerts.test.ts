import { expect, test } from "vitest";
import type { Alert } from "@/lib/alerts/contract";
import { HeardAlerts } from "./heard-alerts";

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 1, second)).toISOString();
const alert = (id: string, second: number) => ({ id, updated_at: at(second) }) as Alert;

test("a tab that comes later is told what changed since, each alert once and as it is now", () => {
  const heard = new HeardAlerts(at(0));
  heard.take([alert("smoke", 1), alert("noise", 20)], at(20));
  heard.take([alert("smoke", 40)], at(40));
  expect(heard.changedSince(at(39))).toEqual([alert("smoke", 40)]);
  // What shows later than its time says is told as well.
  expect(heard.changedSince(at(30))).toEqual([alert("smoke", 40), alert("noise", 20)]);
  expect(heard.changedSince(at(59))).toEqual([]);
});

test("what was before all that was heard, or was too much, is for the server to tell", () => {
  const heard = new HeardAlerts(at(10));
  expect(heard.changedSince(at(9))).toBeNull();
  heard.take(
    Array.from({ length: 201 }, (_, index) => alert(String(index), 20)),
    at(20),
  );
  expect(heard.changedSince(at(19))).toBeNull();
  expect(heard.changedSince(at(20))).toEqual([]);
  heard.forget(at(30));
  expect(heard.changedSince(at(29))).toBeNull();
});
