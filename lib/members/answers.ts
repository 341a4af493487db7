import { boolean, number, objectOf, text } from "../shape";
import type { DirectoryReading, Member } from "./contract";

/** What a page reads of a member that was invited. */
export const invitedShape = objectOf<Pick<Member, "email">>({ email: text });

export const directoryReadingShape = objectOf<DirectoryReading>({
  found: number,
  removed: number,
  complete: boolean,
});
