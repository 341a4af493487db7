import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Setup } from "@sekisho/local-cognito";
import demoPool from "./demo-pool";
import { provision } from "./provision";
import { localSecret } from "./secret";

const { DATA_DIR = ".data", PORT = "3000" } = process.env;

/** What compose.yaml puts into the local Cognito: the demo pool. What the application needs to know is a file beside it. */
const tryOutPool: Setup = {
  ...demoPool,
  fill: async (url) => {
    const appUrl = `http://localhost:${PORT}`;
    const environment = {
      ...(await provision(url, { appUrl })),
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      NEXTAUTH_URL: appUrl,
      NEXTAUTH_SECRET: localSecret(DATA_DIR),
    };
    const lines = Object.entries(environment).map(([name, value]) => `${name}='${value}'\n`);
    writeFileSync(join(DATA_DIR, "environment"), lines.join(""), { mode: 0o600 });
    return `The application will be at ${appUrl}`;
  },
};
export default tryOutPool;
