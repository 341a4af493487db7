import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Calls that prove themselves by a token, a session or a code, and that IAM is not asked about. */
const UNSIGNED = new Set(
  `AssociateSoftwareToken ChangePassword CompleteWebAuthnRegistration ConfirmForgotPassword DeleteWebAuthnCredential
  ForgotPassword GetTokensFromRefreshToken GetUser GlobalSignOut InitiateAuth ListWebAuthnCredentials
  RespondToAuthChallenge RevokeToken StartWebAuthnRegistration UpdateUserAttributes VerifySoftwareToken`.split(
    /\s+/,
  ),
);

/** Every operation of Cognito that a source under lib/ imports the command of. */
function operationsCalled(): Set<string> {
  const sources = readdirSync(join(root, "lib"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => readFileSync(join(root, "lib", name), "utf8"));
  const imports = sources.flatMap((text) => [
    ...text.matchAll(/import \{([^}]*)\} from "@aws-sdk\/client-cognito-identity-provider"/g),
  ]);
  const names = imports.flatMap(([, list = ""]) => [...list.matchAll(/\b([A-Z]\w+)Command\b/g)]);
  return new Set(names.map(([, name = ""]) => name));
}

const called = operationsCalled();
const iam = readFileSync(join(root, "infra/terraform/iam.tf"), "utf8");
const list = [...iam.matchAll(/\b(?:app|single_sign_on)_actions = \[([^\]]*)\]/g)]
  .map(([, names]) => names)
  .join();
const permitted = [...list.matchAll(/"(\w+)"/g)].map(([, name = ""]) => name);

it("the application's role may make every signed call that the application makes", () => {
  expect(called.size).toBeGreaterThan(8);
  const signed = [...called].filter((name) => !UNSIGNED.has(name));
  expect(signed.filter((name) => !permitted.includes(name))).toEqual([]);
});

it("and no other", () => {
  expect(permitted.filter((name) => !called.has(name))).toEqual([]);
});

it("an operation that needs no signature is not permitted for nothing", () => {
  expect(permitted.filter((name) => UNSIGNED.has(name))).toEqual([]);
});
