/** The operations of the API that are not built, by what they are about. A test holds that there are no others. */
export const OPERATIONS_LEFT = {
  devices:
    "AdminForgetDevice AdminGetDevice AdminListDevices AdminUpdateDeviceStatus ConfirmDevice ForgetDevice GetDevice ListDevices UpdateDeviceStatus",
  "identity providers":
    "AdminDisableProviderForUser AdminLinkProviderForUser CreateIdentityProvider DeleteIdentityProvider DescribeIdentityProvider GetIdentityProviderByIdentifier GetSigningCertificate ListIdentityProviders UpdateIdentityProvider",
  "user sessions":
    "AdminListUserSessions AdminRevokeUserSession GetClientToken GetUserPoolClientSessionConfiguration GetUserPoolSessionConfiguration ListUserSessions RevokeUserSession SetUserPoolClientSessionConfiguration SetUserPoolSessionConfiguration",
  "several secrets of a client":
    "AddUserPoolClientSecret DeleteUserPoolClientSecret ListUserPoolClientSecrets",
  "managed login branding":
    "CreateManagedLoginBranding DeleteManagedLoginBranding DescribeManagedLoginBranding DescribeManagedLoginBrandingByClient UpdateManagedLoginBranding",
  terms: "CreateTerms DeleteTerms DescribeTerms DescribeTermsByClient ListTerms UpdateTerms",
  "user import":
    "CreateUserImportJob DescribeUserImportJob GetCSVHeader ListUserImportJobs StartUserImportJob StopUserImportJob",
  "threat protection":
    "AdminListUserAuthEvents AdminUpdateAuthEventFeedback DescribeRiskConfiguration SetRiskConfiguration UpdateAuthEventFeedback",
  "log delivery": "GetLogDeliveryConfiguration SetLogDeliveryConfiguration",
  replicas: "CreateUserPoolReplica DeleteUserPoolReplica ListUserPoolReplicas UpdateUserPoolReplica",
  quotas: "GetProvisionedLimit UpdateProvisionedLimit",
  "settings of second factors before there were preferences": "AdminSetUserSettings SetUserSettings",
  others: "AddCustomAttributes AdminDeleteSoftwareToken",
};

const about = new Map(
  Object.entries(OPERATIONS_LEFT).flatMap(([what, names]) => names.split(" ").map((name) => [name, what])),
);

/** What an operation that is not built is about; undefined for those that are, and for names that are none. */
export function leftOut(name: string): string | undefined {
  return about.get(name);
}
