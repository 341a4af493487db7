import { z } from "zod";
import { invalidParameter } from "../../model/failures";
import { deliveryTo } from "../../rules/delivery";
import { put } from "../../store/store";
import { unsigned } from "../operation";
import { accessToken, confirmationCode, stringMap } from "../parameters";
import { enterCode, sendCode } from "../sending/codes";
import { withAttributes } from "../users/user-changes";
import { whose } from "./own-account";

const about = z.object({ AccessToken: accessToken, AttributeName: z.enum(["email", "phone_number"]) });

/** Showing that a mailbox or phone is one's own. */
export const verificationOperations = {
  GetUserAttributeVerificationCode: unsigned(
    about.extend({ ClientMetadata: stringMap.optional() }),
    async (cognito, { AccessToken, AttributeName, ClientMetadata }) => {
      const { user, ...context } = await whose(cognito, AccessToken);
      // An address that waits for its code is the one that is meant.
      const value = user.codes?.[AttributeName]?.value;
      const addresses = value === undefined ? user.attributes : { [AttributeName]: value };
      const delivery = deliveryTo(addresses, AttributeName);
      if (!delivery) throw invalidParameter(`User does not have a value for ${AttributeName}`);
      const occasion = { ...context, user, clientMetadata: ClientMetadata };
      const kind = "attribute-verification";
      const sending = { kind, purpose: AttributeName, occasion, delivery, value } as const;
      return { CodeDeliveryDetails: await sendCode(sending) };
    },
  ),

  VerifyUserAttribute: unsigned(
    about.extend({ Code: confirmationCode }),
    async (cognito, { AccessToken, AttributeName, Code }) => {
      const { user, ...context } = await whose(cognito, AccessToken);
      const waiting = user.codes?.[AttributeName]?.value;
      const proven = enterCode(cognito, user, { purpose: AttributeName, code: Code });
      const attributes = {
        ...user.attributes,
        ...(waiting !== undefined && { [AttributeName]: waiting }),
        [`${AttributeName}_verified`]: "true",
      };
      cognito.commit(put("users", withAttributes(context, proven, attributes)));
      return {};
    },
  ),
};
