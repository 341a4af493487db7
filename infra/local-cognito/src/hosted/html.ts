/** A piece of HTML in which all outside values are escaped. Only `html` makes them. */
export class Html {
  constructor(readonly text: string) {}
}

type Piece = string | number | Html | Html[] | false | undefined;

/** A template whose values become text; only other pieces of `html` stay markup. */
export function html(strings: TemplateStringsArray, ...pieces: Piece[]): Html {
  return new Html(strings.map((string, at) => string + textOf(pieces[at])).join(""));
}

function textOf(piece: Piece): string {
  if (piece === undefined || piece === false) return "";
  if (piece instanceof Html) return piece.text;
  if (Array.isArray(piece)) return piece.map((each) => each.text).join("");
  return escaped(String(piece));
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
