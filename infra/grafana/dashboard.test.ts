import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { METRICS } from "../../lib/telemetry/metrics";
import { openTelemetry } from "../../lib/telemetry/open";
import { count, gauge, telemetry } from "../../lib/telemetry/telemetry";
import { TELEMETRY_VARIABLES } from "../../lib/telemetry/variables";
import { freePort } from "../local/ports";

type Panel = { title: string; description?: string; targets?: { expr: string }[] };
const { panels } = JSON.parse(readFileSync("infra/grafana/dashboard.json", "utf8")) as { panels: Panel[] };

/** A name before its labels; what PromQL calls itself stands before brackets. */
const NAME = /\b([a-z][a-z0-9_]{4,})\{/g;

/** What Prometheus reads where everything that is measured has happened once. */
let read: string;
beforeAll(async () => {
  const port = await freePort();
  const settings = z.object(TELEMETRY_VARIABLES).parse({
    OTEL_METRICS_EXPORTER: "prometheus",
    OTEL_EXPORTER_PROMETHEUS_HOST: "127.0.0.1",
    OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
  });
  await openTelemetry(settings, expect.fail);
  for (const name of namesOf("counter")) count(name);
  for (const name of namesOf("duration")) telemetry()?.record(name, 1, {});
  for (const name of namesOf("gauge")) gauge(name, () => [{ value: 1 }]);
  read = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
});
afterAll(async () => {
  await telemetry()?.close();
  Reflect.deleteProperty(globalThis, "sekishoTelemetry");
});

type Name<Kind> = {
  [Each in keyof typeof METRICS]: (typeof METRICS)[Each]["kind"] extends Kind ? Each : never;
}[keyof typeof METRICS];
function namesOf<Kind extends string>(kind: Kind): Name<Kind>[] {
  return Object.entries(METRICS).flatMap(([name, metric]) =>
    metric.kind === kind ? [name as Name<Kind>] : [],
  );
}

test("every metric that the dashboard names is one that there is", () => {
  const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  const named = new Set(expressions.flatMap((each) => [...each.matchAll(NAME)].map(([, name]) => name)));
  expect(named.size).toBeGreaterThan(15);
  const lines = read.split("\n");
  const isThere = (name?: string) => lines.some((line) => line.replace(/[ {].*/, "") === name);
  expect([...named].filter((name) => !isThere(name))).toEqual([]);
});

test("and everything that is measured is on it", () => {
  const all = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)).join("\n");
  const missing = Object.keys(METRICS).filter((name) => !all.includes(name.replace(/[.-]/g, "_")));
  expect(missing).toEqual([]);
});

test("each graph says what to make of it", () => {
  const silent = panels.filter(({ targets, description }) => targets && !description);
  expect(silent.map(({ title }) => title)).toEqual([]);
});
