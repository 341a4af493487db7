import type { Device } from "../../model/user";
import { deviceOf, isDeviceAsked, remembersDevices } from "../../rules/device";
import type { ThroughClient } from "../../store/cognito";
import { postAuthentication } from "../sending/triggers";
import type { Progress } from "./authentication";
import { type OpenedChallenge, openChallenge } from "./challenge-opening";
import { openDevice } from "./device";
import type { Completion } from "./tokens";

/**
 * Goes on with a sign-in as far as it came: the next challenge, or, when nothing more is asked for, the post
 * authentication trigger (which may still refuse) and then what `complete` makes of the user.
 *
 * @throws UserLambdaValidationException and its kin; ResourceNotFoundException for a device that is not the user's
 */
export async function proceed<T>(
  context: ThroughClient,
  progress: Progress,
  complete: Completion<T>,
): Promise<OpenedChallenge | T> {
  const device = presentedDevice(context, progress);
  if (device && !progress.isDeviceProven && isDeviceAsked(context.pool, device, progress.step)) {
    return openDevice(context, progress.user, device);
  }
  if (progress.step.kind !== "tokens") return await openChallenge(context, progress);
  await postAuthentication({ ...context, ...progress }, !device && remembersDevices(context.pool));
  return await complete(progress);
}

function presentedDevice({ pool }: ThroughClient, { user, deviceKey }: Progress): Device | undefined {
  return deviceKey && remembersDevices(pool) ? deviceOf(user, deviceKey) : undefined;
}
