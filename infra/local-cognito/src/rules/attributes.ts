import { invalidParameter } from "../model/failures";
import type { Pool, SchemaAttribute } from "../model/pool";

const emailPattern = /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/;
const phonePattern = /^\+[1-9]\d{1,14}$/;

/**
 * Checks attributes against the pool's schema: declared, of their type and within their limits.
 *
 * @param updating whether the user exists already: then immutable attributes are refused.
 * @throws InvalidParameterException naming every fault.
 */
export function assertAttributes(pool: Pool, attributes: Record<string, string>, updating: boolean): void {
  const schema = new Map(pool.schema.map((attribute) => [attribute.Name, attribute]));
  const faults: string[] = [];
  for (const [name, value] of Object.entries(attributes)) {
    const declared = schema.get(name);
    if (name === "sub") throw invalidParameter("Cannot modify the non-mutable attribute sub");
    if (!declared) faults.push(`${name}: Attribute does not exist in the schema.`);
    else if (updating && !declared.Mutable)
      throw invalidParameter(`user.${name}: Attribute cannot be updated.`);
    else faults.push(...faultsOf(declared, value));
  }
  if (faults.length > 0) {
    throw invalidParameter(`Attributes did not conform to the schema: ${faults.join("\n")}\n`);
  }
  if (attributes.email && !emailPattern.test(attributes.email)) {
    throw invalidParameter("Invalid email address format.");
  }
  if (attributes.phone_number && !phonePattern.test(attributes.phone_number)) {
    throw invalidParameter("Invalid phone number format.");
  }
}

/** The pool's required attributes that are not among these (`sub` is made by the pool). */
export function missingAttributes(pool: Pool, attributes: Record<string, string>): string[] {
  return pool.schema
    .filter(({ Name, Required }) => Required && Name !== "sub" && !attributes[Name])
    .map(({ Name }) => Name);
}

function faultsOf(declared: SchemaAttribute, value: string): string[] {
  const { Name } = declared;
  switch (declared.AttributeDataType) {
    case "String": {
      const { MinLength, MaxLength } = declared.StringAttributeConstraints ?? {};
      if (value.length > Number(MaxLength ?? 2048))
        return [`${Name}: String length is greater than ${MaxLength ?? 2048}.`];
      // An empty string means "no value"; Cognito deletes by it, so the minimum does not concern it.
      if (value !== "" && value.length < Number(MinLength ?? 0))
        return [`${Name}: String length is less than ${MinLength}.`];
      return [];
    }
    case "Number": {
      const { MinValue, MaxValue } = declared.NumberAttributeConstraints ?? {};
      const number = Number(value);
      if (value.trim() === "" || !Number.isFinite(number)) return [`${Name}: Value is not a number.`];
      if (MinValue !== undefined && number < Number(MinValue))
        return [`${Name}: Value is less than ${MinValue}.`];
      if (MaxValue !== undefined && number > Number(MaxValue))
        return [`${Name}: Value is greater than ${MaxValue}.`];
      return [];
    }
    case "Boolean":
      return /^(?:true|false)$/i.test(value) ? [] : [`${Name}: Value is not a boolean.`];
    case "DateTime":
      return Number.isNaN(Date.parse(value)) && !/^\d+$/.test(value) ? [`${Name}: Value is not a date.`] : [];
  }
}

/** A changed address is no longer a verified one, unless the same update says so. */
export function withVerificationReset(
  before: Record<string, string>,
  changes: Record<string, string>,
): Record<string, string> {
  const after = { ...before, ...changes };
  for (const name of ["email", "phone_number"]) {
    const changed = changes[name] !== undefined && changes[name] !== before[name];
    if (changed && changes[`${name}_verified`] === undefined) after[`${name}_verified`] = "false";
  }
  for (const [name, value] of Object.entries(after)) {
    if (value === "") delete after[name];
    // "True" is taken as well.
    else if (name === "email_verified" || name === "phone_number_verified") after[name] = value.toLowerCase();
  }
  return after;
}

/** The attributes without these. @throws InvalidParameterException for what cannot be deleted. */
export function withoutAttributes(
  pool: Pool,
  before: Record<string, string>,
  names: string[],
): Record<string, string> {
  const attributes = { ...before };
  for (const name of names) {
    const declared = pool.schema.find((attribute) => attribute.Name === name);
    if (!declared) throw invalidParameter(`user.${name}: Attribute does not exist in the schema.`);
    if (!declared.Mutable) throw invalidParameter(`Cannot modify the non-mutable attribute ${name}`);
    if (declared.Required) throw invalidParameter(`user.${name}: The attribute is required`);
    delete attributes[name];
    delete attributes[`${name}_verified`];
  }
  return attributes;
}
