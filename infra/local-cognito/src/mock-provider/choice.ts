import { type Html, html } from "../hosted/html";
import { page } from "../hosted/page";
import type { Reply } from "../protocol/reply";
import type { Person } from "./people";
import { person } from "./people-format";

/** The page of a mock provider: a form for each person, and one for somebody whom the reader makes up. */
export function choicePage(
  name: string,
  {
    people,
    formOf,
    bad,
    madeUp = people[0] ?? { sub: "somebody" },
  }: {
    people: Person[];
    /** The form that signs a person in: its address and hidden fields. */
    formOf: (person: Person) => PersonForm;
    bad?: string | undefined;
    madeUp?: Person;
  },
): Reply {
  const body = html`<h1>Sign in at ${name}</h1>
<p class="why">A mock identity provider: nobody has a password.</p>
${bad !== undefined && html`<p class="told bad" role="alert">${bad}</p>`}
<div class="providers">
${people.map((each) => personForm(each, formOf(each)))}
</div>
<form method="post">
<div class="field"><label for="claims">Somebody else, by their claims</label>
<textarea id="claims" name="claims" rows="8" spellcheck="false" required>${JSON.stringify(madeUp, null, 2)}</textarea></div>
<button type="submit">Continue</button>
</form>`;
  return page({ title: name, body, status: bad === undefined ? 200 : 400, leadsTo: "anywhere" });
}

export interface PersonForm {
  action: string;
  fields: Record<string, string>;
}

function personForm(each: Person, { action, fields }: PersonForm): Html {
  const { name, email, sub } = each;
  const label = [name, email].filter((text) => typeof text === "string").join(", ") || sub;
  return html`<form method="post" action="${action}">
${Object.entries(fields).map(([field, value]) => html`<input type="hidden" name="${field}" value="${value}">`)}
<button class="provider" type="submit">${label}</button>
</form>
`;
}

/** What was typed, or why it is nobody. */
export function personIn(text: string): Person | string {
  try {
    const parsed = person.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : "The claims must be an object with a text sub.";
  } catch {
    return "The claims are no JSON.";
  }
}
