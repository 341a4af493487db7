import { invalidParameter } from "../model/failures";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const FORMAT = new RegExp(
  `^(?:${DAYS.join("|")}) (${MONTHS.join("|")}) (\\d{1,2}) (\\d{2}):(\\d{2}):(\\d{2}) UTC (\\d{4})$`,
);

/**
 * A TIMESTAMP as Cognito writes it again before it signs it: "Sep 05" and a wrong day of the week are read, and then the
 * signature is another one (as measured on AWS: ministackorg/ministack#1758). How old it is does not matter: the exchange
 * that it is signed with lives for some minutes and is used once.
 *
 * @throws InvalidParameterException for what is no time at all
 */
export function canonicalTimestamp(sent: string): string {
  const [, month = "", day, hours, minutes, seconds, year] = FORMAT.exec(sent) ?? [];
  const at = new Date(
    Date.UTC(
      Number(year),
      MONTHS.indexOf(month),
      Number(day),
      Number(hours),
      Number(minutes),
      Number(seconds),
    ),
  );
  if (Number.isNaN(at.getTime())) {
    throw invalidParameter("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.");
  }
  const time = at.toISOString().slice(11, 19);
  const date = `${DAYS[at.getUTCDay()]} ${MONTHS[at.getUTCMonth()]} ${at.getUTCDate()}`;
  return `${date} ${time} UTC ${at.getUTCFullYear()}`;
}
