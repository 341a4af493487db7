/** Random numbers that repeat with the same seed (mulberry32), so that a finding can be reproduced. */
export function chance(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    /** @throws for an empty list. */
    of<T>(items: readonly T[]): T {
      const found = items[below(items.length)];
      if (found === undefined) throw new Error("There is nothing to choose from.");
      return found;
    },
  };
}
export type Chance = ReturnType<typeof chance>;

type Path = string[];

const strange: unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  2 ** 53,
  1e300,
  "",
  " ",
  "x".repeat(70_000),
  "\u0000",
  "\ud800",
  "🐉".repeat(40),
  "́".repeat(200),
  "' OR 1=1 --",
  "<script>alert(1)</script>",
  "../../etc/passwd",
  "{####}",
  "$&$`$'",
  "__proto__",
  "constructor",
  "toString",
  "2026-01-01T00:00:00Z",
  "a@b.c",
  "+1",
  "%00%0d%0aSet-Cookie: a=b",
  "a.b.c",
  "eyJhbGciOiJub25lIn0.eyJpc3MiOiJfX3Byb3RvX18ifQ.",
  [],
  [null],
  [[[[]]]],
  {},
  { Name: "email" },
  { __proto__: null, constructor: { prototype: {} } },
  Array.from({ length: 2_000 }, (_, at) => at),
];

/** The text of a request's body, changed in one to four ways; sometimes not at all, sometimes beyond JSON. */
export function mutated(
  body: Record<string, unknown>,
  others: unknown[],
  { below, of }: Chance,
): string | Buffer {
  const copy = structuredClone(body);
  for (let times = below(5); times > 0; times -= 1) change(copy, others, { below, of });
  const text = JSON.stringify(copy);
  switch (below(14)) {
    case 0:
      return text.slice(0, below(text.length));
    case 1: {
      const at = below(text.length);
      return `${text.slice(0, at)}${String.fromCharCode(below(0x3000))}${text.slice(at + 1)}`;
    }
    case 2: {
      const bytes = Buffer.from(text);
      bytes[below(bytes.length)] = below(256);
      return bytes;
    }
    case 3:
      return of([
        "",
        "null",
        "[]",
        "1",
        '"x"',
        "{}",
        "[".repeat(5_000),
        `${'{"a":'.repeat(3_000)}1`,
        "\ufeff{}",
      ]);
    default:
      return text;
  }
}

function change(body: Record<string, unknown>, others: unknown[], { below, of }: Chance): void {
  const paths = pathsIn(body);
  if (paths.length === 0) return;
  const path = of(paths);
  const holder = path.slice(0, -1).reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], body);
  const last = path.at(-1);
  if (typeof holder !== "object" || holder === null || last === undefined) return;
  const members = holder as Record<string, unknown>;
  const value = members[last];
  switch (below(5)) {
    case 0:
      delete members[last];
      break;
    case 1:
      members[last] = structuredClone(of(others));
      break;
    case 2:
      // Defined: assigning to __proto__ would not add a member.
      Object.defineProperty(holder, of(["__proto__", "x", "username", "Unknown", `${last}s`]), {
        value: structuredClone(value),
        enumerable: true,
        configurable: true,
        writable: true,
      });
      break;
    case 3:
      members[last] = typeof value === "string" ? bent(value, { below, of }) : [value];
      break;
    default:
      members[last] = structuredClone(of(strange));
  }
}

function bent(text: string, { below, of }: Chance): string {
  const at = below(text.length + 1);
  return of([
    text.toUpperCase(),
    text.slice(0, at),
    `${text.slice(0, at)}${of(["\u0000", " ", "é", "'", '"', "\\", "\n", "_", "="])}${text.slice(at)}`,
    `${text}${text}`,
    [...text].reverse().join(""),
  ]);
}

function pathsIn(value: unknown, before: Path = []): Path[] {
  if (typeof value !== "object" || value === null || before.length > 6) return [];
  return Object.entries(value)
    .slice(0, 20)
    .flatMap(([name, member]) => {
      const path = [...before, name];
      return [path, ...pathsIn(member, path)];
    });
}
