import { expect, test, vi } from "vitest";
import { newEmail } from "../../../infra/local/testing/cognito-user";
import { provideCognito } from "../../../infra/local/testing/provide-cognito";
import { AppError } from "../../errors";
import { PEER_HEADER } from "../limits/client-address";

vi.stubEnv("SIGN_IN_TRIES_PER_ADDRESS", "2");
const cognito = await provideCognito();
const { askForPasskey } = await import("./passkey");

test("whoever asks for passkeys of ever more people is stopped before Cognito is asked, and nobody elsewhere", async () => {
  const ask = (address: string) => {
    const headers = new Headers({ [PEER_HEADER]: address });
    return askForPasskey({ headers, jar: { get: () => undefined } }, { email: newEmail() }).then(
      ({ name }) => name,
      (error) => (error instanceof AppError ? error.code : error),
    );
  };
  for (let i = 0; i < 8; i++) expect(await ask("198.51.100.7")).toBe("WEB_AUTHN");
  cognito.calls = [];
  expect(await ask("198.51.100.7")).toBe("rate_limited");
  expect(cognito.calls).toEqual([]);
  expect(await ask("203.0.113.9")).toBe("WEB_AUTHN");
});
