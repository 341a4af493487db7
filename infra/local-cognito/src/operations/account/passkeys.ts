import type { RegistrationResponseJSON } from "@simplewebauthn/server";
import { z } from "zod";
import { invalidParameter, webAuthn } from "../../model/failures";
import type { Pool } from "../../model/pool";
import type { Passkey, User } from "../../model/user";
import { allowedFirst, firstFactors } from "../../rules/first-factor";
import type { ThroughClient } from "../../store/cognito";
import { put } from "../../store/store";
import { signed, unsigned } from "../operation";
import { page } from "../page";
import { accessToken, pageToken, username, userPoolId, wireTime } from "../parameters";
import {
  needsUserVerification,
  originIn,
  registered,
  relyingPartyOf,
  userVerificationOf,
} from "../sign-in/webauthn";
import { describeMfa } from "../users/user-answer";
import { whose } from "./own-account";

const bearer = z.object({ AccessToken: accessToken });
/** "A user can register up to 20 passkeys" (developer guide, "Passkeys"). */
const MOST = 20;
const VALID_MS = 5 * 60_000;

/** A user's passkeys, managed with an access token, and what there is to sign in with. */
export const passkeyOperations = {
  StartWebAuthnRegistration: unsigned(bearer, async (cognito, { AccessToken }) => {
    const { user, ...context } = await whose(cognito, AccessToken);
    return { CredentialCreationOptions: await startRegistration(context, user) };
  }),

  CompleteWebAuthnRegistration: unsigned(
    bearer.extend({ Credential: z.record(z.string(), z.unknown()) }),
    async (cognito, { AccessToken, Credential }) => {
      const { user, ...context } = await whose(cognito, AccessToken);
      await completeRegistration(context, user, Credential);
      return {};
    },
  ),

  ListWebAuthnCredentials: unsigned(
    bearer.extend({
      MaxResults: z.number().int().min(0).max(20).optional(),
      NextToken: pageToken.optional(),
    }),
    async (cognito, { AccessToken, MaxResults, NextToken }) => {
      const { user } = await whose(cognito, AccessToken);
      const limit = MaxResults || MOST;
      const { items, next } = page(user.passkeys ?? [], ({ id }) => id, { limit, token: NextToken });
      return { Credentials: items.map(describePasskey), ...next };
    },
  ),

  DeleteWebAuthnCredential: unsigned(
    bearer.extend({ CredentialId: z.string() }),
    async (cognito, { AccessToken, CredentialId }) => {
      const { user } = await whose(cognito, AccessToken);
      const passkeys = user.passkeys?.filter(({ id }) => id !== CredentialId);
      if (!passkeys || passkeys.length === user.passkeys?.length) throw webAuthn.noSuch();
      cognito.commit(put("users", { ...user, passkeys }));
      return {};
    },
  ),

  GetUserAuthFactors: unsigned(bearer, async (cognito, { AccessToken }) => {
    const { user, pool } = await whose(cognito, AccessToken);
    return describeFactors(pool, user);
  }),

  AdminGetUserAuthFactors: signed(
    z.object({ UserPoolId: userPoolId, Username: username }),
    (cognito, { UserPoolId, Username }) => {
      const pool = cognito.pool(UserPoolId);
      return describeFactors(pool, cognito.existingUser(pool, Username));
    },
  ),
};

/**
 * What the browser is asked to make, for the next five minutes.
 * @throws WebAuthnNotEnabledException, LimitExceededException, WebAuthnConfigurationMissingException
 */
