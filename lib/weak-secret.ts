/** 16 bytes of chance have 128; some of that goes for what merely looks like a pattern in them. */
const ENOUGH_BITS = 96;

const upTo = (last: number) => Array.from({ length: last + 1 }, (_, number) => number);

/** Rows of keyboards and other orders that hands run along, there and back, and numbers that everybody knows. */
const ROWS = [
  "abcdefghijklmnopqrstuvwxyz",
  "0123456789",
  "1234567890",
  "qwertyuiopasdfghjklzxcvbnm",
  "qwertyuiop[]asdfghjkl;'zxcvbnm,./",
  "qwertzuiopasdfghjklyxcvbnm",
  "azertyuiopqsdfghjklmwxcvbn",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
  "!@#$%^&*()_+",
  "0123456789abcdef",
  "abcdef0123456789",
  upTo(200).join(""),
  upTo(200).join("-"),
  "314159265358979323846264338327950288419716939937510582097494459230781640628620899",
  "271828182845904523536028747135266249775724709369995957496696762772407663035354759",
  "thequickbrownfoxjumpsoverthelazydog",
  "loremipsumdolorsitametconsecteturadipiscingelit",
  "141421356237309504880168872420969807856967187537694807317667973799073247846210703",
  "161803398874989484820458683436563811772030917980576286213544862270526046281890244",
];
const ORDERS = ROWS.flatMap((row) => [row + row, [...(row + row)].reverse().join("")]);

/** The letters that follow each other most in English: over half of all pairs in its texts, a tenth of chance's. */
const PAIRS = new Set(
  (
    "th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de hi ri ro ic " +
    "ne ea ra ce li ch ll be ma si om ur ca el ta la ns di ho pe ec pr no ct us ac ot il tr ly et so ss"
  ).split(" "),
);
const LOOKALIKES: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
};

/** What says itself that it is no secret. */
const SAID =
  /change.?(me|this|it)|replace|example|sample|secret|your[-_ ]|password|passphrase|placeholder|insecure|nextauth|next-auth|openssl|default|at.?least/i;
/**
 * Whether somebody could guess a secret: it says what it is, or has too little chance in it. Runs on the edge too;
 * lib/published-secret.ts knows those that look like chance.
 */
export function isWeakSecret(secret: string): boolean {
  return formsOf(secret).some((form) => SAID.test(form) || bitsOf(form) < ENOUGH_BITS);
}

/** As it is written, and what it stands for when it is something readable in hexadecimal, base64 or percent signs. */
function formsOf(secret: string, depth = 0): string[] {
  const decoded = [
    /^([0-9a-f]{2})+$/i.test(secret) ? Buffer.from(secret, "hex") : null,
    /^[\w+/-]+={0,2}$/.test(secret) ? Buffer.from(secret, "base64") : null,
  ].flatMap((bytes) => (bytes && isReadable(bytes) ? [bytes.toString("latin1")] : []));
  const further = depth < 2 ? decoded.flatMap((form) => formsOf(form, depth + 1)) : [];
  return [secret, ...decoded, ...further];
}

/** Of chance's bytes nearly none are all printable; 16 of them one time in thirty million. */
function isReadable(bytes: Buffer): boolean {
  return (
    bytes.length >= 8 &&
    (bytes.every((byte) => byte >= 0x20 && byte < 0x7f) || new Set(bytes).size <= bytes.length / 4)
  );
}

/**
 * About how many bits of chance there are in a text, counted as whoever guesses would go about it: letters that stand in
 * a row, come again, or make words cost little. An estimate from above for patterns that it does not know.
 */
