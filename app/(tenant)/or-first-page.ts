import { redirect } from "next/navigation";
import { AppError } from "@/lib/errors";

/** Reads a page of a list; with a cursor that is too old or made up, one is brought to its first page. */
export async function orFirstPage<T>(first: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "invalid_request") throw error;
  }
  redirect(first);
}
