import { parseArgs } from "node:util";
import { z } from "zod";
import { people } from "./mock-provider/people-format";
import { DEFAULT_REGION } from "./model/pool";
import { OptionError, type ServerOptions } from "./server-options";

interface Option {
  flag: string;
  variable: string;
  /** What counts when nothing is said, for people. */
  fallback: string;
  meaning: string;
  schema: z.ZodType;
  /** The end of "must …". */
  must: string;
}

const text = z.string().min(1);
const flag = z.union([
  z.boolean(),
  z.enum(["1", "true"]).transform(() => true),
  z.enum(["0", "false"]).transform(() => false),
]);
const host = text.regex(/^(?:[\w-]+(?:\.[\w-]+)*|\[?[\da-f:.]+\]?)$/i).toLowerCase();
const base = z
  .url({ protocol: /^https?$/ })
  .regex(/^[^?#@]*$/)
  .transform((url) => url.replace(/\/+$/, ""));
const origin = base.refine((url) => URL.canParse(url) && new URL(url).pathname === "/");

/** Every option, in the order of the README's table, which is made of this. */
export const OPTIONS: Record<keyof ServerOptions, Option> = {
  port: {
    flag: "port",
    variable: "COGNITO_LOCAL_PORT",
    fallback: "9229",
    meaning: "0 takes a free one",
    schema: z.coerce.number().int().min(0).max(65_535),
    must: "be a port number",
  },
  dataDir: {
    flag: "data-dir",
    variable: "DATA_DIR",
    fallback: ".data",
    meaning: "the state is in `cognito/` below; the argument is that folder itself",
    schema: text,
    must: "be a folder",
  },
  host: {
    flag: "host",
    variable: "COGNITO_LOCAL_HOST",
    fallback: "127.0.0.1 and ::1",
    meaning: "the address to listen on; beyond loopback with a warning",
    schema: host.transform((name) => name.replace(/^\[|\]$/g, "")),
    must: "be a host name or an address",
  },
  allowedHosts: {
    flag: "allowed-hosts",
    variable: "COGNITO_LOCAL_ALLOWED_HOSTS",
    fallback: "loopback names",
    meaning:
      "more names to answer to, with commas between; those of `host`, `public-url` and `issuer` are among them",
    schema: z.union([
      z.array(host),
      text.transform((names) => names.split(",").map((name) => name.trim())).pipe(z.array(host)),
    ]),
    must: "be host names without ports",
  },
  publicUrl: {
    flag: "public-url",
    variable: "COGNITO_LOCAL_PUBLIC_URL",
    fallback: "where it listens",
    meaning: "where browsers find it: `https://login.test`",
    schema: origin,
    must: "be an http or https address without a path",
  },
  issuer: {
    flag: "issuer",
    variable: "COGNITO_LOCAL_ISSUER",
    fallback: "the public URL",
    meaning: "where servers find it, and the issuer of its tokens before `/<pool id>`: `http://cognito:9229`",
    schema: base,
    must: "be an http or https address",
  },
  region: {
    flag: "region",
    variable: "COGNITO_LOCAL_REGION",
    fallback: DEFAULT_REGION,
    meaning: "of new pools",
    schema: text.regex(/^[a-z][a-z\d-]{1,30}$/),
    must: "be a region such as eu-west-1",
  },
  accountId: {
    flag: "account-id",
    variable: "COGNITO_LOCAL_ACCOUNT_ID",
    fallback: "000000000000",
    meaning: "the AWS account in ARNs",
    schema: text.regex(/^\d{12}$/),
    must: "be twelve digits",
  },
  tlsCert: {
    flag: "tls-cert",
    variable: "COGNITO_LOCAL_TLS_CERT",
    fallback: "http",
    meaning: "a file with the certificate to speak https with (PEM)",
    schema: text,
    must: "be a file",
  },
  tlsKey: {
    flag: "tls-key",
    variable: "COGNITO_LOCAL_TLS_KEY",
    fallback: "",
    meaning: "and one with its key",
    schema: text,
    must: "be a file",
  },
  tlsSelfSigned: {
    flag: "tls-self-signed",
    variable: "COGNITO_LOCAL_TLS_SELF_SIGNED",
    fallback: "off",
    meaning: "https with a certificate of its own, kept in `tls/cert.pem` of its folder",
    schema: flag,
    must: "be 1 or 0",
  },
  trustProxy: {
    flag: "trust-proxy",
    variable: "COGNITO_LOCAL_TRUST_PROXY",
    fallback: "off",
    meaning: "heed `X-Forwarded-Host` and `X-Forwarded-Proto`, where only a proxy can reach it",
    schema: flag,
    must: "be 1 or 0",
  },
  requirePkce: {
    flag: "require-pkce",
    variable: "COGNITO_LOCAL_REQUIRE_PKCE",
    fallback: "off",
    meaning: "refuse clients without a secret that do not use PKCE, which AWS only recommends",
    schema: flag,
    must: "be 1 or 0",
  },
  seed: {
    flag: "seed",
    variable: "COGNITO_LOCAL_SEED",
    fallback: "nothing",
    meaning: "a file (JSON or YAML) with what it holds at the beginning; the argument may be that itself",
    schema: z.union([text, z.looseObject({})]),
    must: "be a file",
  },
  triggers: {
    flag: "triggers",
    variable: "COGNITO_LOCAL_TRIGGERS",
    fallback: "none",
    meaning:
      "a file (JSON or YAML) with the module or URL for each Lambda ARN; the argument may be that itself",
    schema: z.union([text, z.looseObject({})]),
    must: "be a file",
  },
  mockIdp: {
    flag: "mock-idp",
    variable: "COGNITO_LOCAL_MOCK_IDP",
    fallback: "off",
    meaning:
      "identity providers at `/_idp/<any name>`: 1, or a file (JSON or YAML) with their people; the argument may be those",
    schema: z.union([flag, text, people]),
    must: "be 1, 0, or people by the name of their provider",
  },
};

type Name = keyof ServerOptions;
const names = Object.keys(OPTIONS) as Name[];
const isSwitch = (name: Name) => OPTIONS[name].schema === flag;

/**
 * The options of a command: its flags, and where there is none the environment. Not checked yet: see `checked`.
 *
 * @param more names of the command's own flags with a value
 * @returns the options, and the values of those flags
 * @throws OptionError for a flag that does not exist
 */
export function optionsOf<M extends string>(
  args: string[],
  environment: Record<string, string | undefined>,
  more: M[],
): { options: ServerOptions; values: Partial<Record<M, string>> } {
  const known = names.map((name): [string, { type: "string" | "boolean" }] => [
    OPTIONS[name].flag,
    { type: isSwitch(name) ? "boolean" : "string" },
  ]);
  const own = more.map((name): [string, { type: "string" }] => [name, { type: "string" }]);
  const values = parsed(args, Object.fromEntries([...known, ...own]));
  const said = names.map((name) => [
    name,
    values[OPTIONS[name].flag] ?? (environment[OPTIONS[name].variable] || undefined),
  ]);
  return { options: Object.fromEntries(said), values: values as Partial<Record<M, string>> };
}

function parsed(args: string[], options: Record<string, { type: "string" | "boolean" }>) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new OptionError(error instanceof Error ? error.message : String(error));
  }
}

/** The options as they count, none of them nonsense. @throws OptionError */
export function checked(options: ServerOptions): ServerOptions {
  const said = names.filter((name) => options[name] !== undefined);
  const result = Object.fromEntries(
    said.map((name) => [name, checkedOne(name, options[name])]),
  ) as ServerOptions;
  if ((result.tlsCert === undefined) !== (result.tlsKey === undefined)) {
    throw new OptionError(`${named("tlsCert")} and ${named("tlsKey")} go together.`);
  }
  if (result.tlsCert && result.tlsSelfSigned) {
    throw new OptionError(`${named("tlsSelfSigned")} leaves no room for ${named("tlsCert")}.`);
  }
  return result;
}

function checkedOne(name: Name, value: unknown): unknown {
  const { schema, must } = OPTIONS[name];
  const { success, data } = schema.safeParse(value);
  if (success) return data;
  throw new OptionError(`${named(name)} must ${must}, and is ${JSON.stringify(value)}.`);
}

function named(name: Name): string {
  const { flag, variable } = OPTIONS[name];
  return `--${flag} (${variable}, ${name})`;
}
