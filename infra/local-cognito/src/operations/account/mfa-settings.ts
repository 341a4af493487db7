import { z } from "zod";
import { invalidParameter } from "../../model/failures";
import { notHonoured } from "../../model/not-honoured";
import { type Pool, webAuthnConfiguration, withCode } from "../../model/pool";
import { smsConfiguration } from "../../model/sending";
import type { User } from "../../model/user";
import { allowedFirst } from "../../rules/first-factor";
import { type Preferences, withPoolMfa, withPreferences } from "../../rules/mfa-settings";
import { assertRelyingParty } from "../../rules/relying-party";
import type { InPool } from "../../store/cognito";
import { put } from "../../store/store";
import { readAccessToken } from "../../tokens/access-token";
import { signed, unsigned } from "../operation";
import { accessToken, username, userPoolId } from "../parameters";

const preference = z.object({
  Enabled: z.boolean().default(false),
  PreferredMfa: z.boolean().default(false),
});
const preferences = z.object({
  SMSMfaSettings: preference.optional(),
  SoftwareTokenMfaSettings: preference.optional(),
  EmailMfaSettings: preference.optional(),
  WebAuthnMfaSettings: notHonoured(
    "passkeys as a second factor",
    z.strictObject({ Enabled: z.literal(false).optional() }),
  ),
});

/** What was there before there were preferences: texts, or nothing. */
const smsOptions = z
  .array(z.object({ DeliveryMedium: z.enum(["SMS"]), AttributeName: z.enum(["phone_number"]) }))
  .max(1);
const smsAlone = (options: unknown[]): Preferences => ({
  SMSMfaSettings: { Enabled: options.length > 0, PreferredMfa: false },
});

export const mfaSettingsOperations = {
  SetUserPoolMfaConfig: signed(
    z.object({
      UserPoolId: userPoolId,
      MfaConfiguration: z.enum(["OFF", "ON", "OPTIONAL"]).optional(),
      SoftwareTokenMfaConfiguration: z.object({ Enabled: z.boolean().default(false) }).optional(),
      SmsMfaConfiguration: z
        .object({
          SmsAuthenticationMessage: withCode(140).optional(),
          SmsConfiguration: smsConfiguration.optional(),
        })
        .optional(),
      EmailMfaConfiguration: z
        .object({
          Message: withCode(20_000).optional(),
          Subject: z.string().min(1).max(140).optional(),
        })
        .optional(),
      WebAuthnConfiguration: webAuthnConfiguration.optional(),
    }),
    (cognito, { UserPoolId, WebAuthnConfiguration, ...config }) => {
      const pool = cognito.pool(UserPoolId);
      assertRelyingParty(WebAuthnConfiguration?.RelyingPartyId);
      const changed = {
        ...withPoolMfa(pool, config),
        webAuthn: WebAuthnConfiguration,
        modifiedAt: cognito.now(),
      };
      const isFactor = WebAuthnConfiguration?.FactorConfiguration === "MULTI_FACTOR_WITH_USER_VERIFICATION";
      if (
        changed.settings.MfaConfiguration === "ON" &&
        allowedFirst(pool).includes("WEB_AUTHN") &&
        !isFactor
      ) {
        throw invalidParameter(
          "Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first auth factor",
        );
      }
      cognito.commit(put("pools", changed));
      return describePoolMfa(changed);
    },
  ),

  GetUserPoolMfaConfig: signed(z.object({ UserPoolId: userPoolId }), (cognito, { UserPoolId }) =>
    describePoolMfa(cognito.pool(UserPoolId)),
  ),

  SetUserMFAPreference: unsigned(
    preferences.extend({ AccessToken: accessToken }),
    async (cognito, { AccessToken, ...wanted }) => {
      const { user } = await readAccessToken(AccessToken, cognito);
      return prefer(cognito.inPool(user.poolId), user, wanted);
    },
  ),

  SetUserSettings: unsigned(
    z.object({ AccessToken: accessToken, MFAOptions: smsOptions }),
    async (cognito, { AccessToken, MFAOptions }) => {
      const { user } = await readAccessToken(AccessToken, cognito);
      return prefer(cognito.inPool(user.poolId), user, smsAlone(MFAOptions));
    },
  ),

  AdminSetUserSettings: signed(
    z.object({ UserPoolId: userPoolId, Username: username, MFAOptions: smsOptions }),
    (cognito, { UserPoolId, Username, MFAOptions }) => {
      const context = cognito.inPool(UserPoolId);
      return prefer(context, cognito.existingUser(context.pool, Username), smsAlone(MFAOptions));
    },
  ),

  AdminSetUserMFAPreference: signed(
    preferences.extend({ UserPoolId: userPoolId, Username: username }),
    (cognito, { UserPoolId, Username, ...wanted }) => {
      const context = cognito.inPool(UserPoolId);
      return prefer(context, cognito.existingUser(context.pool, Username), wanted);
    },
  ),
};

function prefer({ cognito, pool }: InPool, user: User, wanted: Preferences): object {
  cognito.commit(put("users", { ...withPreferences(pool, user, wanted), modifiedAt: cognito.now() }));
  return {};
}

function describePoolMfa({ settings, factors, webAuthn }: Pool): object {
  const WebAuthnConfiguration = webAuthn && { WebAuthnConfiguration: webAuthn };
  if (settings.MfaConfiguration === "OFF") return { MfaConfiguration: "OFF", ...WebAuthnConfiguration };
  return {
    ...WebAuthnConfiguration,
    ...(factors?.sms && {
      SmsMfaConfiguration: {
        ...(settings.SmsAuthenticationMessage && {
          SmsAuthenticationMessage: settings.SmsAuthenticationMessage,
        }),
        SmsConfiguration: settings.SmsConfiguration,
      },
    }),
    ...(factors?.email && { EmailMfaConfiguration: factors.email }),
    SoftwareTokenMfaConfiguration: { Enabled: factors?.softwareToken ?? false },
    MfaConfiguration: settings.MfaConfiguration,
  };
}
