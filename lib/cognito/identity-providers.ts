import {
  CreateIdentityProviderCommand,
  DeleteIdentityProviderCommand,
  DescribeIdentityProviderCommand,
  DescribeUserPoolClientCommand,
  type IdentityProviderType,
  ListIdentityProvidersCommand,
  UpdateIdentityProviderCommand,
  UpdateUserPoolClientCommand,
  type UpdateUserPoolClientCommandInput,
  type UserPoolClientType,
} from "@aws-sdk/client-cognito-identity-provider";
import { env } from "../env";
import { AppError } from "../errors";
import { fieldError } from "../field-error";
import { appClient } from "./app-client";
import { callCognito, isRefusal } from "./client";

/** Where an OpenID Connect provider is, and what it gave us; no secret: the one that Cognito has stays. */
type Oidc = {
  kind: "oidc";
  issuer: string;
  clientId: string;
  scopes: string;
  secret: string | null;
  saysVerified: boolean;
};
/** By its address, or as a text. */
type Saml = { kind: "saml"; metadataUrl: string } | { kind: "saml"; metadata: string };
export type ProviderSettings = Oidc | Saml;

const GONE = "ResourceNotFoundException";
const TYPES = { oidc: "OIDC", saml: "SAML" } as const;

/**
 * Makes a provider, or brings it to what is set. Its e-mail address and name are all that Cognito takes from it: no
 * attribute that says a tenant or a role is ever mapped.
 *
 * @param identifiers the domains whose people are sent to it.
 * @returns whether it has a secret.
 * @throws AppError `invalid_request` for what Cognito cannot use, `cognito_unavailable`.
 */
export async function saveIdentityProvider(
  ProviderName: string,
  settings: ProviderSettings,
  identifiers: string[],
): Promise<boolean> {
  const before = await findProvider(ProviderName);
  const type = TYPES[settings.kind];
  const isKept = before?.ProviderType === type;
  if (before && !isKept) await deleteIdentityProvider(ProviderName);
  const details = detailsOf(settings, isKept ? before.ProviderDetails : undefined);
  const given = {
    ...inPool(),
    ProviderName,
    ProviderDetails: details,
    AttributeMapping: {
      email: "email",
      name: "name",
      // A SAML provider has no way to say it. What is not said counts as false at Cognito.
      ...(settings.kind === "oidc" && settings.saysVerified && { email_verified: "email_verified" }),
    },
    IdpIdentifiers: identifiers,
  };
  const field = fieldOf(settings);
  if (isKept) await update(new UpdateIdentityProviderCommand(given), field);
  else {
    const make = update(new CreateIdentityProviderCommand({ ...given, ProviderType: type }), field);
    await make.catch(async (error: unknown) => {
      // What Cognito cannot use leaves the one of before.
      if (before) await update(new CreateIdentityProviderCommand({ ...inPool(), ...before }), field);
      throw error;
    });
  }
  return details.client_secret !== undefined;
}

/** Sets the domains whose people are sent to a provider that is there. @throws AppError as saveIdentityProvider does. */
export async function setIdentifiers(ProviderName: string, identifiers: string[]): Promise<void> {
  const command = new UpdateIdentityProviderCommand({
    ...inPool(),
    ProviderName,
    IdpIdentifiers: identifiers,
  });
  await update(command, "domain");
}

/** Deletes a provider, which its users can sign in by no more; that it is gone already is no error. @throws AppError `cognito_unavailable`. */
export async function deleteIdentityProvider(ProviderName: string): Promise<void> {
  const command = new DeleteIdentityProviderCommand({ ...inPool(), ProviderName });
  try {
    await callCognito((client, options) => client.send(command, options), GONE);
  } catch (error) {
    if (!isRefusal(error, GONE)) throw error;
  }
}

/**
 * Has the Hosted UI's client let people in by a provider, or no more. Cognito takes a client's settings as a whole, so
 * that they are read and written back: one at a time, which the caller sees to.
 *
 * @throws AppError `cognito_unavailable`.
 */
export async function offerProvider(name: string, isOffered: boolean): Promise<void> {
  const client = await describeWebClient();
  const before = client.SupportedIdentityProviders ?? [];
  if (before.includes(name) === isOffered) return;
  const others = before.filter((each) => each !== name);
  await updateWebClient(client, isOffered ? [...others, name] : others);
}

/**
 * Has that client let people in by every provider whose name is `wanted`: one that was made anew knows none.
 *
 * @returns those that it did not know.
 * @throws AppError `cognito_unavailable`.
 */
