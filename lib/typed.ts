/** Blanks of every script, and characters that show nothing. */
const AROUND = /^[\s\p{Default_Ignorable_Code_Point}]+|[\s\p{Default_Ignorable_Code_Point}]+$/gu;

/** What somebody typed into one line, without what nobody sees around it: U+3000, NBSP, U+FEFF and their like. */
function typedLine(text: string): string {
  return text.replace(AROUND, "");
}

/** What a Japanese keyboard types where an address has ASCII, and the full stops that it has for a dot. */
const WIDE = /[\uff01-\uff5e]/g;
const FULL_STOP = /[\u3002\uff61]/g;

/**
 * An address as somebody typed it. Only what a keyboard makes wide by itself is made narrow: to fold more would make one
 * address of two that look different. Its domain is in the letters of the DNS.
 */
export function typedAddress(text: string): string {
  const typed = typedLine(text)
    .replace(WIDE, (wide) => String.fromCodePoint((wide.codePointAt(0) ?? 0) - 0xfee0))
    .replace(FULL_STOP, ".");
  const at = typed.lastIndexOf("@");
  return at < 0 ? typed : typed.slice(0, at + 1) + inDns(typed.slice(at + 1));
}

/**
 * A domain of another script in the letters of the DNS, as URLs have it (UTS 46), here and in browsers: mail for either
 * goes to the same place. What is none stays as it is; so do letters that folding makes ASCII, such as the Kelvin sign.
 */
export function inDns(domain: string): string {
  const others = [...domain].filter((letter) => !/\p{ASCII}/u.test(letter));
  const isFolded = others.some((letter) => /^\p{ASCII}/u.test(letter.normalize("NFKC").toLowerCase()));
  if (others.length === 0 || isFolded || /[\s/\\:?#%[\]]/.test(domain)) return domain;
  return URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`).hostname : domain;
}

/** Hyphens, and what people type or are shown for one: minus signs, bars, the long mark of kana. */
const HYPHEN = "\\p{Pd}\u02d7\u2043\u2212\u2500\u2501\u2796\u30fc";
const BETWEEN = new RegExp(`[\\s${HYPHEN}\\p{Default_Ignorable_Code_Point}]`, "gu");
const SIX_DIGITS = new RegExp(`(?<!\\p{Nd})\\p{Nd}{3}[\\s${HYPHEN}]?\\p{Nd}{3}(?!\\p{Nd})`, "u");

/**
 * A code as somebody typed or pasted it, in plain digits: full-width or of another script, with blanks, hyphens or what
 * nobody sees between them.
 */
export function typedCode(text: string): string {
  return text
    .normalize("NFKC")
    .replace(BETWEEN, "")
    .replace(/\p{Nd}/gu, (digit) => String(digitOf(digit.codePointAt(0) ?? 0)));
}

/** The six digits in a message, also as "123 456", in plain digits; null when it has none. */
export function codeIn(message: string): string | null {
  const found = SIX_DIGITS.exec(message.normalize("NFKC"))?.[0];
  return found === undefined ? null : typedCode(found);
}

/** The digits of each script stand in a row, from 0 to 9 (Unicode standard, section 4.6). */
function digitOf(codePoint: number): number {
  let zero = codePoint;
  while (codePoint - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return codePoint - zero;
}
