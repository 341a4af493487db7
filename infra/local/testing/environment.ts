import { randomBytes } from "node:crypto";

/**
 * What the Cognito contract was told to try instead of the local one, and with which credentials: only its own
 * tests look at them (see infra/local-cognito/src/contract/target.ts).
 */
const elsewhere = Object.entries(process.env).filter(
  ([name]) => process.env.COGNITO_CONTRACT_ENDPOINT && /^(COGNITO_CONTRACT|AWS)_/.test(name),
);

/** Setup of every test file: a whole environment, whatever the machine's own variables say. */
for (const name of Object.keys(process.env)) {
  if (
    /^(COGNITO|TENANT|MULTI_TENANT|CORS|NEXTAUTH|SESSION|SIGN_IN|TRUSTED|DATABASE|DATA_DIR|NEXT_PHASE|AWS)/.test(
      name,
    )
  )
    delete process.env[name];
}
Object.assign(process.env, {
  AWS_REGION: "ap-northeast-1",
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local",
  COGNITO_USER_POOL_ID: "ap-northeast-1_Test00001",
  COGNITO_APP_CLIENT_ID: "testclient",
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  // Nobody listens there: no test talks to AWS by accident.
  COGNITO_ENDPOINT: "http://127.0.0.1:1",
  NEXTAUTH_URL: "http://localhost:3000",
  NEXTAUTH_SECRET: randomBytes(33).toString("hex"),
  ...Object.fromEntries(elsewhere),
});
