import { AdminResetUserPasswordCommand } from "@aws-sdk/client-cognito-identity-provider";
import { Api, login } from "../support/api";
import { openSession } from "../support/browser-session";
import { later } from "../support/cognito-controls";
import { newestCode } from "../support/mailbox";
import { apiOf } from "../support/person";
import { expectProblem, withoutRequestId } from "../support/problem";
import { expect, test } from "../support/test";
import { newTenant, newUser, withCognito } from "../support/users";

const WRONG_CODE = "This code is not right, or too old. Ask for a new one.";

test.describe("by JSON", () => {
  test("known, unknown, disabled and unfinished accounts are answered with the same bytes", async ({
    stack,
    baseURL,
  }) => {
    const api = new Api(baseURL);
    const emails = [
      (await newUser(stack, {})).email,
      (await newUser(stack, { disabled: true })).email,
      (await newUser(stack, { temporary: true })).email,
      "unknown@people.example",
    ];
    const answers = await Promise.all(
      emails.map(async (email) => {
        const asked = await api.post("/api/user/forgot-password", { email });
        const body = { email, code: "000000", new_password: "Chosen-Passw0rd!" };
        const tried = await api.post("/api/user/reset-password", body);
        return [withoutRequestId(asked), withoutRequestId(tried)];
      }),
    );
    expect(answers[0]?.[0]).toMatchObject({ status: 200, text: '{"ok":true}' });
    expect(answers[0]?.[1]).toMatchObject({ status: 400 });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  test("that a password was reset is told with that password alone; any other is answered as a stranger's", async ({
    stack,
    baseURL,
  }) => {
    const user = await newUser(stack, {});
    const stranger = { email: `unknown-${crypto.randomUUID()}@people.example`, password: user.password };
    await withCognito(stack, (client, UserPoolId) =>
      client.send(new AdminResetUserPasswordCommand({ UserPoolId, Username: user.email })),
    );
    const api = new Api(baseURL);
    const guessed = await api.post("/api/user/login", { ...user, password: "Wr0ng!password" });
    expect(withoutRequestId(guessed)).toEqual(withoutRequestId(await api.post("/api/user/login", stranger)));
    expectProblem(guessed, 401, "invalid_credentials");
    expectProblem(await api.post("/api/user/login", user), 401, "password_reset_required");
  });

  test("a code works once, not late and for nobody else", async ({ stack, baseURL }) => {
    const [user, other] = [await newUser(stack, {}), await newUser(stack, {})];
    const api = new Api(baseURL);
    await api.post("/api/user/forgot-password", { email: user.email });
    const body = {
      email: user.email,
      code: await newestCode(stack, user.email),
      new_password: `Chosen-${crypto.randomUUID()}`,
    };
    const refused = async (what: object) =>
      expectProblem(await api.post("/api/user/reset-password", what), 400, "code_rejected").errors;
    expect(await refused({ ...body, email: other.email })).toEqual([
      { field: "code", code: "old_code", message: WRONG_CODE },
    ]);
    await later(stack, 2 * 3_600, () => refused(body));
    expect((await api.post("/api/user/reset-password", body)).status).toBe(200);
    await refused(body);
    await login(baseURL, user.email, body.new_password);
    await login(baseURL, other.email, other.password);
  });
});

test("by JSON the same, for an access token and for nobody else", async ({ stack, baseURL }) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const api = await apiOf(stack, user);
  const change = (old_password: string, new_password: string) =>
    api.post("/api/user/change-password", { old_password, new_password });
  const wrong = expectProblem(await change("Wr0ng!password", "Chosen-Passw0rd!"), 401, "invalid_credentials");
  expect(wrong.errors).toEqual([
    { field: "old_password", code: "wrong_password", message: "This is not your password." },
  ]);
  const weak = expectProblem(await change(user.password, "weak"), 400, "password_rejected");
  expect(weak.errors).toEqual([
    { field: "new_password", code: "password_short", message: "Password not long enough" },
  ]);
  const { id_token } = await login(baseURL, user.email, user.password);
  const body = { old_password: user.password, new_password: "Chosen-Passw0rd!" };
  const anybody = new Api(baseURL);
  expectProblem(
    await anybody.post("/api/user/change-password", body, { Origin: baseURL }),
    401,
    "missing_token",
  );
  expectProblem(
    await anybody.bearer(id_token).post("/api/user/change-password", body),
    401,
    "wrong_token_use",
  );
  expect((await change(user.password, "Chosen-Passw0rd!")).status).toBe(200);
  await openSession(baseURL, user.email, "Chosen-Passw0rd!");
});
