import "./quiet-sdk";
import type { Setup } from "@sekisho/local-cognito";
import { demoSoftwareTokenSecret } from "./demo-users";
import { DEMO_PASSWORD, DEMO_USERS, type PoolEnvironment, provision } from "./provision";
import { triggers } from "./triggers";

/** What `npm run cognito` puts into the local Cognito: the pool of the application, with the demo users. */
const demoPool: Setup = {
  triggers,
  softwareTokenSecret: demoSoftwareTokenSecret,
  requirePkce: true,
  fill: async (url) => summary(await provision(url)),
};
export default demoPool;

function summary(environment: PoolEnvironment): string {
  const users = DEMO_USERS.map(({ email, note }) => `  ${email.padEnd(22)} ${note}`);
  return [
    ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    "",
    `Demo users, password ${DEMO_PASSWORD}`,
    ...users,
    "",
    "Try it:",
    "AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x aws cognito-idp admin-initiate-auth \\",
    `  --endpoint-url ${environment.COGNITO_ENDPOINT} --region ${environment.AWS_REGION} \\`,
    `  --user-pool-id ${environment.COGNITO_USER_POOL_ID} --client-id ${environment.COGNITO_APP_CLIENT_ID} \\`,
    `  --auth-flow ADMIN_USER_PASSWORD_AUTH --auth-parameters 'USERNAME=bob@acme.example,PASSWORD=${DEMO_PASSWORD}'`,
  ].join("\n");
}
