import type { Picture } from "../../infra/local/picture";

const ITEMS: [name: string, description: string][] = [
  ["Travel pass, Tanaka party", "Four people and a packhorse, to Kyoto by the Nakasendo"],
  ["Stable inventory", "Twelve horses, two of them lame"],
  ["Lamp oil", "Enough until the first snow"],
  ["Register of merchants", "Silk, salt and paper; renewed each spring"],
  ["Letter to the governor", "About the bridge at Usui"],
  ["Iron for the gate", "Ordered from Sakai in August"],
  ["Inn at Karuizawa", "Rooms for officials, paid by the month"],
  ["Lantern, east gate", "Paper and wood; new paper every year"],
];

export const picture: Picture = {
  path: "/api/items",
  rows: ITEMS.map(([name, description]) => ({ name, description })),
};
