import { expect, test } from "vitest";
import { makeTenant } from "../../infra/local/testing/tenant";
import { createItem } from "./create-item";
import { exportItems } from "./export-items";
import { listAndCountItems, listItems } from "./list-items";

const PAIRS: [stored: string, searched: string][] = [
  ["Cafe\u0301 au lait", "café"],
  ["Café", "cafe\u0301"],
  ["ハ\u309aン", "パン"],
  ["パン", "ハ\u309aン"],
  ["ｶﾞﾗｽ", "ガラス"],
  ["ΟΔΟΣ", "οδοσ"],
  ["οδός", "ΟΔΌΣ"],
  ["İSTANBUL", "istanbul"],
  ["istanbul", "İSTANBUL"],
  ["Straße", "STRASSE"],
  ["STRASSE", "straße"],
  ["ẞx", "ssx"],
  ["ﬁsh", "FISH"],
  ["ＡＢＣ", "abc"],
  ["ϐeta", "ΒETA"],
  ["Ǆ", "ǆ"],
  ["\u212aelvin", "kelvin"],
  ["ſhort", "SHORT"],
  ["Ꭰ", "ꭰ"],
  ["½ cup", "1⁄2 CUP"],
  ["㍿", "株式会社"],
  ["ÅNGSTRÖM", "a\u030angstro\u0308m"],
  ["Добро", "ДОБРО"],
];

test.for(PAIRS)("an item named %j is found by %j", async ([name, searched]) => {
  const tenant = makeTenant();
  const { id } = await createItem(tenant, { name: `The ${name}`, description: "" });
  for (const query of [{ contains: searched }, { starts_with: `tHE ${searched}` }]) {
    const { rows } = await listItems(tenant, { limit: 10, ...query });
    expect(rows.map((row) => row.id)).toEqual([id]);
  }
});

test("and not by another letter", async () => {
  const tenant = makeTenant();
  await createItem(tenant, { name: "Café", description: "" });
  for (const contains of ["cafe", "caff", "é café"]) {
    expect((await listItems(tenant, { limit: 10, contains })).rows).toEqual([]);
  }
});

test.for(["100%", "a_b", "a\\b", "a\\", "\\%", "wow!", "!%", "%", "_", "\\", "!"])(
  "%j is searched for as it is",
  async (text) => {
    const tenant = makeTenant();
    const { id } = await createItem(tenant, { name: `x ${text} y`, description: "" });
    await createItem(tenant, { name: "100 axb ab wow x y", description: "" });
    for (const contains of [text, text.replace("%", "％").replace("_", "＿")]) {
      expect((await listItems(tenant, { limit: 10, contains })).rows.map((row) => row.id)).toEqual([id]);
    }
  },
);

test.for(["-created", "created", "name", "-changed"] as const)(
  "items with short texts and long ones are found together, by %s, page by page",
  async (sort) => {
    const tenant = makeTenant();
    for (let n = 0; n < 9; n++) {
      const description = n % 2 ? "Gâte" : `${"long ".repeat(100)} GÂTE`;
      await createItem(tenant, { name: `Item ${n}`, description: n % 3 ? description : "" });
    }
    const asked = { sort, contains: "gâte" };
    const all = await listItems(tenant, { limit: 10, sort });
    const wanted = all.rows.filter(({ description }) => description !== "").map(({ name }) => name);
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listItems(tenant, { ...asked, limit: 2, cursor });
      found.push(...page.rows.map(({ name }) => name));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(found).toEqual(wanted);
    for (const limit of [2, 6, 7]) {
      const counted = await listAndCountItems(tenant, { ...asked, limit });
      expect(counted).toMatchObject({ total: 6, hasMoreThanTotal: false });
    }
  },
);

test("the end of a name and the beginning of a description are not read as one", async () => {
  const tenant = makeTenant();
  const { id } = await createItem(tenant, { name: "East", description: "Gâte of the town" });
  const found = async (contains: string) =>
    (await listItems(tenant, { limit: 10, contains })).rows.map((row) => row.id);
  for (const contains of ["eastgâte", "east gâte", "t\ng"]) expect(await found(contains)).toEqual([]);
  for (const contains of ["EAST", "gÂTE", "of the"]) expect(await found(contains)).toEqual([id]);
});

test.for(["=1", "+1", "-1", "@a", "＝1", "＋1", "－1", "＠a", "﹢1", "\u200b=1", "−1", "\u3000＝1"])(
  "a cell that begins with %j is text to a spreadsheet",
  async (name) => {
    const tenant = makeTenant();
    await createItem(tenant, { name: "x", description: name });
    let csv = "";
    for await (const piece of exportItems(tenant, {})) csv += piece;
    expect(csv).toContain(`"'${name}"`);
  },
);
