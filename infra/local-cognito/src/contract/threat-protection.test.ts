import type {
  AccountTakeoverActionType,
  AccountTakeoverRiskConfigurationType,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import { newBench, openForFile } from "./bench";
import { codeFor, newEmail, OTHER_PASSWORD, PASSWORD, tokensOf } from "./pool";
import { invalidParameter, notAuthorized, refused } from "./refusal";

const target = await openForFile();
const LEAKED = "Password123!";
const plus = (AdvancedSecurityMode: "ENFORCED" | "AUDIT" | "OFF") => ({
  UserPoolTier: "PLUS" as const,
  UserPoolAddOns: { AdvancedSecurityMode },
});
const {
  sdk,
  pool: UserPoolId,
  client,
  newUser,
  newPool,
  newClient,
  enter,
  enterBy,
} = await newBench(target, {}, plus("ENFORCED"));
const block = (EventFilter?: ("SIGN_IN" | "PASSWORD_CHANGE" | "SIGN_UP")[], ClientId?: string) =>
  sdk.setRiskConfiguration({
    UserPoolId,
    ClientId,
    CompromisedCredentialsRiskConfiguration: { EventFilter, Actions: { EventAction: "BLOCK" } },
  });
const reset = (ClientId?: string) => sdk.setRiskConfiguration({ UserPoolId, ClientId });
const signUp = (Password: string) => {
  const Username = newEmail();
  return sdk.signUp({ ClientId: client.id, Username, Password });
};
const NO_ADD_ON = "UserPoolAddOnNotEnabledException";
const INVALID = "InvalidPasswordException";

async function withLeaked() {
  const user = await newUser();
  await sdk.adminSetUserPassword({ UserPoolId, Username: user.email, Password: LEAKED, Permanent: true });
  return user;
}

describe("a risk configuration", () => {
  it("is given back, for the pool and for a client, and reset by saying nothing", async () => {
    await block(["SIGN_UP"]);
    const { id: ClientId } = await newClient();
    const CompromisedCredentialsRiskConfiguration = { Actions: { EventAction: "NO_ACTION" as const } };
    await sdk.setRiskConfiguration({ UserPoolId, ClientId, CompromisedCredentialsRiskConfiguration });
    const ofPool = await sdk.describeRiskConfiguration({ UserPoolId });
    expect(ofPool.RiskConfiguration).toMatchObject({
      UserPoolId,
      CompromisedCredentialsRiskConfiguration: {
        EventFilter: ["SIGN_UP"],
        Actions: { EventAction: "BLOCK" },
      },
      LastModifiedDate: expect.any(Date),
    });
    const ofClient = await sdk.describeRiskConfiguration({ UserPoolId, ClientId });
    expect(ofClient.RiskConfiguration).toMatchObject({ ClientId, CompromisedCredentialsRiskConfiguration });
    await reset();
    const { RiskConfiguration } = await sdk.describeRiskConfiguration({ UserPoolId });
    expect(RiskConfiguration?.CompromisedCredentialsRiskConfiguration).toBeUndefined();
  });

  it("is for pools with threat protection, which is for the feature plan PLUS", async () => {
    const other = await newPool();
    await refused(sdk.setRiskConfiguration({ UserPoolId: other }), NO_ADD_ON);
    await refused(sdk.describeRiskConfiguration({ UserPoolId: other }), NO_ADD_ON);
    const essentials = newPool({ ...plus("ENFORCED"), UserPoolTier: "ESSENTIALS" });
    await refused(essentials, "FeatureUnavailableInTierException");
    await refused(
      sdk.describeRiskConfiguration({ UserPoolId, ClientId: "nobody" }),
      "ResourceNotFoundException",
    );
  });

  it("with addresses to block is refused here", async () => {
    const RiskExceptionConfiguration = { BlockedIPRangeList: ["10.0.0.0/8"] };
    await invalidParameter(sdk.setRiskConfiguration({ UserPoolId, RiskExceptionConfiguration }));
  });
});

describe("a password that everybody knows", () => {
  it("is refused at sign-in, sign-up and change, where that is said", async () => {
    await block();
    const { email } = await withLeaked();
    await notAuthorized(enter(email, LEAKED), "Unable to login because of security reasons.");
    await refused(signUp(LEAKED), INVALID, "Provided password cannot be used for security reasons.");
    const { email: other } = await newUser();
    const { AccessToken } = tokensOf(await enter(other));
    const change = { AccessToken, PreviousPassword: PASSWORD };
    await refused(sdk.changePassword({ ...change, ProposedPassword: LEAKED }), INVALID);
    await sdk.changePassword({ ...change, ProposedPassword: OTHER_PASSWORD });
    const about = { ClientId: client.id, Username: email };
    await sdk.forgotPassword(about);
    const ConfirmationCode = await codeFor(target, email);
    await refused(sdk.confirmForgotPassword({ ...about, ConfirmationCode, Password: LEAKED }), INVALID);
    await reset();
  });

  it("is let through by other events than those, and by a client that says so", async () => {
    await block(["SIGN_UP"]);
    const { email } = await withLeaked();
    tokensOf(await enter(email, LEAKED));
    await block();
    const { id } = await newClient();
    await notAuthorized(enterBy(id, email, LEAKED));
    const Actions = { EventAction: "NO_ACTION" as const };
    await sdk.setRiskConfiguration({
      UserPoolId,
      ClientId: id,
      CompromisedCredentialsRiskConfiguration: { Actions },
    });
    tokensOf(await enterBy(id, email, LEAKED));
    await reset(id);
    await notAuthorized(enterBy(id, email, LEAKED));
    await reset();
  });

  it("says nothing to whoever does not know it", async () => {
    await block();
    const { email } = await newUser();
    await notAuthorized(enter(email, LEAKED), "Incorrect username or password.");
    await reset();
  });
});

describe("what is done about sign-ins that look risky", () => {
  const LowAction = { Notify: true, EventAction: "MFA_REQUIRED" } satisfies AccountTakeoverActionType;
  const NotifyConfiguration = { SourceArn: "arn:aws:ses:eu-west-1:000000000000:identity/a" };
  const set = (AccountTakeoverRiskConfiguration: AccountTakeoverRiskConfigurationType) =>
    sdk.setRiskConfiguration({ UserPoolId, AccountTakeoverRiskConfiguration });

  it("is given back", async () => {
    const configuration = { Actions: { LowAction }, NotifyConfiguration };
    await set(configuration);
    const { RiskConfiguration } = await sdk.describeRiskConfiguration({ UserPoolId });
    expect(RiskConfiguration?.AccountTakeoverRiskConfiguration).toEqual(configuration);
    await reset();
  });

  it.each<[string, unknown]>([
    ["no actions", {}],
    ["an action that there is not", { Actions: { LowAction: { Notify: true, EventAction: "ALLOW" } } }],
    ["an action that does not say who is told", { Actions: { HighAction: { EventAction: "BLOCK" } } }],
    ["mails from nowhere", { Actions: { LowAction }, NotifyConfiguration: {} }],
    [
      "a mail without a subject",
      {
        Actions: { LowAction },
        NotifyConfiguration: { ...NotifyConfiguration, BlockEmail: { TextBody: "Blocked" } },
      },
    ],
  ])("has not %s: InvalidParameterException", async (_, configuration) => {
    await invalidParameter(set(configuration as AccountTakeoverRiskConfigurationType));
  });
});

describe("a log delivery configuration", () => {
  const LogGroupArn = "arn:aws:logs:eu-west-1:000000000000:log-group:cognito";
  const messages = { LogLevel: "ERROR", EventSource: "userNotification" } as const;
  const CloudWatchLogsConfiguration = { LogGroupArn };
  const set = (
    ...LogConfigurations: Parameters<typeof sdk.setLogDeliveryConfiguration>[0]["LogConfigurations"] & {}
  ) => sdk.setLogDeliveryConfiguration({ UserPoolId, LogConfigurations });

  it("is given back, and empty before", async () => {
    const described = async () =>
      (await sdk.getLogDeliveryConfiguration({ UserPoolId })).LogDeliveryConfiguration;
    expect(await described()).toEqual({ UserPoolId, LogConfigurations: [] });
    await set({ ...messages, CloudWatchLogsConfiguration });
    expect(await described()).toEqual({
      UserPoolId,
      LogConfigurations: [{ ...messages, CloudWatchLogsConfiguration }],
    });
  });

  it("of messages is of errors, to a log group", async () => {
    await invalidParameter(set({ ...messages, LogLevel: "INFO", CloudWatchLogsConfiguration }));
    await invalidParameter(set(messages));
    await invalidParameter(
      set({ ...messages, CloudWatchLogsConfiguration }, { ...messages, CloudWatchLogsConfiguration }),
    );
  });

  it("of sign-ins is not for smaller plans than PLUS, and refused here", async () => {
    const events = { LogLevel: "INFO", EventSource: "userAuthEvents", CloudWatchLogsConfiguration } as const;
    await invalidParameter(set(events), /does not support/);
    const other = { UserPoolId: await newPool(), LogConfigurations: [events] };
    await refused(sdk.setLogDeliveryConfiguration(other), "FeatureUnavailableInTierException");
  });
});
