import type { ClientSettings } from "../model/client";
import { invalidParameter } from "../model/failures";

const secondsIn = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 };
const MINUTES_5 = 300;
const HOUR = 3_600;
const DAY = 86_400;
const YEARS_10 = 315_360_000;

export interface Validities {
  access: number;
  id: number;
  refresh: number;
}

/** How long the client's tokens live, in seconds. Without units: hours for access and ID, days for refresh. */
export function validitiesOf(settings: ClientSettings): Validities {
  const {
    AccessToken = "hours",
    IdToken = "hours",
    RefreshToken = "days",
  } = settings.TokenValidityUnits ?? {};
  return {
    access: (settings.AccessTokenValidity ?? HOUR / secondsIn[AccessToken]) * secondsIn[AccessToken],
    id: (settings.IdTokenValidity ?? HOUR / secondsIn[IdToken]) * secondsIn[IdToken],
    // 0 means the default of 30 days (API reference, RefreshTokenValidity).
    refresh:
      settings.RefreshTokenValidity === 0
        ? 30 * DAY
        : settings.RefreshTokenValidity * secondsIn[RefreshToken],
  };
}

/**
 * Access and ID tokens live no longer than what they are renewed by (AWS CDK, `accessTokenValidity`).
 *
 * @throws InvalidParameterException outside 5 min–1 d for access and ID tokens, 1 h–10 years for refresh.
 */
export function assertValidities(settings: ClientSettings): void {
  const { access, id, refresh } = validitiesOf(settings);
  const short = [access, id].every((seconds) => seconds >= MINUTES_5 && seconds <= DAY);
  if (!short || refresh < HOUR || refresh > YEARS_10 || refresh < Math.max(access, id)) {
    throw invalidParameter("Invalid range for token validity.");
  }
}
