import { domainToASCII, domainToUnicode } from "node:url";
import { readableDomain } from "./readable-domain";

/** Cognito finds a provider by its domain, which is an identifier of 40 characters at the most (CreateIdentityProvider). */
const DOMAIN = /^(?=.{4,40}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/**
 * Where anybody gets an address, or a domain: of nobody's company. Short on purpose: whoever owns none of these can
 * prove none of them, and a mail service's own people have another domain.
 */
const OF_EVERYBODY = new Set(
  (
    "gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk hotmail.fr live.com live.jp msn.com outlook.jp " +
    "yahoo.com yahoo.co.jp yahoo.co.uk yahoo.fr ymail.com ymail.ne.jp aol.com icloud.com me.com mac.com proton.me " +
    "protonmail.com gmx.de gmx.net gmx.com web.de mail.com mail.ru yandex.ru yandex.com qq.com 163.com 126.com naver.com " +
    "zoho.com fastmail.com hey.com docomo.ne.jp ezweb.ne.jp au.com softbank.ne.jp i.softbank.jp nifty.com biglobe.ne.jp " +
    "so-net.ne.jp ocn.ne.jp plala.or.jp orange.fr wanadoo.fr free.fr laposte.net t-online.de libero.it uol.com.br " +
    "co.jp ne.jp or.jp ac.jp go.jp ad.jp ed.jp gr.jp lg.jp co.uk org.uk ac.uk gov.uk com.au net.au org.au co.nz com.br " +
    "com.cn com.tw com.hk com.sg co.kr co.in com.mx co.za com.tr github.io amazonaws.com cloudfront.net vercel.app " +
    "herokuapp.com web.app pages.dev workers.dev netlify.app azurewebsites.net onmicrosoft.com"
  ).split(" "),
);

/**
 * A domain as people write it, in the letters of the DNS: small, `xn--` for another script; "" for what is none, and for
 * letters that could pass for another domain's: whoever means those writes `xn--`.
 */
export function toDomain(text: string): string {
  const typed = text.trim().replace(/^@/, "");
  // Otherwise read as a URL has it: what stands behind the host would be left out.
  if (/[\s/\\:?#@%[\]]/.test(typed)) return "";
  const domain = domainToASCII(typed).toLowerCase().replace(/\.$/, "");
  if (domain.split(".").some(isUndecodable)) return "";
  const isMeant = /xn--/i.test(typed) || !readableDomain(domain).includes("xn--");
  return isMeant ? domain : "";
}

/** `xn--` with what stands for no letters. Node refuses it up to version 22, and lets it pass from 24 on. */
function isUndecodable(label: string): boolean {
  return label.startsWith("xn--") && domainToUnicode(label) === label;
}

/** Whether a company's addresses can end in it. It is in the letters of the DNS. */
export function isEmailDomain(domain: string): boolean {
  return DOMAIN.test(domain) && !OF_EVERYBODY.has(domain);
}
