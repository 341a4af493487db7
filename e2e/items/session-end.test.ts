import { apiOf, signedInPerson } from "../support/person";
import { expectMetOnNextPage } from "../support/session-end";
import { ONCE, test } from "../support/test";
import { addNumbered } from "./rows";

test("a session that ended elsewhere is met by the next page of the list", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  await addNumbered(await apiOf(stack, await signedInPerson(page, stack)), 51);
  await expectMetOnNextPage(page, "/items", page.getByRole("button", { name: t("ui.loadMore") }));
});
