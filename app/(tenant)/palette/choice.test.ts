import { expect, test } from "vitest";
import { addressOf, fitting } from "./choice";

const CHOICES = ["Home", "New item", "Items", "ＡＵＤＩＴ log"].map((label) => ({
  id: label,
  label,
  href: "/",
}));
const found = (typed: string) => fitting(CHOICES, typed).map(({ label }) => label);

test("every word that was typed must be there, in any order, case and width", () => {
  expect(found("item")).toEqual(["New item", "Items"]);
  expect(found("ITEM new")).toEqual(["New item"]);
  expect(found("audit")).toEqual(["ＡＵＤＩＴ log"]);
  expect(found("nothing")).toEqual([]);
});

test("nothing typed fits everything", () => {
  expect(found("  ")).toHaveLength(CHOICES.length);
});

test("what a row says stays a value in its address", () => {
  const row = { name: "a&thing=b/../#c", id: "7" };
  const address = new URL(addressOf("/things?q={name}&thing={id}", row), "http://localhost");
  expect(address.pathname).toBe("/things");
  expect([...address.searchParams]).toEqual([
    ["q", row.name],
    ["thing", "7"],
  ]);
});
