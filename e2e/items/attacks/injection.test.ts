import { Item } from "../../../lib/items/contract";
import { sqlTextsOn } from "../../support/sql-texts";
import { expect, test } from "../../support/test";
import { newMember } from "../../support/users";

const TEXTS = sqlTextsOn("items");

test("SQL in an item's name, its description or a search for it is text", async ({ stack }) => {
  const [api, other] = await Promise.all([newMember(stack), newMember(stack)]);
  await other.post("/api/items", { name: "theirs" });
  for (const text of TEXTS) {
    const item = Item.parse((await api.post("/api/items", { name: text, description: text })).body);
    expect(item).toMatchObject({ name: text, description: text });
    const changed = await api.patch(`/api/items/${item.id}`, { description: `${text}!` });
    expect(Item.parse(changed.body).description).toBe(`${text}!`);
    for (const name of ["contains", "starts_with"]) {
      const found = await api.get(`/api/items?${name}=${encodeURIComponent(text)}`);
      expect(Item.array().parse(found.body), `${name} ${text}`).toContainEqual(changed.body);
      expect(found.text).not.toContain("theirs");
    }
  }
  expect((await api.get("/api/items")).body).toHaveLength(TEXTS.length);
  expect((await other.get("/api/items")).body).toMatchObject([{ name: "theirs" }]);
});
