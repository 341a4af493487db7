import { remember } from "../auth/tenancy/remember";
import { temporaryPasswordDays } from "../cognito/temporary-password";
import { AppError } from "../errors";
import type { Member } from "./contract";

const DAY_MS = 24 * 60 * 60_000;
const askedOnce = remember<number>(10 * 60);

/**
 * When invitations end that nobody took up, by the member's id: as long after they were mailed as the pool lets a
 * temporary password work. None where Cognito cannot say that now.
 */
export async function invitationEnds(rows: readonly Member[]): Promise<ReadonlyMap<string, string>> {
  const invited = rows.filter(({ status }) => status === "invited");
  if (invited.length === 0) return new Map();
  try {
    const days = await askedOnce("temporary password", temporaryPasswordDays);
    return new Map(
      invited.map(({ id, invited_at, created_at }) => [
        id,
        new Date(Date.parse(invited_at ?? created_at) + days * DAY_MS).toISOString(),
      ]),
    );
  } catch (error) {
    if (error instanceof AppError) return new Map();
    throw error;
  }
}
