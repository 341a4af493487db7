/** Under which source the application itself speaks. */
export const OWN_SOURCE = "account";

/** What nobody else may call their source: the application's own, and its name. */
const RESERVED = new Set(["signin", "account", "sekisho"]);

/** Letters of other alphabets that look like those of the reserved words (Unicode TR 39, "Confusable Detection"). */
const LOOKALIKES: Record<string, string> = {
  a: "аαɑ",
  c: "сϲᴄ",
  e: "еҽ",
  g: "ɡց",
  h: "һнհ",
  i: "іιıɩӏl1|",
  k: "κк",
  n: "ոпη",
  o: "оοօ0",
  s: "ѕꜱ5$",
  t: "τт",
  u: "υսц",
};
const LATIN = new Map(
  Object.entries(LOOKALIKES).flatMap(([latin, letters]) => [...letters].map((letter) => [letter, latin])),
);

/** Whether a source reads as one of the application's own: whatever its case, width, accents, blanks and signs. */
export function readsAsOwnSource(source: string): boolean {
  return RESERVED.has(skeleton(source));
}

function skeleton(text: string): string {
  const letters = text.normalize("NFKD").toLowerCase().normalize("NFKD");
  return [...letters]
    .map((letter) => LATIN.get(letter) ?? letter)
    .filter((letter) => /[a-z0-9]/.test(letter))
    .join("");
}
