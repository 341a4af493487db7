import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { checked, OPTIONS, optionsOf } from "./options";
import { OptionError, type ServerOptions } from "./server-options";

const fileAt = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof OptionError) return error.message;
    throw error;
  }
  return "";
};

describe("the options", () => {
  it("stand in the README as they are, all of them", () => {
    const rows = Object.entries(OPTIONS).map(
      ([argument, { flag, variable, fallback, meaning }]) =>
        `| \`--${flag}\` | \`${variable}\` | \`${argument}\` | ${fallback} | ${meaning} |`,
    );
    expect(readFileSync(fileAt("../README.md"), "utf8")).toContain(rows.join("\n"));
  });

  it("are what the flag says, else the environment, else nothing", () => {
    const environment = {
      COGNITO_LOCAL_PORT: "1",
      COGNITO_LOCAL_REGION: "eu-west-1",
      COGNITO_LOCAL_ISSUER: "",
    };
    const { options, values } = optionsOf(["--port", "2", "--trust-proxy", "--setup", "x.ts"], environment, [
      "setup",
    ]);
    expect(checked(options)).toEqual({ port: 2, region: "eu-west-1", trustProxy: true });
    expect(values.setup).toBe("x.ts");
    expect(refusal(() => optionsOf(["--prot", "2"], {}, []))).toContain("--prot");
  });

  // What is written, and what it means as an argument: every option has its line, or the compiler says so.
  const samples: { [Name in keyof Required<ServerOptions>]: [string, ServerOptions[Name]] } = {
    port: ["9", 9],
    dataDir: ["data", "data"],
    host: ["0.0.0.0", "0.0.0.0"],
    allowedHosts: ["a.test,b.test", ["a.test", "b.test"]],
    publicUrl: ["https://login.test", "https://login.test"],
    issuer: ["http://cognito:9229", "http://cognito:9229"],
    region: ["eu-west-1", "eu-west-1"],
    accountId: ["111122223333", "111122223333"],
    tlsCert: ["cert.pem", "cert.pem"],
    tlsKey: ["key.pem", "key.pem"],
    tlsSelfSigned: ["1", true],
    trustProxy: ["1", true],
    requirePkce: ["1", true],
    seed: ["seed.yaml", "seed.yaml"],
    triggers: ["triggers.yaml", "triggers.yaml"],
    mockIdp: ["people.yaml", "people.yaml"],
  };
  const byName = Object.entries(samples) as [keyof ServerOptions, [string, unknown]][];

  it.each(byName)(
    "have each a flag, a variable and an argument that mean the same: %s",
    (name, [text, value]) => {
      const { flag, variable } = OPTIONS[name];
      const flags = value === true ? [`--${flag}`] : [`--${flag}`, text];
      // A certificate is nothing without its key.
      const together: ServerOptions =
        name === "tlsCert" ? { tlsKey: "k" } : name === "tlsKey" ? { tlsCert: "c" } : {};
      const meant = { ...together, [name]: value };
      const asFlag = optionsOf(flags, { [variable]: "another" }, []).options;
      const asVariable = optionsOf([], { [variable]: text }, []).options;
      for (const said of [asFlag, asVariable, { [name]: value }])
        expect(checked({ ...said, ...together })).toEqual(meant);
    },
  );

  it("mean the same as text and as a value", () => {
    const texts = { port: "0", allowedHosts: "a.test, B.test", tlsSelfSigned: "1", trustProxy: "0" };
    const { port, ...rest } = checked(texts as unknown as ServerOptions);
    const values = { port: 0, allowedHosts: ["a.test", "b.test"], tlsSelfSigned: true, trustProxy: false };
    expect({ port, ...rest }).toEqual(values);
    expect(checked(values)).toEqual(values);
    expect(checked({ publicUrl: "https://login.test/", issuer: "http://x.test/cognito/" })).toEqual({
      publicUrl: "https://login.test",
      issuer: "http://x.test/cognito",
    });
  });

  it.each<[keyof ServerOptions, unknown]>([
    ["port", "http"],
    ["port", 65_536],
    ["host", "a b"],
    ["host", ""],
    ["allowedHosts", "a.test:80"],
    ["allowedHosts", "*"],
    ["allowedHosts", ["http://a.test"]],
    ["publicUrl", "login.test"],
    ["publicUrl", "https://login.test/path"],
    ["publicUrl", "javascript:alert(1)"],
    ["issuer", "http://user:secret@a.test"],
    ["issuer", "http://a.test/?x"],
    ["region", "Frankfurt"],
    ["accountId", "12345"],
    ["tlsSelfSigned", "maybe"],
  ])("refuse %s %j, and say what it is called everywhere", (name, value) => {
    const { flag, variable, must } = OPTIONS[name];
    const said = refusal(() => checked({ [name]: value }));
    expect(said).toBe(`--${flag} (${variable}, ${name}) must ${must}, and is ${JSON.stringify(value)}.`);
  });

  it("refuse a certificate without its key, and two certificates", () => {
    expect(refusal(() => checked({ tlsCert: "a.pem" }))).toContain("--tls-key");
    expect(refusal(() => checked({ tlsKey: "a.pem" }))).toContain("--tls-cert");
    const both = { tlsCert: "a.pem", tlsKey: "b.pem", tlsSelfSigned: true };
    expect(refusal(() => checked(both))).toContain("--tls-self-signed");
  });

  it("of the command are refused in one line, without a trace", () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--import", "tsx", fileAt("main.ts"), "--region", "X"],
      {
        encoding: "utf8",
      },
    );
    expect([status, stderr]).toEqual([
      1,
      '--region (COGNITO_LOCAL_REGION, region) must be a region such as eu-west-1, and is "X".\n',
    ]);
  });
});
