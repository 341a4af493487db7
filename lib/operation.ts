import type { z } from "zod";
import type { ErrorCode } from "./errors";
import type { Permission } from "./permission";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * Who may call: everyone, whoever is signed in, the platform's own staff for what is no tenant's, or whose role in the
 * tenant carries the permission.
 */
export type Access = "public" | "caller" | "operator" | Permission;

/** Whether somebody calls it for a tenant, and not for themselves or for the platform. */
export function isOfTenant(access: Access): access is Permission {
  return typeof access !== "string";
}

/** What an operation answers when it succeeds. No `body`: an answer without content, or one that is not JSON. */
export type Answer = {
  status: number;
  description: string;
  body?: z.ZodType;
  /** The headers worth knowing besides those of every answer; some of them only where there is something to say. */
  headers?: readonly AnswerHeader[];
  /** Of an answer that is not JSON: one, or one of several. */
  contentType?: string | readonly string[];
};

/** What each of them means is said once, in the document. */
export type AnswerHeader = "ETag" | "Location" | "Link";

/**
 * One method of one path, as data: who may call it, what it takes, what it answers. `route` enforces it, and the
 * OpenAPI document is made of it.
 */
export type Operation<Granted extends Access = Access, Path = unknown, Query = unknown, Body = unknown> = {
  method: Method;
  /** As OpenAPI writes it: `/api/members/{id}`. */
  path: `/api/${string}`;
  id: string;
  tag: string;
  summary: string;
  description?: string;
  access: Granted;
  /** Pages ask for it by themselves, whether or not anybody is there: it keeps no session from its idle limit. */
  isUnattended?: true;
  params?: Path;
  query?: Query;
  body?: Body;
  /** Request headers that it heeds besides those of every operation. */
  headers?: readonly ("If-Match" | "If-None-Match" | "Idempotency-Key" | "Last-Event-ID")[];
  answer: Answer;
  /** What it answers besides, and that is no problem body. */
  otherAnswers?: readonly Answer[];
  /** Codes it can refuse with besides those that follow from its access and its input. */
  errors?: readonly ErrorCode[];
};

/** Types an operation; changes nothing. */
export function operation<Granted extends Access, Path = undefined, Query = undefined, Body = undefined>(
  declared: Operation<Granted, Path, Query, Body>,
): Operation<Granted, Path, Query, Body> {
  return declared;
}

/**
 * Whether somebody who is signed in has us call Cognito each time: an operation of theirs that names
 * `cognito_unavailable` does. `route` limits those; public ones are limited where they are carried out.
 */
export function callsCognito({ access, errors }: Operation): boolean {
  return access !== "public" && errors?.includes("cognito_unavailable") === true;
}
