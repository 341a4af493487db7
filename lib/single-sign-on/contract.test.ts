import { expect, test } from "vitest";
import { Provider } from "./contract";

const oidc = {
  kind: "oidc",
  issuer: "https://login.acme.example/",
  client_id: "gate",
  client_secret: "s3 cret",
};

test("an issuer is taken without the slash at its end, and told once what is wrong with it", () => {
  expect(Provider.parse(oidc)).toMatchObject({ issuer: "https://login.acme.example" });
  expect(Provider.safeParse({ ...oidc, issuer: "http://10.0.0.1" }).error?.issues).toHaveLength(1);
});

test("an issuer of everybody is none, and Google's only as far as it says that an address is verified", () => {
  const faults = (issuer: string, says_verified = true) =>
    Provider.safeParse({ ...oidc, issuer, says_verified }).error?.issues.map(({ path }) => path.join(".")) ??
    [];
  expect(faults("https://login.microsoftonline.com/common/v2.0")).toEqual(["issuer"]);
  expect(faults("https://gitlab.com")).toEqual(["issuer"]);
  for (const google of ["https://accounts.google.com", "https://ACCOUNTS.google.com/"]) {
    expect([faults(google), faults(google, false)]).toEqual([[], ["says_verified"]]);
  }
  expect(faults("https://login.acme.example", false)).toEqual([]);
});

test.each(["\u0000", "a\nb", "\u202e", "\u2800", "ｇａｔｅ"])(
  "%j is no client id and no secret (RFC 6749, appendix A)",
  (text) => {
    expect(Provider.safeParse({ ...oidc, client_id: text }).success).toBe(false);
    expect(Provider.safeParse({ ...oidc, client_secret: text }).success).toBe(false);
  },
);
