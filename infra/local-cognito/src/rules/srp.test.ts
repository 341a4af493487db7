import { getDiffieHellman } from "node:crypto";
import { describe, expect, it } from "vitest";
import { clientKey, expectedSignature, MULTIPLIER, newServerKey, newVerifier } from "./srp";

/** Computed in Python from the formulas alone: the prime too, from the digits of pi (RFC 3526). */
const joined = (lines: string) => lines.replace(/\s/g, "");
const identity = { poolName: "Abc123XYZ", userId: "0d9a8c51-1f3b-4f60-9f8e-2f6a1d1c7b42" };
const PASSWORD = "Påsswörd 🔑 with spaces & : colons";
const TIMESTAMP = "Fri Nov 27 11:40:00 UTC 2026";
const K = "538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6";
const SALT = "5f1e2d3c4b5a69788796a5b4c3d2e1f0";
const LITTLE_B = "26d8cd779431405a837f31a4f140f127ebf4c0154f058c4840e55714a0ffde5a";
const SECRET_BLOCK = "YSBzZWNyZXQgYmxvY2sgb2YgYW55IGJ5dGVzIAD/";
const SIGNATURE = "tQA85lcamam8SK8/zZ+BInySKHsbGPKNF5J5X6ywb0Y=";
const VERIFIER = joined(`
  647581009d805ccbdcd7fbdb84ca8f33a52e89809133b4351e1b82c208462cbe526eae2f375be6e9f1b3d14dddbe78b8
  5eeaf6aedf01e12b538f60f72803b1ff0f955a7de259cb0a1464e132b177a75e116aac23eecf82adb899f6a86547f77d
  d2b49f2eadffd46316c34fc5f06f10fe817c61c2ec3ea6e5635b2b710497fa18440982c34015fd5d11b13f6cbfbcb4a9
  b37a458cad00c483718a19b5783313ff04c831360a9114156de02a9fed1b9da00661aa3959b1548cb78998540d51e7fd
  8864bd37124288e4c82e1b5d3c4cc5f587a4381a2959c8f6bd54d2084053ab853bf72ef10bdaba65def22e63017edfc0
  064b0afc5acdfc6c24b2a1db9e2dab6e365834b97bf61e26d9d52c99eca732e928be26c23b9fcb2a51f08310432e85fc
  db9da7ddcd1ac5f8d3b0ee875cc106014a39563f3b2ae995893489acffe5796fd05ba8172dea60e1fc416616396b5fda
  a3540b6f83b17554683013222051503d6dc687ca6e21eb79e02e0cf3b217133fdd5c74aaa19c83ce06c3b6955faf9406
`);
const BIG_A = joined(`
  c492f1176f42c867d997991622a5ed3599da4ae7282f0cad2e119e821d22c762fec814efa3306de62cad35831645b2e1
  3b0ea9e8825d657c3b28239ece254975a66c8e1e40bf79272be3e67bf6f43b5301a12b56e1ed5c8e97a73ac47eee4918
  192ef82116d99a5fe1926ffdb86802d57b2fd7fc75a6a64e4f55cc34222ce786fd5364ccbb359bb8b8b7ef0e77292bbd
  90f9c03aad43f6cdac588de1ae58150aba847093bfe0cc5d31703520f58af35f1899b4848027b13aae39907125b8f2b1
  97ab1cd544282ee7e57fea8b67fc034af22bb4be9551d3ae4da24b209ed7c9c77d82adcebb37e992679fd37d0b872a13
  8a6357f2e87aa4d3260e8cf5e131fcabd8f55d2dfd31c42611ebb00f4c736e313675f255ae10f99d261121663f4ec00e
  77dd9675fb7013c6df2cf021b6f5e4c7256cbca48780383164c23c823db11d5ab4fc48e9d8b7a85e764b08239b1e20ea
  2eb1e694a13e13708d673f048bf3d5506575177136bd4f05c49fe19e87c1380249a1df25c13ef7ef491bd25aa250555a
`);
const BIG_B = joined(`
  4d2561552f2721193db6aafc09e56feb68743a3958fdc03aa4532c4034f1cd19635fc58d5d9c26ee76bf5b02128c77bf
  62c56bfe90d2daa9a11149dad65e6d163f0def37798e06c2571aea98a276550b272f2fb056835efe844e038246791f11
  f4cf2898cc491654bd92fb13221a4542165fbcc575f5eeabbaaf890ca7c5f33620d63116df263b756061817a8176c821
  c53af6bf26c08e8cf0254094c4918abb51b6c141d47597b17e09f782ebf36ce67ab15f3152d266512150316d5b31e9ea
  869ed8cdaaad9755b0e77a5c28364eb65bb04009e087a58cc508f1d583fa82663aaff35c5a7afbbb83baaebc8b83e8f7
  c8928e909e511c44a7f29cc7a23052d1bc5d5c7458df67549330cdf033b046fc38141e7b2b2c1aa88144dc99954bff84
  93e69f1d2a6a069effd4ebdbb65f20f0d5ce826fc76333128c1e383315a7c5a6de4a203adf039b8998bf3d422a8b040d
  331bd34b9754d166f9bbfa383524a06480385278fbe59ee7eaff7c53c7093c939c4e47fef6e5a6fafe0dc966dae2ccd6
`);

const PRIME = getDiffieHellman("modp15").getPrime("hex");

describe("SRP", () => {
  it("has the multiplier of the group's padded numbers, without which a right password is wrong", () => {
    expect(MULTIPLIER.toString(16)).toBe(K);
  });

  it("stores a password as its verifier", () => {
    expect(newVerifier(identity, PASSWORD, SALT)).toEqual({ salt: SALT, verifier: VERIFIER });
  });

  it("answers with its key", () => {
    const own = newServerKey({ salt: SALT, verifier: VERIFIER }, LITTLE_B);
    expect(own).toEqual({ b: LITTLE_B, B: BIG_B });
  });

  it("expects the signature that the client's own way to the key gives", () => {
    const exchange = { salt: SALT, verifier: VERIFIER, A: BIG_A, b: LITTLE_B, B: BIG_B };
    const shown = { secretBlock: SECRET_BLOCK, timestamp: TIMESTAMP };
    expect(expectedSignature(exchange, identity, shown)).toBe(SIGNATURE);
  });

  it("gives every password a salt of its own that is the same with and without padding", () => {
    const salts = Array.from({ length: 50 }, () => newVerifier(identity, PASSWORD).salt);
    expect(new Set(salts).size).toBe(50);
    for (const salt of salts) expect(salt).toMatch(/^[4-7][0-9a-f]{31}$/);
  });
});

describe("a client's key", () => {
  it("may be padded, and in capitals", () => {
    expect(clientKey(`00${BIG_A.toUpperCase()}`)).toBe(BIG_A);
  });

  it.each([
    ["nothing", ""],
    ["not hexadecimal", "0xg1"],
    ["a byte too long", `0000${BIG_A}`],
    ["the prime", PRIME],
    ["zero", "00"],
  ])("is none when it is %s", (_, sent) => {
    expect(clientKey(sent)).toBeUndefined();
  });
});
