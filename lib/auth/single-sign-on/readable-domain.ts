import { domainToUnicode } from "node:url";

const ASCII = /^[a-z0-9-]+$/;
/** Of Latin's many letters those that languages are written in, without what looks like a plain one, such as the dotless i. */
const LATIN =
  /^[a-z0-9\-\u00df-\u00f6\u00f8-\u0130\u0132-\u0137\u0139-\u0148\u014a-\u017e\u0219\u021b\u1ea0-\u1ef9]+$/;
/** What a language is written in together (UTS 39, section 5.2, "highly restrictive"). */
const TOGETHER = [
  /^[a-z0-9\-\p{scx=Han}\p{scx=Hira}\p{scx=Kana}]+$/u,
  /^[a-z0-9\-\p{scx=Han}\p{scx=Bopo}]+$/u,
  /^[a-z0-9\-\p{scx=Han}\p{scx=Hang}]+$/u,
];
const ALONE = [
  /^[0-9\-\p{scx=Cyrl}]+$/u,
  /^[0-9\-\p{scx=Grek}]+$/u,
  /^[0-9\-\p{scx=Armn}]+$/u,
  /^[0-9\-\p{scx=Geor}]+$/u,
  /^[0-9\-\p{scx=Hebr}]+$/u,
  /^[0-9\-\p{scx=Arab}]+$/u,
  /^[0-9\-\p{scx=Thai}]+$/u,
  /^[0-9\-\p{scx=Deva}]+$/u,
  /^[0-9\-\p{scx=Beng}]+$/u,
  /^[0-9\-\p{scx=Taml}]+$/u,
  /^[0-9\-\p{scx=Telu}]+$/u,
];
/** Words that would be read as Latin, though none of their letters is (as Chromium's "IDN in Google Chrome" has them). */
const LIKE_LATIN = /^(?:[0-9\-асԁеһіјӏорԛѕԝхуъьҽпгѵѡ]+|[0-9\-αικνρυωηοτ]+|[0-9\-ագզէլհյոսւօ]+)$/;
/** Strokes that are read as a bar or a slash where nothing Japanese stands before them. */
const STROKE = /(?<![\p{scx=Han}\p{scx=Hira}\p{scx=Kana}])[ー一丿ノソンゾ〳〵ニ二へヘ]/u;

/**
 * A domain as people write it; in the letters of the DNS, as it came, where a label could pass for another one: of scripts
 * that nobody writes together, or of letters that look like Latin's.
 *
 * @param domain in the letters of the DNS.
 */
export function readableDomain(domain: string): string {
  const readable = domainToUnicode(domain);
  return readable !== "" && readable.split(".").every(isReadable) ? readable : domain;
}

function isReadable(label: string): boolean {
  if (ASCII.test(label) || LATIN.test(label)) return true;
  if (TOGETHER.some((script) => script.test(label))) return !/[a-z]/.test(label) || !STROKE.test(label);
  return ALONE.some((script) => script.test(label)) && !LIKE_LATIN.test(label);
}
