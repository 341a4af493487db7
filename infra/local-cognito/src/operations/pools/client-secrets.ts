import { z } from "zod";
import type { ClientSecret } from "../../model/client";
import { invalidParameter, limitExceeded, resourceNotFound } from "../../model/failures";
import { MOST_SECRETS, secretId, secretsOf, withSecrets } from "../../rules/client-secrets";
import { put } from "../../store/store";
import { newClientSecret } from "../../tokens/opaque";
import { signed } from "../operation";
import { clientId, clientSecret, pageToken, userPoolId, wireTime } from "../parameters";

const named = z.object({ UserPoolId: userPoolId, ClientId: clientId });

/** A second secret of a client, to change from one to the other while both are accepted. */
export const clientSecretOperations = {
  AddUserPoolClientSecret: signed(
    named.extend({ ClientSecret: clientSecret.optional() }),
    (cognito, { UserPoolId, ClientId, ClientSecret }) => {
      const client = cognito.client(ClientId, cognito.pool(UserPoolId));
      const secrets = secretsOf(client);
      if (secrets.length === 0) throw invalidParameter("The client was created without a client secret.");
      if (secrets.length >= MOST_SECRETS) throw limitExceeded("A client can have two secrets.");
      // Two ids of one millisecond must differ.
      const createdAt = Math.max(cognito.now(), ...secrets.map((secret) => secret.createdAt + 1));
      const added = {
        id: secretId(ClientId, createdAt),
        value: ClientSecret ?? newClientSecret(),
        createdAt,
      };
      cognito.commit(put("clients", withSecrets(client, [...secrets, added])));
      const told = ClientSecret === undefined && { ClientSecretValue: added.value };
      return { ClientSecretDescriptor: { ...described(added), ...told } };
    },
  ),

  DeleteUserPoolClientSecret: signed(
    named.extend({ ClientSecretId: z.string().min(1).max(128) }),
    (cognito, { UserPoolId, ClientId, ClientSecretId }) => {
      const client = cognito.client(ClientId, cognito.pool(UserPoolId));
      const secrets = secretsOf(client);
      const left = secrets.filter(({ id }) => id !== ClientSecretId);
      if (left.length === secrets.length) throw resourceNotFound.clientSecret();
      if (left.length === 0) throw invalidParameter("The last secret of a client cannot be deleted.");
      cognito.commit(put("clients", withSecrets(client, left)));
      return {};
    },
  ),

  ListUserPoolClientSecrets: signed(
    named.extend({ NextToken: pageToken.optional() }),
    (cognito, { UserPoolId, ClientId }) => ({
      ClientSecrets: secretsOf(cognito.client(ClientId, cognito.pool(UserPoolId))).map(described),
    }),
  ),
};

/** The value is told once, where it is made. */
function described({ id, createdAt }: ClientSecret): object {
  return { ClientSecretId: id, ClientSecretCreateDate: wireTime(createdAt) };
}
