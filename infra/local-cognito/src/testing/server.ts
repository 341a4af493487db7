import { startCognito } from "../server";

/** A local Cognito in a process of its own, for tests that kill it: prints its address and stays. */
const { url } = await startCognito({ port: 0, dataDir: process.argv[2] ?? "" });
console.log(url);
