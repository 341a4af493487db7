import { Moment } from "../db/moment";
import { AppError } from "../errors";
import { fieldError } from "../field-error";

/**
 * Until when a reader of our events was told everything, as they say it when they come back: `Last-Event-ID`, the
 * `id` of the last event (HTML standard, section 9.2.4). Null when they come for the first time.
 *
 * @throws AppError `invalid_request` for what is no id of ours.
 */
export function lastEventMoment(request: Request): Date | null {
  const given = request.headers.get("last-event-id");
  if (given === null || given === "") return null;
  const moment = Moment.safeParse(given);
  if (!moment.success) {
    throw new AppError("invalid_request", {
      fields: [fieldError("Last-Event-ID", "malformed", "is not the id of an event")],
    });
  }
  return new Date(moment.data);
}
