/** What a provider says of somebody, as the texts that attributes are. What says nothing is left out. */
export function claimsOf(told: Record<string, unknown>): Record<string, string> {
  const texts = Object.entries(told).map(([name, value]) => [name, textOf(value)]);
  return Object.fromEntries(texts.filter(([, text]) => text !== undefined));
}

/** Of several values one text, as Cognito writes it: `[a, b]`. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return `[${value.map((each) => textOf(each) ?? "").join(", ")}]`;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
