/** What the mock provider says of somebody. */
export type Person = { sub: string } & Record<string, unknown>;

/** Who can sign in at each mock provider, by its name; `*` for every other one. */
export type People = Record<string, Person[]>;

/** Where nothing is said: two whom the provider has seen to, and one whose address it has not. */
export function peopleAt(given: People, name: string): Person[] {
  return given[name] ?? given["*"] ?? usual(name);
}

function usual(name: string): Person[] {
  const domain = `${name.toLowerCase().replaceAll(/[^a-z\d-]/g, "") || "idp"}.example`;
  const somebody = (first: string, last: string, verified = true): Person => ({
    sub: first.toLowerCase(),
    email: `${first.toLowerCase()}@${domain}`,
    email_verified: verified,
    name: `${first} ${last}`,
    given_name: first,
    family_name: last,
  });
  return [somebody("Alice", "Abe"), somebody("Bob", "Brown"), somebody("Carol", "Cole", false)];
}
