import { invalidConfiguration, resourceNotFound } from "../model/failures";
import type { Pool } from "../model/pool";
import type { Device, User } from "../model/user";
import type { Step } from "./next-step";

/** Any value of the setting turns it on (API reference, DeviceConfigurationType). */
export function remembersDevices({ settings }: Pool): boolean {
  return settings.DeviceConfiguration !== undefined;
}

/** @throws InvalidUserPoolConfigurationException */
export function assertRemembersDevices(pool: Pool): void {
  if (!remembersDevices(pool)) throw invalidConfiguration("The user pool does not remember devices.");
}

/** The user's device of this key. @throws ResourceNotFoundException: clients forget theirs by it and begin again. */
export function deviceOf({ devices = [] }: User, key: string): Device {
  const device = devices.find((each) => each.key === key);
  if (!device) throw resourceNotFound.device();
  return device;
}

/** The user with this device in place of the one of its key, or beside the others. */
export function withDevice(user: User, device: Device): User {
  const { devices = [] } = user;
  const others = devices.filter(({ key }) => key !== device.key);
  return {
    ...user,
    devices: others.length < devices.length ? replaced(devices, device) : [...devices, device],
  };
}

const replaced = (devices: Device[], device: Device) =>
  devices.map((each) => (each.key === device.key ? device : each));

const FACTORS: Step["kind"][] = ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP", "SELECT_MFA_TYPE"];

/**
 * Whether a sign-in goes on with the device, which proves itself: in place of a second factor where the pool says so, and
 * otherwise when nothing else is asked for (developer guide, "Working with user devices in your user pool").
 */
export function isDeviceAsked(pool: Pool, device: Device, step: Step): boolean {
  if (!device.isRemembered) return false;
  const isFactor = FACTORS.includes(step.kind);
  const replaces = pool.settings.DeviceConfiguration?.ChallengeRequiredOnNewDevice === true;
  return step.kind === "tokens" || (isFactor && replaces);
}
