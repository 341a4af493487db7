/** What the lines of a mail leave open. */
interface Filling {
  /** Where browsers find the application. */
  appUrl: string;
  /** How long the password of an invitation works. */
  days: number;
  /** How an invitation begins, in English and in Japanese; HTML. */
  welcome: string[];
}

/** The lines of messages.json as a mail, which is HTML: the same as messages.tf makes of them. */
export function mailOf(lines: string[], { appUrl, days, welcome: [en = "", ja = ""] }: Filling): string {
  // As functions: a "$&" is not a replacement pattern.
  return lines
    .join("\n<br>")
    .replaceAll("{welcome_en}", () => en)
    .replaceAll("{welcome_ja}", () => ja)
    .replaceAll("{app_url}", () => appUrl)
    .replaceAll("{validity}", days === 1 ? "1 day" : `${days} days`)
    .replaceAll("{days}", String(days));
}
