import { expect, test } from "vitest";
import { makeTenant } from "../../infra/local/testing/tenant";
import type { Caller } from "../auth/access/identify";
import { env } from "../env";
import { ownAccessToken, refuseHostedUi } from "./own-access-token";

/** A script that brings a token of this app client. */
function callerWith(clientId: string | undefined): Caller {
  const principal = { ...makeTenant().principal, clientId: String(clientId) };
  return { principal, accessToken: "token", session: null, address: null };
}

test("a token that the Hosted UI handed out changes nothing of an account, wherever it is brought from", () => {
  Object.assign(process.env, { COGNITO_WEB_CLIENT_ID: "webclient", COGNITO_DOMAIN: "http://127.0.0.1:1" });
  const { COGNITO_APP_CLIENT_ID, COGNITO_WEB_CLIENT_ID } = env();
  for (const change of [ownAccessToken, refuseHostedUi]) {
    expect(() => change(callerWith(COGNITO_WEB_CLIENT_ID))).toThrow(
      expect.objectContaining({ code: "conflict" }),
    );
    expect(() => change(callerWith(COGNITO_APP_CLIENT_ID))).not.toThrow();
  }
});