export async function offerProviders(wanted: (name: string) => boolean): Promise<string[]> {
  const names = await providerNames();
  const client = await describeWebClient();
  const before = client.SupportedIdentityProviders ?? [];
  const missing = names.filter((name) => wanted(name) && !before.includes(name));
  if (missing.length > 0) await updateWebClient(client, [...before, ...missing]);
  return missing;
}

async function providerNames(): Promise<string[]> {
  const names: string[] = [];
  let NextToken: string | undefined;
  do {
    const command: ListIdentityProvidersCommand = new ListIdentityProvidersCommand({
      ...inPool(),
      MaxResults: 60,
      NextToken,
    });
    const page = await callCognito((sdk, options) => sdk.send(command, options));
    names.push(...(page.Providers ?? []).flatMap(({ ProviderName }) => ProviderName ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return names;
}

async function describeWebClient(): Promise<UserPoolClientType> {
  const client = { ...inPool(), ClientId: appClient("web").id };
  const { UserPoolClient } = await callCognito((sdk, options) =>
    sdk.send(new DescribeUserPoolClientCommand(client), options),
  );
  if (!UserPoolClient) throw new AppError("cognito_unavailable", { cause: "an answer without a client" });
  return UserPoolClient;
}

async function updateWebClient(
  { ClientSecret: _, CreationDate: _made, LastModifiedDate: _changed, ...settings }: UserPoolClientType,
  SupportedIdentityProviders: string[],
): Promise<void> {
  const input: UpdateUserPoolClientCommandInput = {
    ...settings,
    ...inPool(),
    ClientId: appClient("web").id,
    SupportedIdentityProviders,
  };
  await callCognito((sdk, options) => sdk.send(new UpdateUserPoolClientCommand(input), options));
}

type Described = Required<
  Pick<
    IdentityProviderType,
    "ProviderName" | "ProviderType" | "ProviderDetails" | "AttributeMapping" | "IdpIdentifiers"
  >
>;

async function findProvider(ProviderName: string): Promise<Described | null> {
  const command = new DescribeIdentityProviderCommand({ ...inPool(), ProviderName });
  try {
    const { IdentityProvider } = await callCognito((client, options) => client.send(command, options), GONE);
    const {
      ProviderType,
      ProviderDetails = {},
      AttributeMapping = {},
      IdpIdentifiers = [],
    } = IdentityProvider ?? {};
    if (!ProviderType) throw new AppError("cognito_unavailable", { cause: "an answer without a provider" });
    return { ProviderName, ProviderType, ProviderDetails, AttributeMapping, IdpIdentifiers };
  } catch (error) {
    if (isRefusal(error, GONE)) return null;
    throw error;
  }
}

function detailsOf(settings: ProviderSettings, before: Record<string, string> = {}): Record<string, string> {
  if (settings.kind === "saml") {
    return "metadata" in settings
      ? { MetadataFile: settings.metadata }
      : { MetadataURL: settings.metadataUrl };
  }
  const { issuer, clientId, scopes } = settings;
  // A secret is of one issuer and one client: anybody else would be told it.
  const isSame = before.oidc_issuer === issuer && before.client_id === clientId;
  const secret = settings.secret ?? (isSame ? before.client_secret : undefined);
  return {
    oidc_issuer: issuer,
    client_id: clientId,
    ...(secret && { client_secret: secret }),
    authorize_scopes: scopes,
    attributes_request_method: "GET",
  };
}

/** What is at fault where Cognito takes it not: it looks at the provider when it is told of it. */
function fieldOf(settings: ProviderSettings): string {
  if (settings.kind === "oidc") return "issuer";
  return "metadata" in settings ? "metadata" : "metadata_url";
}

async function update(
  command: CreateIdentityProviderCommand | UpdateIdentityProviderCommand,
  field: string,
): Promise<void> {
  try {
    await callCognito(
      (client, options) =>
        command instanceof CreateIdentityProviderCommand
          ? client.send(command, options)
          : client.send(command, options),
      "DuplicateProviderException",
      GONE,
    );
  } catch (error) {
    if (isRefusal(error, "InvalidParameterException")) {
      const fields = [fieldError(field, "provider_refused")];
      throw new AppError("invalid_request", { fields, cause: error });
    }
    // It was made, or went, between the look and the change: by the same once more it is right.
    if (isRefusal(error, "DuplicateProviderException", GONE)) {
      throw new AppError("cognito_unavailable", { cause: error, retryAfter: 1 });
    }
    throw error;
  }
}

function inPool() {
  return { UserPoolId: env().COGNITO_USER_POOL_ID };
}
