import { z } from "zod";
import type { ErrorCode } from "./errors";
import { type Access, type AnswerHeader, operation } from "./operation";

type Rows<Reading, Writing, Path> = {
  tag: string;
  path: `/api/${string}`;
  /** What one of them is called, and several. */
  names: readonly [one: string, plural: string];
  row: z.ZodType;
  rowPath: Path;
  mayRead: Reading;
  mayWrite: Writing;
};
type Own = { id: string; summary: string; description?: string; errors?: readonly ErrorCode[] };

/**
 * The operations of rows that are listed, added, read, changed and deleted one by one, each with a version: what they
 * have in common is said here, and what is their own where they are declared.
 */
export function rowOperations<Reading extends Access, Writing extends Access, Path>({
  tag,
  path,
  names: [name, plural],
  row,
  rowPath,
  mayRead,
  mayWrite,
}: Rows<Reading, Writing, Path>) {
  const headers = ["If-Match", "If-None-Match"] as const;
  const all = { path, tag } as const;
  const one = { path: `${path}/{id}`, tag, params: rowPath, headers } as const;
  const answer = (status: number, description: string, ...named: AnswerHeader[]) => ({
    status,
    description,
    body: row,
    headers: named,
  });
  return {
    list: <Query>(own: Own & { query: Query }) =>
      operation({
        ...all,
        method: "GET",
        access: mayRead,
        answer: { ...answer(200, `A page of ${plural}.`, "Link"), body: z.array(row) },
        ...own,
      }),
    create: <Body>(own: Own & { body: Body }) =>
      operation({
        ...all,
        method: "POST",
        access: mayWrite,
        headers: [...headers, "Idempotency-Key"],
        answer: answer(201, `The new ${name}.`, "ETag", "Location"),
        errors: ["idempotency_key_reused"],
        ...own,
      }),
    read: (own: Own) =>
      operation({
        ...one,
        method: "GET",
        access: mayRead,
        answer: answer(200, `The ${name}.`, "ETag"),
        otherAnswers: [
          { status: 304, description: "It is of a version that `If-None-Match` names.", headers: ["ETag"] },
        ],
        ...own,
      }),
    change: <Body>(own: Own & { body: Body }) =>
      operation({
        ...one,
        method: "PATCH",
        access: mayWrite,
        answer: answer(200, `The ${name} as it is now.`, "ETag"),
        ...own,
      }),
    remove: (own: Own) =>
      operation({
        ...one,
        method: "DELETE",
        access: mayWrite,
        answer: { status: 204, description: "It is gone." },
        ...own,
      }),
  };
}