export async function startRegistration(context: ThroughClient, user: User): Promise<object> {
  const { cognito, pool, client } = context;
  assertEnabled(context);
  const passkeys = user.passkeys ?? [];
  if (passkeys.length >= MOST) throw webAuthn.tooMany();
  const name = user.attributes.email ?? user.username;
  const { generateRegistrationOptions } = await import("@simplewebauthn/server");
  const options = await generateRegistrationOptions({
    rpName: pool.name,
    rpID: relyingPartyOf(context),
    userName: name,
    userDisplayName: user.attributes.name ?? name,
    userID: new TextEncoder().encode(user.attributes.sub ?? user.username),
    excludeCredentials: passkeys.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: "required", userVerification: userVerificationOf(context) },
  });
  const expiresAt = cognito.now() + VALID_MS;
  const registering = { challenge: options.challenge, clientId: client.id, expiresAt };
  cognito.commit(put("users", { ...current(context, user), registering }));
  return options;
}

/**
 * Keeps the passkey that the browser made.
 * @param caller as they were when the request came
 * @throws the WebAuthn exceptions, InvalidParameterException for what is no credential
 */
export async function completeRegistration(
  context: ThroughClient,
  caller: User,
  credential: object,
): Promise<void> {
  const { cognito } = context;
  assertEnabled(context);
  const { registering } = caller;
  if (!registering || registering.expiresAt <= cognito.now()) throw webAuthn.noChallenge();
  if (registering.clientId !== context.client.id) throw webAuthn.otherClient();
  const passkey = await newPasskey(context, credential, registering.challenge);
  const user = current(context, caller);
  // Of two answers to one challenge the second finds it used.
  if (user.registering?.challenge !== registering.challenge) throw webAuthn.noChallenge();
  const passkeys = [...(user.passkeys ?? []), passkey];
  cognito.commit(put("users", { ...user, passkeys, registering: undefined }));
}

function describeFactors(pool: Pool, user: User): object {
  const factors = firstFactors(pool, user).filter((factor) => factor !== "PASSWORD_SRP");
  return { Username: user.username, ...describeMfa(user), ConfiguredUserAuthFactors: factors };
}

/** @throws WebAuthnNotEnabledException */
function assertEnabled({ pool }: ThroughClient): void {
  if (!allowedFirst(pool).includes("WEB_AUTHN")) throw webAuthn.notEnabled();
}

/** The user as they are after something was waited for. */
function current({ cognito, pool }: ThroughClient, user: User): User {
  return cognito.existingUser(pool, user.username);
}

/** @throws the WebAuthn exceptions, InvalidParameterException for what is no credential */
async function newPasskey(context: ThroughClient, sent: object, expectedChallenge: string): Promise<Passkey> {
  const { success, data } = registered.safeParse(sent);
  if (!success) throw invalidParameter("Invalid parameter Credential");
  const relyingPartyId = relyingPartyOf(context);
  const expectedOrigin = originIn(data.response.clientDataJSON, relyingPartyId);
  const { verifyRegistrationResponse } = await import("@simplewebauthn/server");
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: data as unknown as RegistrationResponseJSON,
    expectedChallenge,
    expectedOrigin,
    expectedRPID: relyingPartyId,
    requireUserVerification: needsUserVerification(context),
  }).catch((error: Error) => {
    if (/RP ID/.test(error.message)) throw webAuthn.otherParty();
    if (/challenge/.test(error.message)) throw webAuthn.noChallenge();
    throw webAuthn.unsupported();
  });
  if (!verified) throw webAuthn.unsupported();
  const { id, publicKey, counter } = registrationInfo.credential;
  return {
    id,
    publicKey: Buffer.from(publicKey).toString("base64url"),
    counter,
    transports: data.response.transports ?? [],
    attachment: data.authenticatorAttachment ?? undefined,
    name: `Passkey ${new Date(context.cognito.now()).toISOString().slice(0, 10)}`,
    relyingPartyId,
    createdAt: context.cognito.now(),
  };
}

function describePasskey(passkey: Passkey): object {
  return {
    CredentialId: passkey.id,
    FriendlyCredentialName: passkey.name,
    RelyingPartyId: passkey.relyingPartyId,
    AuthenticatorTransports: passkey.transports ?? [],
    ...(passkey.attachment && { AuthenticatorAttachment: passkey.attachment }),
    CreatedAt: wireTime(passkey.createdAt),
  };
}
