import type { z } from "zod";
import { type CognitoFailure, invalidParameter, protocol } from "../model/failures";

type Issue = z.core.$ZodIssue;

/** Members whose value is never repeated in an error. */
const secret = /password|secret|token|session|code|authParameters|challengeResponses/i;

/**
 * What the AWS front door answers to parameters that do not fit.
 *
 * @returns SerializationException when a value has the wrong JSON type, otherwise InvalidParameterException
 *   listing every fault: "1 validation error detected: Value 'x' at 'y' failed to satisfy constraint: …".
 */
export function rejection(issues: Issue[]): CognitoFailure {
  const first = refusedFor(issues);
  if (isOfWrongType(first)) {
    return protocol.serialization(
      `${wireType(first.input)} can not be converted to ${article(first.expected)}`,
    );
  }
  const count = issues.length === 1 ? "1 validation error" : `${issues.length} validation errors`;
  return invalidParameter(`${count} detected: ${issues.map(sentence).join("; ")}`);
}

/** Of several faults the one that is told first: a value of the wrong type cannot even be read. */
export function refusedFor(issues: Issue[]): Issue {
  const first = issues.find(isOfWrongType) ?? issues[0];
  if (!first) throw new Error("a refusal without a fault");
  return first;
}

function isOfWrongType(issue: Issue): issue is z.core.$ZodIssueInvalidType {
  return issue.code === "invalid_type" && issue.input !== undefined;
}

function sentence(issue: Issue): string {
  const where = memberPath(issue.path);
  const shown = issue.input === undefined || secret.test(where) ? "" : ` '${shorten(issue.input)}'`;
  return `Value${shown} at '${where}' failed to satisfy constraint: ${constraint(issue)}`;
}

function constraint(issue: Issue): string {
  switch (issue.code) {
    case "too_small":
      return `Member must have ${measure(issue.origin)} greater than or equal to ${issue.minimum}`;
    case "too_big":
      return `Member must have ${measure(issue.origin)} less than or equal to ${issue.maximum}`;
    case "invalid_format":
      return `Member must satisfy regular expression pattern: ${patternSource(issue)}`;
    case "invalid_value":
      return issue.input === undefined
        ? "Member must not be null"
        : `Member must satisfy enum value set: [${issue.values.join(", ")}]`;
    case "invalid_type":
      return "Member must not be null";
    default:
      return "Member must be valid";
  }
}

const measure = (origin: string) => (origin === "number" || origin === "int" ? "value" : "length");

function patternSource(issue: Issue & { code: "invalid_format" }): string {
  return "pattern" in issue && issue.pattern
    ? issue.pattern.replace(/^\/\^?|\$?\/[a-z]*$/g, "")
    : issue.format;
}

/** ["UserAttributes", 0, "Name"] → "userAttributes.1.member.name" */
function memberPath(path: PropertyKey[]): string {
  return path
    .map((step) => (typeof step === "number" ? `${step + 1}.member` : uncapitalised(String(step))))
    .join(".");
}

function uncapitalised(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1);
}

function shorten(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function wireType(value: unknown): string {
  if (Array.isArray(value)) return "START_ARRAY";
  if (typeof value === "object") return "START_OBJECT";
  if (typeof value === "boolean") return value ? "TRUE_VALUE" : "FALSE_VALUE";
  return typeof value === "number" ? "NUMBER_VALUE" : "STRING_VALUE";
}

function article(expected: string): string {
  const names: Record<string, string> = {
    string: "a String",
    number: "a Number",
    int: "an Integer",
    boolean: "a Boolean",
    array: "a List",
    record: "a Map",
  };
  return names[expected] ?? "a Structure";
}
