import { apiOf, signedInPerson } from "../support/person";
import { expectMetOnNextPage } from "../support/session-end";
import { ONCE, test } from "../support/test";

test("a session that ended elsewhere is met by the next page of the list", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  for (let count = 0; count < 51; count += 1) await api.post("/api/alerts", { title: `Smoke ${count}` });
  await expectMetOnNextPage(
    page,
    "/alerts?source=manual",
    page.getByRole("button", { name: t("ui.loadMore") }),
  );
});
