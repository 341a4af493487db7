/** The operations of the API that are not built, by what they are about. A test holds that there are no others. */
export const OPERATIONS_LEFT = {
  "signed requests to SAML providers": "GetSigningCertificate",
  "threat protection": "AdminListUserAuthEvents AdminUpdateAuthEventFeedback UpdateAuthEventFeedback",
  replicas: "CreateUserPoolReplica DeleteUserPoolReplica ListUserPoolReplicas UpdateUserPoolReplica",
  quotas: "GetProvisionedLimit UpdateProvisionedLimit",
};

const about = new Map(
  Object.entries(OPERATIONS_LEFT).flatMap(([what, names]) => names.split(" ").map((name) => [name, what])),
);

/** What an operation that is not built is about; undefined for those that are, and for names that are none. */
export function leftOut(name: string): string | undefined {
  return about.get(name);
}
