import { expect, test } from "../support/test";

test("the page is found at the address that other products have for it, with all that it says", async ({
  stack,
}) => {
  for (const query of ["", "?test=passed"]) {
    const answer = await fetch(`${stack.application.url}/settings/single-sign-on${query}`, {
      redirect: "manual",
    });
    expect(answer.status).toBe(308);
    const to = new URL(answer.headers.get("location") ?? "", stack.application.url);
    expect(to.href).toBe(`${stack.application.url}/single-sign-on${query}`);
  }
});
