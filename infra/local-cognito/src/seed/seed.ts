/** A seed that cannot be applied: where in it, and why. */
export class SeedError extends Error {
  override readonly name = "SeedError";
}

/**
 * What a server holds at its beginning. A pool, a client, a group and so on have the members of the operation that creates
 * them (CreateUserPool, CreateUserPoolClient, …), a pool and a client also their ids, which are made up if absent.
 */
export interface Seed {
  UserPools: SeedPool[];
}

/** The input of an operation without the pool, which is the one around it. */
type Input = Record<string, unknown>;

export interface SeedPool extends Input {
  Id?: string | undefined;
  /** SetUserPoolMfaConfig's. */
  Mfa?: Input | undefined;
  Domains?: Input[] | undefined;
  ResourceServers?: Input[] | undefined;
  IdentityProviders?: Input[] | undefined;
  Groups?: Input[] | undefined;
  Clients?: SeedClient[] | undefined;
  /** SetUICustomization's. */
  UICustomizations?: Input[] | undefined;
  /** SetUserPoolSessionConfiguration's, SetLogDeliveryConfiguration's and SetRiskConfiguration's. */
  SessionConfiguration?: Input | undefined;
  LogDelivery?: Input | undefined;
  RiskConfigurations?: Input[] | undefined;
  Terms?: Input[] | undefined;
  ManagedLoginBrandings?: Input[] | undefined;
  Users?: SeedUser[] | undefined;
}

interface SeedClient extends Input {
  ClientId?: string | undefined;
  ClientSecret?: string | undefined;
  /** While it changes from one to the other. */
  SecondClientSecret?: string | undefined;
  /** SetUserPoolClientSessionConfiguration's. */
  SSOSession?: Input | undefined;
}

export interface SeedUser {
  Username: string;
  /** Made up if absent, as on AWS. */
  Sub?: string | undefined;
  Attributes?: Record<string, string> | undefined;
  Groups?: string[] | undefined;
  /** One of these three at most. Somebody without any cannot sign in by password. */
  Password?: string | undefined;
  TemporaryPassword?: string | undefined;
  /** As `/_local/export` writes it: nobody's password is known. */
  PasswordHash?: { hash: string; salt: string; [more: string]: unknown } | undefined;
  /** What the password says, if absent. */
  UserStatus?:
    | "UNCONFIRMED"
    | "CONFIRMED"
    | "RESET_REQUIRED"
    | "FORCE_CHANGE_PASSWORD"
    | "EXTERNAL_PROVIDER"
    | undefined;
  /** True if absent. */
  Enabled?: boolean | undefined;
  /** Base32, as an authenticator app has it. */
  SoftwareTokenSecret?: string | undefined;
  /** As `/_local/export` writes them; bytes in base64url. */
  Passkeys?:
    | {
        id: string;
        publicKey: string;
        counter: number;
        transports?: string[] | undefined;
        attachment?: string | undefined;
        name: string;
        relyingPartyId: string;
        createdAt: number;
      }[]
    | undefined;
  /** Who the user is at a provider of the pool: whom it made (`primary`), or whom it was linked to. */
  Identities?:
    | {
        providerName: string;
        userId: string;
        primary?: boolean | undefined;
        /** The provider's claim that `userId` is of: what names the user there, if absent. */
        attribute?: string | undefined;
        /** As `/_local/export` writes them. */
        providerType?: string | undefined;
        createdAt?: number | undefined;
      }[]
    | undefined;
  /** As `/_local/export` writes them. */
  Devices?:
    | {
        key: string;
        groupKey: string;
        name?: string | undefined;
        srp: { salt: string; verifier: string };
        isRemembered: boolean;
        createdAt: number;
        modifiedAt: number;
        authenticatedAt: number;
      }[]
    | undefined;
  /** As AdminGetUser shows them. */
  UserMFASettingList?: string[] | undefined;
  PreferredMfaSetting?: string | undefined;
}
