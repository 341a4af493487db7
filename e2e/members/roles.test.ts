import { AdminListGroupsForUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import { FEATURES } from "../../lib/features";
import { Member } from "../../lib/members/contract";
import { isOfTenant, type Operation } from "../../lib/operation";
import { GIVEN_ROLES, may, rankOf } from "../../lib/roles";
import { Api, login } from "../support/api";
import { apiOf, openSessionIn } from "../support/person";
import { expect, test } from "../support/test";
import { newTenant, newUser, withCognito } from "../support/users";

/** What can be asked of the house with no id and no body: the lists. */
const LISTS = FEATURES.flatMap(({ operations }): Operation[] => Object.values(operations)).filter(
  ({ method, path, answer }) => method === "GET" && !path.includes("{") && answer.headers?.includes("Link"),
);

for (const role of GIVEN_ROLES) {
  test(`the role ${role} is given, shown, holds for every list, and is taken away at once`, async ({
    page,
    stack,
    t,
  }) => {
    const tenant = newTenant();
    const [admin, person] = [
      await newUser(stack, { tenant, groups: ["admin"] }),
      await newUser(stack, { tenant, groups: [role === "viewer" ? "member" : "viewer"] }),
    ];
    const api = await apiOf(stack, admin);
    const found = await api.get(`/api/members?${new URLSearchParams({ q: person.email })}`);
    const [{ id }] = Member.array().length(1).parse(found.body) as [Member];
    expect((await api.patch(`/api/members/${id}`, { role })).body).toMatchObject({ id, role });
    const { Groups } = await withCognito(stack, (client, UserPoolId) =>
      client.send(new AdminListGroupsForUserCommand({ UserPoolId, Username: person.email })),
    );
    expect(Groups?.map(({ GroupName }) => GroupName)).toEqual([role]);

    const { access_token } = await login(stack.application.url, person.email, person.password);
    const theirs = new Api(stack.application.url).bearer(access_token);
    for (const { path, access } of LISTS) {
      const isAllowed = isOfTenant(access) ? may(role, access) : access !== "operator";
      expect((await theirs.get(path)).status, path).toBe(isAllowed ? 200 : 403);
    }

    await openSessionIn(page.context(), stack.application.url, admin);
    await page.goto(`/members?${new URLSearchParams({ q: person.email })}`);
    const row = page.getByRole("main").getByRole("listitem").filter({ hasText: person.email });
    await expect(row).toContainText(t(`roles.${role}`));
    await expect(
      page.getByLabel(t("members.role"), { exact: true }).locator(`option[value=${role}]`),
    ).toHaveText(t(`roles.${role}`));

    const [lowest] = GIVEN_ROLES;
    if (rankOf(role) === rankOf(lowest)) return;
    expect((await api.patch(`/api/members/${id}`, { role: lowest })).status).toBe(200);
    expect((await theirs.get("/api/user/me")).status).toBe(401);
  });
}
