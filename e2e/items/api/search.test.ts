import type { Answer } from "../../support/api";
import { nextPage } from "../../support/paging";
import { expectProblem } from "../../support/problem";
import { expect, test } from "../../support/test";
import { newMember } from "../../support/users";

test.describe("a search in items", () => {
  const NAMES = [
    "100% silk",
    "1000 silk",
    "a_b",
    "aXb",
    "back\\slash",
    "Lantern",
    "LANTERN two",
    "提灯",
    "赤い提灯",
    "Été",
  ];

  test("takes every character as it is, upper and lower case alike, and pages", async ({ stack }) => {
    const api = await newMember(stack);
    for (const name of NAMES) await api.post("/api/items", { name });
    const found = async (query: Record<string, string>) => {
      const names: string[] = [];
      let path: string | undefined = `/api/items?${new URLSearchParams({ limit: "1", ...query })}`;
      while (path) {
        const answer: Answer = await api.get(path);
        expect(answer.status, path).toBe(200);
        names.push(...(answer.body as { name: string }[]).map(({ name }) => name));
        path = nextPage(answer);
      }
      return names.sort();
    };
    expect(await found({ contains: "%" })).toEqual(["100% silk"]);
    expect(await found({ contains: "0% " })).toEqual(["100% silk"]);
    expect(await found({ contains: "_" })).toEqual(["a_b"]);
    expect(await found({ contains: "\\" })).toEqual(["back\\slash"]);
    expect(await found({ contains: "lAnTeRn" })).toEqual(["LANTERN two", "Lantern"]);
    expect(await found({ contains: "提灯" })).toEqual(["提灯", "赤い提灯"].sort());
    expect(await found({ contains: "été" })).toEqual(["Été"]);
    expect(await found({ contains: "' or 1=1--" })).toEqual([]);
    expect(await found({ starts_with: "100" })).toEqual(["100% silk", "1000 silk"]);
    expect(await found({ starts_with: "100%" })).toEqual(["100% silk"]);
    expect(await found({ starts_with: "a_" })).toEqual(["a_b"]);
    expect(await found({ starts_with: "提" })).toEqual(["提灯"]);
    expect(await found({ starts_with: "lantern", contains: "TWO" })).toEqual(["LANTERN two"]);
    for (const query of ["contains=", "starts_with=%20", "contains=%00", `contains=${"x".repeat(201)}`]) {
      expectProblem(await api.get(`/api/items?${query}`), 400, "invalid_request");
    }
  });

  // A cursor is a place in the order of the tenant's own list; another filter shows other rows after the same place.
  test("goes on from a cursor of another search, with rows of its own tenant only", async ({ stack }) => {
    const api = await newMember(stack);
    for (const name of ["red 1", "blue 1", "red 2", "blue 2"]) await api.post("/api/items", { name });
    const next = new URL(nextPage(await api.get("/api/items?contains=red&limit=1")) ?? "", api.url);
    next.searchParams.set("contains", "blue");
    const names = ((await api.get(next.pathname + next.search)).body as { name: string }[]).map(
      ({ name }) => name,
    );
    expect(names).toEqual(["blue 1"]);
  });
});
