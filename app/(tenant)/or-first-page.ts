import { redirect } from "next/navigation";
import { AppError } from "@/lib/errors";

/** Reads a page of a list; redirects to the first page when the cursor is expired or forged. */
export async function orFirstPage<T>(first: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "invalid_request") throw error;
  }
  redirect(first);
}
