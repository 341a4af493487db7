import { z } from "zod";
import { Variables } from "../../lib/env-variables";

// What .env.example is to hold.
const WIDTH = 110;
const { properties = {}, required = [] } = z.toJSONSchema(Variables, { io: "input" });

console.log(`# Everything that the application reads from its environment. An empty variable counts as absent.
# In production: copy this file to .env, or set the same variables any other way. npm run dev needs none of it.
# Made from lib/env-variables.ts: npm run --silent env:example > .env.example
`);
for (const [name, schema] of Object.entries(properties)) {
  // Not for people to set.
  if (typeof schema === "boolean" || schema.description === undefined) continue;
  const isRequired = required.includes(name);
  for (const line of wrapped(`${isRequired ? "Required. " : ""}${schema.description}`))
    console.log(`# ${line}`);
  console.log(isRequired ? `${name}=\n` : `# ${name}=${schema.default ?? ""}\n`);
}

/** In lines of at most WIDTH characters. */
function wrapped(text: string): string[] {
  return text.match(new RegExp(`\\S.{0,${WIDTH - 1}}(?= |$)`, "g")) ?? [];
}
