import { Item } from "../../../lib/items/contract";
import { expectProblem } from "../../support/problem";
import { expect, test } from "../../support/test";
import { newMember } from "../../support/users";

const NUL = "\u0000";

test("a malformed item is answered with what was wrong, field by field", async ({ stack }) => {
  const api = await newMember(stack);
  const tooLong = { name: "", description: "x".repeat(2_001) };
  const problem = expectProblem(await api.post("/api/items", tooLong), 400, "invalid_request");
  expect(problem.errors?.map(({ field }) => field)).toEqual(["name", "description"]);
});

test("a name or a description that is none is refused, and leaves the item as it was", async ({ stack }) => {
  const api = await newMember(stack);
  const item = Item.parse((await api.post("/api/items", { name: "Lantern" })).body);
  const bodies = [
    { name: "   " },
    { name: `a${NUL}b` },
    { name: "x", description: NUL },
    { name: "x", description: 1 },
    { name: "x".repeat(201) },
    ...["id", "owner_sub", "version", "created_at", "updated_at"].map((field) => ({
      name: "x",
      [field]: "x",
    })),
  ];
  for (const body of bodies) {
    expectProblem(await api.post("/api/items", body), 400, "invalid_request");
    expectProblem(await api.patch(`/api/items/${item.id}`, body), 400, "invalid_request");
  }
  expect((await api.get("/api/items")).body).toEqual([item]);
});
