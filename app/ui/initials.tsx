const TONES = [
  "bg-accent/15 text-accent",
  "bg-focus/15 text-focus",
  "bg-good/15 text-good",
  "bg-warning/15 text-warning",
  "bg-raised text-ink",
] as const;

type Props = {
  /** A name or an address. */
  of: string;
  /** What the colour follows: it stays when the name changes. */
  steady: string;
};

/** Stands for a person. For the eye only, and so no text of the page: whoever it stands for is said beside it. */
export function Initials({ of, steady }: Props) {
  return (
    <span
      aria-hidden="true"
      data-initials={initialsOf(of)}
      className={`inline-flex size-8 shrink-0 items-center justify-center rounded-full text-xs font-semibold uppercase before:content-[attr(data-initials)] ${toneOf(steady)}`}
    />
  );
}

/** The first letters of the first and the last word; of an address, the first letter. */
export function initialsOf(name: string): string {
  const words = (name.includes("@") ? name.slice(0, 1) : name).split(/\s+/).filter(Boolean);
  const [first = "?"] = words;
  const last = words.length > 1 ? words.at(-1) : undefined;
  return [first, last ?? ""].map((word) => [...word][0] ?? "").join("");
}

function toneOf(steady: string): string {
  let sum = 0;
  for (const character of steady) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 997;
  return TONES[sum % TONES.length] ?? TONES[0];
}
