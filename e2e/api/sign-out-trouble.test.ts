import { AuditEvent } from "../../lib/audit/contract";
import { Api, login } from "../support/api";
import { cookieOf } from "../support/browser-session";
import { type Fault, withFault } from "../support/cognito-controls";
import { apiOf } from "../support/person";
import { expectProblem } from "../support/problem";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

const FAULTS: Record<string, Omit<Fault, "target">> = {
  slow: { kind: "slow", delayMs: 6_000 },
  error: { kind: "error" },
  reset: { kind: "reset" },
  half: { kind: "half" },
  throttled: { kind: "throttled" },
  hang: { kind: "slow", delayMs: 120_000 },
};

for (const [name, fault] of Object.entries(FAULTS)) {
  test(`a sign-out everywhere under "${name}" holds at once, says that it is not finished, and is finished`, async ({
    stack,
    baseURL,
  }) => {
    const tenant = newTenant();
    const user = await newUser(stack, { tenant });
    const admin = await apiOf(stack, await newUser(stack, { tenant, groups: ["admin"] }));
    const tokens = await login(baseURL, user.email, user.password);
    const Cookie = await cookieOf(baseURL, user);
    const open = new Api(baseURL);
    const api = open.bearer(tokens.access_token);
    const browser = open.with({ Cookie, Origin: baseURL });
    const recorded = async () =>
      AuditEvent.array()
        .parse((await admin.get("/api/audit")).body)
        .map(({ action }) => action)
        .filter((action) => action.startsWith("sign_out."));

    await withFault(stack, { ...fault, target: "AdminUserGlobalSignOut" }, async () => {
      const asked = await api.post("/api/user/logout");
      expect(asked.status, asked.text).toBe(202);
      expect(asked.body).toEqual({ ok: true, finished: false });
      expectProblem(await api.get("/api/user/me"), 401, "invalid_token");
      expectProblem(await browser.get("/api/user/me"), 401, "session_ended");
      expect(await recorded()).toEqual(["sign_out.postponed", "sign_out.everywhere"]);
    });
    // The same token asks again, and is told the truth; it opens nothing else.
    await expect.poll(async () => (await api.post("/api/user/logout")).status).toBe(200);
    expect((await api.post("/api/user/logout")).body).toEqual({ ok: true });
    expect((await browser.post("/api/user/logout")).status).toBe(200);
    expectProblem(await api.get("/api/user/me"), 401, "invalid_token");
    // Whoever finishes it, the application by itself or who asks, does so before it is put on record.
    await expect.poll(recorded).toEqual(["sign_out.finished", "sign_out.postponed", "sign_out.everywhere"]);
    const { refresh_token } = tokens;
    expectProblem(await open.post("/api/user/refresh", { refresh_token }), 401, "session_ended");

    const fresh = await login(baseURL, user.email, user.password);
    expect((await open.bearer(fresh.access_token).get("/api/user/me")).status).toBe(200);
    // It ends nothing that was signed in since.
    expect((await api.post("/api/user/logout")).status).toBe(200);
    expect((await open.bearer(fresh.access_token).get("/api/user/me")).status).toBe(200);
    const renewed = await open.post("/api/user/refresh", { refresh_token: fresh.refresh_token });
    expect(renewed.status).toBe(200);
  });
}
