import { Alert } from "../../../lib/alerts/contract";
import { sqlTextsOn } from "../../support/sql-texts";
import { expect, test } from "../../support/test";
import { newMember } from "../../support/users";

test("SQL in an alert's title, its source or a search for it is text", async ({ stack }) => {
  const [api, other] = await Promise.all([newMember(stack), newMember(stack)]);
  await other.post("/api/alerts", { title: "theirs" });
  for (const text of sqlTextsOn("alerts")) {
    const alert = Alert.parse((await api.post("/api/alerts", { title: text, source: text })).body);
    expect(alert).toMatchObject({ title: text, source: text });
    const found = await api.get(`/api/alerts?source=${encodeURIComponent(text)}`);
    expect(Alert.array().parse(found.body), text).toEqual([alert]);
  }
  expect((await other.get("/api/alerts")).text).toContain("theirs");
});
