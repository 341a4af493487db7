import { cognitoCredentialsProvider, cognitoUserPoolsTokenProvider } from "@aws-amplify/auth/cognito";
import { createAmplifyContext, defaultStorage, Hub, type ResourcesConfig } from "@aws-amplify/core";
import { AMPLIFY_SYMBOL, setGlobalContext } from "@aws-amplify/core/internals/utils";
import "@aws-amplify/auth/enable-oauth-listener";

/** What `aws-amplify/auth` is: the package `aws-amplify` hands these on, at three times the weight. */
export * from "@aws-amplify/auth";

/** `Amplify.configure`, as the package `aws-amplify` has it. */
export function configure(config: ResourcesConfig): void {
  const { Auth } = config;
  if (!Auth) throw new Error("There is no Auth.");
  cognitoUserPoolsTokenProvider.setAuthConfig(Auth);
  cognitoUserPoolsTokenProvider.setKeyValueStorage(defaultStorage);
  const providers = {
    tokenProvider: cognitoUserPoolsTokenProvider,
    credentialsProvider: cognitoCredentialsProvider,
  };
  setGlobalContext(createAmplifyContext(config, { Auth: providers }));
  Hub.dispatch("core", { event: "configure", data: config }, "Configure", AMPLIFY_SYMBOL);
}
