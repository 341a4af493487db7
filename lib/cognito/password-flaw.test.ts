import { CognitoIdentityProviderServiceException } from "@aws-sdk/client-cognito-identity-provider";
import { expect, test } from "vitest";
import { passwordFlaw } from "./password-flaw";

function refusal(name: string, message: string): Error {
  return new CognitoIdentityProviderServiceException({ name, message, $fault: "client", $metadata: {} });
}

test.each([
  ["Password did not conform with policy: Password not long enough", "password_short"],
  [
    "Password did not conform with password policy: Password must have uppercase characters",
    "password_uppercase",
  ],
  ["Password did not conform with policy: Password must have lowercase characters", "password_lowercase"],
  ["Password did not conform with policy: Password must have numeric characters", "password_number"],
  ["Password did not conform with policy: Password must have symbol characters", "password_symbol"],
  ["Provided password cannot be used for security reasons.", "password_leaked"],
  ["something that nobody has thought of", "password"],
])("%s: %s", (message, flaw) => {
  expect(passwordFlaw(refusal("InvalidPasswordException", message))).toBe(flaw);
});

test("a password of before is told by the name of the exception alone", () => {
  expect(passwordFlaw(refusal("PasswordHistoryPolicyViolationException", ""))).toBe("password_used");
});

test("what is no password's fault is none, whatever it says", () => {
  expect(passwordFlaw(refusal("CodeMismatchException", "Password not long enough"))).toBeNull();
  expect(passwordFlaw(new Error("Password not long enough"))).toBeNull();
});
