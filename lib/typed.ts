/** Blanks of every script, and characters that show nothing. */
const AROUND = /^[\s\p{Default_Ignorable_Code_Point}]+|[\s\p{Default_Ignorable_Code_Point}]+$/gu;

/** What somebody typed into one line, without what nobody sees around it: U+3000, NBSP, U+FEFF and their like. */
export function typedLine(text: string): string {
  return text.replace(AROUND, "");
}

/**
 * A code as somebody typed or pasted it, in plain digits: full-width or of another script, with blanks, hyphens or what
 * nobody sees between them.
 */
export function typedCode(text: string): string {
  const plain = text.normalize("NFKC").replace(/[\s\p{Pd}\p{Default_Ignorable_Code_Point}]/gu, "");
  return plain.replace(/\p{Nd}/gu, (digit) => String(digitOf(digit.codePointAt(0) ?? 0)));
}

/** The digits of each script stand in a row, from 0 to 9 (Unicode standard, section 4.6). */
function digitOf(codePoint: number): number {
  let zero = codePoint;
  while (codePoint - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return codePoint - zero;
}
