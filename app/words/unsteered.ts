/** Embeddings, overrides and isolates of the Unicode bidirectional algorithm (UAX 9), and its marks. */
const STEERING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A user's text for the middle of a sentence that is a plain string: a title, a label, a toast. The messages isolate
 * their places for such text (U+2068 … U+2069); what could end that isolation from inside is left out here. Where there
 * are elements, `<bdi>` does both.
 */
export function unsteered(text: string): string {
  return text.replace(STEERING, "");
}
