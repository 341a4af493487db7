import { Alert } from "../../../lib/alerts/contract";
import { expectProblem } from "../../support/problem";
import { expect, test } from "../../support/test";
import { newMember } from "../../support/users";

test.describe("alerts", () => {
  test("are raised open, listed by status and severity, only move forward, and are opened again", async ({
    stack,
  }) => {
    const api = await newMember(stack);
    const raised = await api.post("/api/alerts", {
      title: "Smoke",
      severity: "critical",
      detail: "Gate 2",
      source: "sensor",
    });
    const alert = Alert.parse(raised.body);
    expect(raised.status).toBe(201);
    expect(raised.headers.get("location")).toBe(`/api/alerts/${alert.id}`);
    expect(alert).toMatchObject({
      title: "Smoke",
      severity: "critical",
      status: "open",
      detail: "Gate 2",
      source: "sensor",
    });
    const path = `/api/alerts/${alert.id}`;

    expect((await api.patch(path, { status: "acknowledged" })).body).toMatchObject({
      status: "acknowledged",
    });
    expectProblem(await api.patch(path, { status: "open" }), 409, "conflict");
    expect((await api.patch(path, { status: "acknowledged" })).status).toBe(200);
    expect((await api.patch(path, { status: "resolved" })).body).toMatchObject({ status: "resolved" });
    expectProblem(await api.patch(path, { status: "acknowledged" }), 409, "conflict");
    expect((await api.get(path)).body).toMatchObject({ status: "resolved" });
    expect((await api.patch(path, { status: "open" })).body).toMatchObject({
      status: "open",
      acknowledged: null,
      resolved: null,
    });
    expect((await api.patch(path, { status: "resolved" })).status).toBe(200);

    const other = Alert.parse((await api.post("/api/alerts", { title: "Noise" })).body);
    expect(other).toMatchObject({ severity: "info", source: "manual", detail: "" });
    const ids = async (query: string) =>
      Alert.array()
        .parse((await api.get(`/api/alerts${query}`)).body)
        .filter(({ source }) => source !== "sign-in")
        .map(({ id }) => id);
    expect(await ids("")).toEqual([other.id, alert.id]);
    expect(await ids("?status=open")).toEqual([other.id]);
    expect(await ids("?status=resolved&severity=critical")).toEqual([alert.id]);
    expect(await ids("?status=resolved&severity=info")).toEqual([]);
    expect(await ids("?raised_since=2026-01-01")).toEqual([other.id, alert.id]);
    expect(await ids("?raised_since=9999-01-01")).toEqual([]);
    expectProblem(await api.get("/api/alerts?status=gone"), 400, "invalid_request");
  });

  test("keep their filter from page to page", async ({ stack }) => {
    const api = await newMember(stack);
    for (const severity of ["critical", "info", "critical", "info", "critical"]) {
      await api.post("/api/alerts", { title: severity, severity });
    }
    const first = await api.get("/api/alerts?severity=critical&limit=2");
    const next = /^<([^>]+)>/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
    const second = await api.get(next);
    expect(
      Alert.array()
        .parse(second.body)
        .map(({ severity }) => severity),
    ).toEqual(["critical"]);
    expect(second.headers.get("link")).toBeNull();
  });
});
