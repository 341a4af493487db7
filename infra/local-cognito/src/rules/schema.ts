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
      const { AttributeDataType: type = standard.AttributeDataType } = attribute;
      if (type !== standard.AttributeDataType || attribute.DeveloperOnlyAttribute) {
        // As reported of AWS: hashicorp/terraform-provider-aws#23181.
        throw invalidParameter(
          `You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute ${attribute.Name}`,
        );
      }
      assertConstraints(attribute, standard.AttributeDataType);
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

/** The longest value of any attribute (developer guide, "Quotas in Amazon Cognito"). */
const LONGEST = 2_048;

/** @throws InvalidParameterException for limits that are no numbers, cross each other, or belong to another type */
function assertConstraints(declared: DeclaredAttribute, type: SchemaAttribute["AttributeDataType"]): void {
  const { Name, StringAttributeConstraints: lengths, NumberAttributeConstraints: values } = declared;
  const fault = () => invalidParameter(`Invalid constraints for the attribute ${Name}.`);
  if ((lengths && type !== "String") || (values && type !== "Number")) throw fault();
  const isLength = (text: string | undefined) =>
    text === undefined || (/^\d{1,4}$/.test(text) && Number(text) <= LONGEST);
  const isValue = (text: string | undefined) => text === undefined || /^-?\d+(\.\d+)?$/.test(text);
  if (!isLength(lengths?.MinLength) || !isLength(lengths?.MaxLength)) throw fault();
  if (!isValue(values?.MinValue) || !isValue(values?.MaxValue)) throw fault();
  const crosses = (least: string | undefined, most: string | undefined) =>
    least !== undefined && most !== undefined && Number(least) > Number(most);
  if (crosses(lengths?.MinLength, lengths?.MaxLength) || crosses(values?.MinValue, values?.MaxValue)) {
    throw fault();
  }
}

function customAttribute(declared: DeclaredAttribute): SchemaAttribute {
  if (declared.Required) throw invalidParameter("Required custom attributes are not supported currently.");
  const type = declared.AttributeDataType ?? "String";
  assertConstraints(declared, type);
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
 * What a client may read of a user: what it lists, or else everything, custom attributes too. The API reference says
 * "standard attributes" of a client without a list; reports from real pools say otherwise (aws-cdk#30608,
 * aws-aspnet-cognito-identity-provider#89). The reading that opens more is the one that shows a forgotten list here.
 */
export function isReadable(readAttributes: string[] | undefined, name: string): boolean {
  // Who somebody is elsewhere is told wherever the sub is.
  if (name === "sub" || name === "identities") return true;
  return isListed(readAttributes, name);
}

/** The same for writing. The tenant is kept from its user by a list without it. */
export function isWritable(writeAttributes: string[] | undefined, name: string): boolean {
  if (neverWritable.has(name)) return false;
  return isListed(writeAttributes, name);
}

function isListed(names: string[] | undefined, name: string): boolean {
  return !names?.length || names.includes(name);
}

/** The custom attributes that users may write through a client that lists none: perhaps nobody meant that. */
export function unlistedCustom(schema: SchemaAttribute[], writeAttributes: string[] | undefined): string[] {
  if (writeAttributes?.length) return [];
  return schema.map(({ Name }) => Name).filter((name) => name.startsWith("custom:"));
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
