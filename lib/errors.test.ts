import { expect, test, vi } from "vitest";

test("what another copy of these modules throws is known for what it is, as bundles have copies of their own", async () => {
  const copies = async () => {
    vi.resetModules();
    return { ...(await import("./errors")), ...(await import("./db/errors")) };
  };
  const [one, other] = [await copies(), await copies()];
  expect(one.AppError).not.toBe(other.AppError);
  expect(new other.AppError("conflict")).toBeInstanceOf(one.AppError);
  expect(new Error("conflict")).not.toBeInstanceOf(one.AppError);
  const refused = new other.UnfitDatabaseError("The database refuses the login.");
  expect(refused).toBeInstanceOf(one.UnfitDatabaseError);
  expect(refused).not.toBeInstanceOf(one.AppError);
  expect(one.translateDatabaseError(refused)).toMatchObject({ code: "database_unavailable" });
});
