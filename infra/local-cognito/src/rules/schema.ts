import { invalidParameter } from "../model/failures";
import type { SchemaAttribute } from "../model/pool";

const attribute = (Name: string, extra: Partial<SchemaAttribute> = {}): SchemaAttribute => ({
  Name,
  AttributeDataType: "String",
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
  ...extra,
});
const text = (Name: string, MinLength = "0", MaxLength = "2048") =>
  attribute(Name, { StringAttributeConstraints: { MinLength, MaxLength } });
const texts = (names: string) => names.split(" ").map((name) => text(name));
const flag = (Name: string) => attribute(Name, { AttributeDataType: "Boolean" });

/** The OpenID standard attributes that every pool has, as DescribeUserPool shows them. */
const standardAttributes: SchemaAttribute[] = [
  { ...text("sub", "1"), Mutable: false, Required: true },
  ...texts(
    "name given_name family_name middle_name nickname preferred_username profile picture website email",
  ),
  flag("email_verified"),
  text("gender"),
  text("birthdate", "10", "10"),
  ...texts("zoneinfo locale phone_number"),
  flag("phone_number_verified"),
  text("address"),
  attribute("updated_at", { AttributeDataType: "Number", NumberAttributeConstraints: { MinValue: "0" } }),
];
const standardNames = new Set(standardAttributes.map((attribute) => attribute.Name));

/** Attributes that Cognito itself sets: no client may be given the right to write them. */
const neverWritable = new Set(["sub", "email_verified", "phone_number_verified"]);

/** One entry of CreateUserPool's `Schema`, as it comes. */
export interface DeclaredAttribute {
  Name: string;
  AttributeDataType?: SchemaAttribute["AttributeDataType"] | undefined;
  DeveloperOnlyAttribute?: boolean | undefined;
  Mutable?: boolean | undefined;
  Required?: boolean | undefined;
  StringAttributeConstraints?: SchemaAttribute["StringAttributeConstraints"];
  NumberAttributeConstraints?: SchemaAttribute["NumberAttributeConstraints"];
}

/** The pool's whole schema: the standard attributes, as far as redeclared, then the custom ones. */
export function schemaOf(declared: DeclaredAttribute[]): SchemaAttribute[] {
  const isStandard = ({ Name }: DeclaredAttribute) => standardNames.has(Name);
  const schema = new Map(standardAttributes.map((attribute) => [attribute.Name, attribute]));
  for (const attribute of declared.filter(isStandard)) {
    const standard = schema.get(attribute.Name);
    if (standard) {
      schema.set(attribute.Name, {
        ...standard,
        Required: attribute.Required ?? standard.Required,
        Mutable: attribute.Mutable ?? standard.Mutable,
        StringAttributeConstraints:
          attribute.StringAttributeConstraints ?? standard.StringAttributeConstraints,
        NumberAttributeConstraints:
          attribute.NumberAttributeConstraints ?? standard.NumberAttributeConstraints,
      });
    }
  }
  return withCustom(
    [...schema.values()],
    declared.filter((each) => !isStandard(each)),
  );
}

/** "You can add up to 50 custom attributes" (developer guide, "Custom attributes"). */
const MOST_CUSTOM = 50;

/** The schema with these custom attributes, too. @throws InvalidParameterException */
export function withCustom(schema: SchemaAttribute[], declared: DeclaredAttribute[]): SchemaAttribute[] {
  const all = new Map(schema.map((attribute) => [attribute.Name, attribute]));
  for (const custom of declared.map(customAttribute)) {
    if (all.has(custom.Name)) throw invalidParameter(`${custom.Name}: Existing attribute already has name.`);
    all.set(custom.Name, custom);
  }
  if (all.size > standardNames.size + MOST_CUSTOM) {
    throw invalidParameter(`A user pool can have ${MOST_CUSTOM} custom attributes.`);
  }
  return [...all.values()];
}

/** What a pool was declared with: the schema without the standard attributes that are as always. */
export function declaredIn(schema: SchemaAttribute[]): DeclaredAttribute[] {
  const usual = new Set(standardAttributes.map((each) => JSON.stringify(each)));
  const own = schema.filter((each) => !usual.has(JSON.stringify(each)));
  return own.map((each) => ({ ...each, Name: each.Name.replace(/^(?:dev:)?custom:/, "") }));
}

function customAttribute(declared: DeclaredAttribute): SchemaAttribute {
  if (declared.Required) throw invalidParameter("Required custom attributes are not supported currently.");
  const type = declared.AttributeDataType ?? "String";
  const developerOnly = declared.DeveloperOnlyAttribute ?? false;
  return {
    Name: `${developerOnly ? "dev:" : ""}custom:${declared.Name}`,
    AttributeDataType: type,
    DeveloperOnlyAttribute: developerOnly,
    Mutable: declared.Mutable ?? true,
    Required: false,
    ...(type === "String" && { StringAttributeConstraints: declared.StringAttributeConstraints ?? {} }),
    ...(type === "Number" && { NumberAttributeConstraints: declared.NumberAttributeConstraints ?? {} }),
  };
}

/**
 * What a client may read of a user: what it lists, or else the standard attributes. Custom attributes are
 * readable only when listed (API reference, CreateUserPoolClient, ReadAttributes).
 */
export function isReadable(readAttributes: string[] | undefined, name: string): boolean {
  // Who somebody is elsewhere is told wherever the sub is.
  if (name === "sub" || name === "identities") return true;
  return isListed(readAttributes, name);
}

/** The same for writing. The tenant is kept from its user by not being listed. */
export function isWritable(writeAttributes: string[] | undefined, name: string): boolean {
  if (neverWritable.has(name)) return false;
  return isListed(writeAttributes, name);
}

function isListed(names: string[] | undefined, name: string): boolean {
  return names?.length ? names.includes(name) : standardNames.has(name);
}

/** @throws InvalidParameterException for a client's list naming what the pool lacks or nobody may write. */
export function assertClientAttributes(
  schema: SchemaAttribute[],
  lists: { ReadAttributes?: string[] | undefined; WriteAttributes?: string[] | undefined },
  doing: "creating" | "updating",
): void {
  const known = new Set(schema.map((attribute) => attribute.Name));
  if (lists.ReadAttributes?.some((name) => !known.has(name))) {
    throw invalidParameter(`Invalid read attributes specified while ${doing} a client`);
  }
  if (lists.WriteAttributes?.some((name) => !known.has(name) || neverWritable.has(name))) {
    throw invalidParameter(`Invalid write attributes specified while ${doing} a client`);
  }
}