function bitsOf(text: string): number {
  const lower = text.toLowerCase();
  const alphabet = alphabetBits(text);
  const letters = new Set(lower).size;
  const perLetter = letters <= 8 ? Math.min(alphabet, Math.log2(letters)) : alphabet;
  const asWords = mayBeWords(text);
  const everyOther = (first: number) =>
    costOf([...lower].filter((_, at) => at % 2 === first).join(""), perLetter, false);
  return Math.min(
    costOf(lower, perLetter, asWords),
    costOf(withLetters(lower), perLetter, asWords),
    costOf(lower.replace(/[\s_.,'-]/g, ""), perLetter, asWords),
    // `00112233`, `a1b2c3d4`: two rows that take turns.
    everyOther(0) + everyOther(1),
  );
}

/** With letters for the few digits and signs that stand for them in words. */
function withLetters(text: string): string {
  if ((text.match(/[^a-z]/g)?.length ?? 0) > text.length / 4) return text;
  return [...text].map((each) => LOOKALIKES[each] ?? each).join("");
}

/** The least that a text costs, letter by letter or run by run. */
function costOf(text: string, perLetter: number, asWords: boolean): number {
  let bits = 0;
  for (let at = 0; at < text.length; ) {
    const [length, cost] = longestRun(text, at, asWords);
    bits += length > 0 ? Math.min(cost, length * perLetter) : perLetter;
    at += Math.max(1, length);
  }
  return bits;
}

/** The longest piece from here that follows a rule, and what it costs to name it. */
function longestRun(text: string, at: number, asWords: boolean): [length: number, bits: number] {
  const rest = text.slice(at);
  const runs: [number, number][] = [
    [leadingStep(rest), 8],
    [prefixWithin(rest, 4, (piece) => ORDERS.some((order) => order.includes(piece))), 9],
    [prefixWithin(rest, 4, (piece) => text.slice(0, at + piece.length - 1).includes(piece)), 8],
  ];
  const isWithin = at > 0 && /[a-z]/.test(text.charAt(at - 1));
  const language = asWords && !isWithin ? leadingLanguage(rest) : 0;
  runs.push([language, language * 2]);
  return runs.reduce((best, run) => (run[0] > best[0] ? run : best), [0, 0]);
}

/** How many letters from the start go on by the same step: `aaaa`, `abcd`, `9753`. */
function leadingStep(text: string): number {
  const step = text.charCodeAt(1) - text.charCodeAt(0);
  if (Math.abs(step) > 3) return 0;
  const least = Math.abs(step) > 1 ? 6 : 4;
  let length = 2;
  while (length < text.length && text.charCodeAt(length) - text.charCodeAt(length - 1) === step) length++;
  return length >= least ? length : 0;
}

/** The longest start of at least `least` letters that `fits`; none: 0. */
function prefixWithin(text: string, least: number, fits: (piece: string) => boolean): number {
  let length = least;
  while (length <= text.length && fits(text.slice(0, length))) length++;
  return length > least ? length - 1 : 0;
}

/** How many letters from the start read like a language: by the pairs of English, or as any that can be spoken. */
function leadingLanguage(text: string): number {
  const words = /^[a-z]+(?:[ _.,'-]?[a-z]+)*/.exec(text)?.[0] ?? "";
  const letters = words.replace(/[^a-z]/g, "");
  if (letters.length < 6) return 0;
  let usual = 0;
  for (let i = 1; i < letters.length; i++) if (PAIRS.has(letters.slice(i - 1, i + 1))) usual++;
  const isEnglish = usual / (letters.length - 1) >= (letters.length < 12 ? 0.7 : 0.42);
  const vowels = (letters.match(/[aeiou]/g)?.length ?? 0) / letters.length;
  const isSpeakable = letters.length >= 16 && vowels >= 0.32 && !/[^aeiou]{5}/.test(letters);
  return isEnglish || isSpeakable ? words.length : 0;
}

/** Words have capitals at their start, or all through; in base64 every other letter is one. */
function mayBeWords(text: string): boolean {
  const letters = text.match(/[a-z]/gi)?.length ?? 0;
  const capitals = text.match(/[A-Z]/g)?.length ?? 0;
  return !isHexadecimal(text) && (capitals === letters || capitals <= letters * 0.27);
}

function isHexadecimal(text: string): boolean {
  return /^[0-9a-f-]+$/i.test(text);
}

/** What one letter of chance is worth in the alphabet that the text is written in (bits). */
function alphabetBits(text: string): number {
  if (/^\d+$/.test(text)) return Math.log2(10);
  if (isHexadecimal(text)) return 4;
  if (/^([a-z]+|[A-Z]+)$/.test(text)) return Math.log2(26);
  if (/^([a-z0-9]+|[A-Z0-9]+)$/.test(text)) return Math.log2(36);
  return 6;
}
