import { z } from "zod";
import { deviceKeyExists, invalidParameter, resourceNotFound } from "../../model/failures";
import type { Device, User } from "../../model/user";
import { assertRemembersDevices, deviceOf, withDevice } from "../../rules/device";
import { isVerifier } from "../../rules/srp";
import type { Cognito } from "../../store/cognito";
import { put } from "../../store/store";
import { readAccessToken } from "../../tokens/access-token";
import { signed, unsigned } from "../operation";
import { page } from "../page";
import {
  accessToken,
  attributesTo,
  pageSize,
  pageToken,
  text,
  username,
  userPoolId,
  wireTime,
} from "../parameters";

const key = { DeviceKey: text(1, 55, /^[\w-]+_[0-9a-f-]+$/) };
const own = z.object({ AccessToken: accessToken });
const ofUser = z.object({ UserPoolId: userPoolId, Username: username });
const listing = { Limit: pageSize.optional(), PaginationToken: pageToken.optional() };
const status = { DeviceRememberedStatus: z.enum(["remembered", "not_remembered"]).optional() };

/** What a user has signed in with, and may sign in with in place of a second factor. */
export const deviceOperations = {
  ConfirmDevice: unsigned(
    own.extend({
      ...key,
      DeviceSecretVerifierConfig: z
        .object({ PasswordVerifier: z.base64().max(4_096).optional(), Salt: z.base64().max(256).optional() })
        .optional(),
      DeviceName: z.string().min(1).max(1024).optional(),
    }),
    async (cognito, { AccessToken, DeviceKey, DeviceSecretVerifierConfig, DeviceName }) => {
      const { user, grant } = await readAccessToken(AccessToken, cognito);
      const pool = cognito.pool(user.poolId);
      assertRemembersDevices(pool);
      if (user.devices?.some((device) => device.key === DeviceKey)) throw deviceKeyExists();
      // The key was given out with this sign-in's tokens, and with no others.
      if (grant.device?.key !== DeviceKey) throw resourceNotFound.device();
      const { PasswordVerifier, Salt } = DeviceSecretVerifierConfig ?? {};
      if (!PasswordVerifier || !Salt) throw invalidParameter("The device has no password verifier and salt.");
      if (!isVerifier(hexOf(PasswordVerifier)))
        throw invalidParameter("The password verifier is none of the group.");
      const onPrompt = pool.settings.DeviceConfiguration?.DeviceOnlyRememberedOnUserPrompt === true;
      const now = cognito.now();
      const device: Device = {
        ...grant.device,
        name: DeviceName,
        srp: { salt: hexOf(Salt), verifier: hexOf(PasswordVerifier) },
        isRemembered: !onPrompt,
        createdAt: now,
        modifiedAt: now,
        authenticatedAt: grant.authenticatedAt,
      };
      cognito.commit(put("users", withDevice(user, device)));
      return { UserConfirmationNecessary: onPrompt };
    },
  ),

  GetDevice: unsigned(
    z.object({ AccessToken: accessToken.optional(), ...key }),
    async (cognito, { AccessToken, DeviceKey }) => ({
      Device: describeDevice(deviceOf(await caller(cognito, AccessToken), DeviceKey)),
    }),
  ),

  ListDevices: unsigned(own.extend(listing), async (cognito, { AccessToken, ...paging }) =>
    listOf(await caller(cognito, AccessToken), paging, (device) => describeDevice(device)),
  ),

  ForgetDevice: unsigned(
    z.object({ AccessToken: accessToken.optional(), ...key }),
    async (cognito, { AccessToken, DeviceKey }) =>
      forget(cognito, await caller(cognito, AccessToken), DeviceKey),
  ),

  UpdateDeviceStatus: unsigned(
    own.extend({ ...key, ...status }),
    async (cognito, { AccessToken, DeviceKey, DeviceRememberedStatus }) =>
      mark(cognito, await caller(cognito, AccessToken), { DeviceKey, DeviceRememberedStatus }),
  ),

  AdminGetDevice: signed(ofUser.extend(key), (cognito, { DeviceKey, ...of }) => ({
    Device: describeForAdmin(deviceOf(named(cognito, of), DeviceKey)),
  })),

  AdminListDevices: signed(ofUser.extend(listing), (cognito, { Limit, PaginationToken, ...of }) =>
    listOf(named(cognito, of), { Limit, PaginationToken }, describeForAdmin),
  ),

  AdminForgetDevice: signed(ofUser.extend(key), (cognito, { DeviceKey, ...of }) =>
    forget(cognito, named(cognito, of), DeviceKey),
  ),

  AdminUpdateDeviceStatus: signed(
    ofUser.extend({ ...key, ...status }),
    (cognito, { DeviceKey, DeviceRememberedStatus, ...of }) =>
      mark(cognito, named(cognito, of), { DeviceKey, DeviceRememberedStatus }),
  ),
};

const hexOf = (base64: string) => Buffer.from(base64, "base64").toString("hex");

/** @throws InvalidParameterException, NotAuthorizedException, InvalidUserPoolConfigurationException */
async function caller(cognito: Cognito, token: string | undefined): Promise<User> {
  if (token === undefined) throw invalidParameter("Missing required parameter AccessToken");
  const { user } = await readAccessToken(token, cognito);
  assertRemembersDevices(cognito.pool(user.poolId));
  return user;
}

function named(cognito: Cognito, { UserPoolId, Username }: z.output<typeof ofUser>): User {
  const pool = cognito.pool(UserPoolId);
  const user = cognito.existingUser(pool, Username);
  assertRemembersDevices(pool);
  return user;
}

function forget(cognito: Cognito, user: User, DeviceKey: string): object {
  const forgotten = deviceOf(user, DeviceKey);
  cognito.commit(put("users", { ...user, devices: user.devices?.filter((each) => each !== forgotten) }));
  return {};
}

function mark(
  cognito: Cognito,
  user: User,
  wanted: { DeviceKey: string; DeviceRememberedStatus?: "remembered" | "not_remembered" | undefined },
): object {
  const device = deviceOf(user, wanted.DeviceKey);
  const isRemembered = wanted.DeviceRememberedStatus
    ? wanted.DeviceRememberedStatus === "remembered"
    : device.isRemembered;
  cognito.commit(put("users", withDevice(user, { ...device, isRemembered, modifiedAt: cognito.now() })));
  return {};
}

function listOf(
  { devices = [] }: User,
  paging: { Limit?: number | undefined; PaginationToken?: string | undefined },
  describe: (device: Device) => object,
): object {
  const asked = { limit: paging.Limit, token: paging.PaginationToken };
  const { items, next } = page(devices, (device) => device.key, asked);
  return { Devices: items.map(describe), ...(next.NextToken && { PaginationToken: next.NextToken }) };
}

function describeDevice(device: Device, more: Record<string, string> = {}): object {
  const name = device.name === undefined ? {} : { device_name: device.name };
  return {
    DeviceKey: device.key,
    DeviceAttributes: attributesTo({ device_status: "valid", ...name, ...more }),
    DeviceCreateDate: wireTime(device.createdAt),
    DeviceLastModifiedDate: wireTime(device.modifiedAt),
    DeviceLastAuthenticatedDate: wireTime(device.authenticatedAt),
  };
}

function describeForAdmin(device: Device): object {
  const status = device.isRemembered ? "remembered" : "not_remembered";
  return describeDevice(device, { "dev:device_remembered_status": status });
}
