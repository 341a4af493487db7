import { z } from "zod";
import { fault } from "../field-error";

const minutes = z.int().positive().nullable();

export const SessionLimits = z
  .object({
    session_minutes: minutes.describe(
      "How long a sign-in lasts, in a browser and by tokens, however often they are refreshed; null: as long as the application allows.",
    ),
    session_idle_minutes: minutes.describe(
      "How long a browser session may lie unused; null: as long as the application allows.",
    ),
    allowed: z
      .object({
        session_minutes: z.object({ least: z.int(), most: z.int() }),
        session_idle_minutes: z.object({ least: z.int(), most: z.int() }),
      })
      .describe("What may be set; the most is the application's own limit."),
  })
  .meta({
    id: "SessionLimits",
    examples: [
      {
        session_minutes: 480,
        session_idle_minutes: null,
        allowed: {
          session_minutes: { least: 60, most: 720 },
          session_idle_minutes: { least: 5, most: 120 },
        },
      },
    ],
  });

export const SessionLimitsChange = z
  .strictObject({ session_minutes: minutes, session_idle_minutes: minutes })
  .partial()
  .refine((change) => Object.keys(change).length > 0, fault("nothing_to_change"))
  .meta({ id: "SessionLimitsChange", minProperties: 1, examples: [{ session_minutes: 480 }] });

export type SessionLimits = z.output<typeof SessionLimits>;
export type SessionLimitsChange = z.output<typeof SessionLimitsChange>;
