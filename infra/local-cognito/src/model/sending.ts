import { z } from "zod";

/** As the API reference has it for roles, identities and functions. */
export const arn = z
  .string()
  .min(20)
  .max(2048)
  .regex(
    /^arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?$/,
  );

/** What mails are sent with: told again, and without meaning here but for whose account it is. */
export const emailConfiguration = z
  .object({
    SourceArn: arn.optional(),
    ReplyToEmailAddress: z
      .string()
      .regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]+@[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u)
      .optional(),
    EmailSendingAccount: z.enum(["COGNITO_DEFAULT", "DEVELOPER"]).optional(),
    From: z.string().optional(),
    ConfigurationSet: z
      .string()
      .min(1)
      .max(64)
      .regex(/^[\w-]+$/)
      .optional(),
  })
  // "This parameter is required if the value of the EmailSendingAccount parameter is DEVELOPER" (EmailConfigurationType).
  .refine((said) => said.EmailSendingAccount !== "DEVELOPER" || said.SourceArn !== undefined, {
    path: ["SourceArn"],
  });

/** What texts are sent with (SmsConfigurationType): the role for SNS, or the other service of AWS that sends
 * them, but not both. */
export const smsConfiguration = z
  .object({
    SnsCallerArn: arn.optional(),
    ExternalId: z.string().max(131).optional(),
    SnsRegion: z.string().min(5).max(32).optional(),
    EumsSms: z.record(z.string(), z.unknown()).optional(),
  })
  .refine(({ SnsCallerArn, EumsSms }) => (SnsCallerArn === undefined) !== (EumsSms === undefined), {
    path: ["SnsCallerArn"],
  });

/** "Tags that you assign to a resource": 50 at the most, and none of AWS's own (developer guide, "Tagging"). */
export const tagKey = z
  .string()
  .min(1)
  .max(128)
  .regex(/^(?!aws:)/i);
export const tags = z
  .record(tagKey, z.string().max(256))
  .refine((all) => Object.keys(all).length <= 50, { error: "too many" });
