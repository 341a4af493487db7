import { type Html, html } from "../hosted/html";
import { page } from "../hosted/page";
import type { Client } from "../model/client";
import type { Pool } from "../model/pool";
import type { Message, User } from "../model/user";
import type { Reply } from "../protocol/reply";
import type { Cognito } from "../store/cognito";
import type { Controls } from "./controls";

/** More would be unreadable; ListUsers has them all. */
const USERS_SHOWN = 100;
const MESSAGES_SHOWN = 20;

/** What the server holds, on one page to read. */
export function overviewPage(cognito: Cognito, { clock, faults }: Controls): Reply {
  const shifted = clock.offsetSeconds !== 0 && html` (shifted by ${clock.offsetSeconds} s)`;
  const waiting = faults.list();
  const body = html`<h1>${cognito.url}</h1>
<p class="why">It is ${time(clock.now())} here${shifted}. ${
    waiting.length === 0
      ? html`No faults are waiting.`
      : html`Faults are waiting: ${waiting.map(({ kind, target, times }) => `${kind} for ${times} × ${target}`).join(", ")}.`
  }</p>
${cognito.pools().map((pool) => poolSection(cognito, pool))}
${cognito.pools().length === 0 && html`<p class="none">There is no pool yet.</p>`}
<h2>Messages</h2>
${messageTable(cognito.messages().reverse().slice(0, MESSAGES_SHOWN))}
<p><a href="/_local/messages">All messages</a></p>`;
  return page({ title: "Local Cognito", body, layout: "wide" });
}

/** What would have been mailed or texted, newest first. @param to whose, when only one recipient's are shown. */
export function messagesPage(cognito: Cognito, messages: Message[], to: string | null): Reply {
  const body = html`<h1>Messages${to !== null && ` to ${to}`}</h1>
<p class="why">What would have been mailed or texted, newest first.</p>
${messageTable(messages)}
<p><a href="/_local/">${cognito.url}</a></p>`;
  return page({ title: "Messages", body, layout: "wide" });
}

function poolSection(cognito: Cognito, pool: Pool): Html {
  const users = cognito.users(pool);
  const domains = cognito.domains(pool).map(({ name }) => name);
  return html`<section>
<h2>${pool.name}</h2>
<p class="why"><code>${pool.id}</code>${domains.length > 0 && html`, domain ${domains.join(", ")}`}, MFA ${pool.settings.MfaConfiguration},
<a href="/${pool.id}/.well-known/openid-configuration">openid-configuration</a></p>
${table(["Client", "Id", "Kind", "Redirects to"], cognito.clients(pool).map(clientRow))}
${table(["User", "Username", "Status", "Groups", "Second factor"], users.slice(0, USERS_SHOWN).map(userRow))}
${users.length > USERS_SHOWN && html`<p class="none">and ${users.length - USERS_SHOWN} more users</p>`}
</section>`;
}

function clientRow({ name, id, secret, settings }: Client): (string | Html)[] {
  return [
    name,
    html`<code>${id}</code>`,
    secret ? "with a secret" : "public",
    (settings.CallbackURLs ?? []).join("\n"),
  ];
}

function userRow({ attributes, username, status, enabled, groups, mfa }: User): (string | Html)[] {
  return [
    attributes.email ?? attributes.phone_number ?? "",
    html`<code>${username}</code>`,
    enabled ? status : `${status}, disabled`,
    groups.join(", "),
    (mfa?.enabled ?? []).join(", "),
  ];
}

function messageTable(messages: Message[]): Html {
  return table(
    ["When", "To", "Subject", "Text"],
    messages.map(({ at, to, subject, body, medium }) => [
      time(at),
      html`<a href="/_local/messages?${new URLSearchParams({ to }).toString()}">${to}</a>`,
      subject ?? "",
      // Mails are HTML: what makes a new line there makes one here.
      medium === "EMAIL" ? body.replaceAll(/\n?<br>/g, "\n") : body,
    ]),
  );
}

function table(headings: string[], rows: (string | Html)[][]): Html {
  if (rows.length === 0) return html`<p class="none">None.</p>`;
  return html`<div class="scroll"><table>
<thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell, at) => html`<td data-label="${headings[at]}">${cell}</td>`)}</tr>\n`)}</tbody>
</table></div>`;
}

const time = (ms: number) =>
  new Date(ms)
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z$/, " UTC");
