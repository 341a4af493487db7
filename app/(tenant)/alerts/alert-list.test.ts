import { expect, test } from "vitest";
import type { Alert } from "@/lib/alerts/contract";
import { listOf, renew, settle, take } from "./alert-list";

const alert = (status: Alert["status"], second: number): Alert => ({
  id: "01900000-0000-7000-8000-000000000000",
  title: "Smoke",
  detail: "",
  severity: "info",
  status,
  source: "manual",
  notice: null,
  facts: null,
  tenant_id: "acme",
  owner_sub: "somebody",
  owner: { sub: "somebody", name: null, is_member: true },
  acknowledged: null,
  resolved: null,
  assigned: null,
  comment_count: 0,
  version: second,
  created_at: "2026-01-01T00:00:00.000Z",
  updated_at: `2026-01-01T00:00:0${second}.000Z`,
});

test("rows that come late do not take back what was heard of since they were read", () => {
  const list = listOf([alert("acknowledged", 2)], null);
  expect(renew(list, [alert("open", 1)], null).shown).toEqual([alert("acknowledged", 2)]);
  expect(renew(list, [alert("resolved", 3)], null).shown).toEqual([alert("resolved", 3)]);
  expect(renew(list, [], null).shown).toEqual([]);
});

test("what was on its way when an alert was moved on neither undoes that nor brings it back", () => {
  const [before, moved, again] = [alert("open", 1), alert("acknowledged", 2), alert("open", 3)];
  const kept = settle(listOf([before], null), [moved], {});
  expect(take(kept, [before], {}).shown).toEqual([moved]);
  const filter = { status: "open" } as const;
  const gone = settle(listOf([before], null), [moved], filter);
  expect(take(gone, [before], filter)).toMatchObject({ shown: [], held: [] });
  expect(renew(gone, [before], null).shown).toEqual([]);
  expect(take(gone, [again], filter).held).toEqual([again]);
  expect(renew(gone, [again], null).shown).toEqual([again]);
});

test("of two changes within the same millisecond the later one stays", () => {
  const later = { ...alert("resolved", 2), updated_at: alert("open", 1).updated_at };
  expect(renew(listOf([later], null), [alert("open", 1)], null).shown).toEqual([later]);
});

test("what is heard of belongs to a source as the server says, however either is spelt", () => {
  const heard = { ...alert("open", 1), source: "ＳＥＮＳＯＲ-7" };
  expect(take(listOf([], null), [heard], { source: "sensor-7" }).held).toEqual([heard]);
  expect(take(listOf([], null), [heard], { source: "sensor" }).held).toEqual([]);
});
