import { z } from "zod";
import { revocation } from "../../model/failures";
import { notHonoured } from "../../model/not-honoured";
import { fingerprint } from "../../rules/fingerprint";
import { isSecretOf } from "../../rules/secret-hash";
import { put } from "../../store/store";
import { readAccessToken } from "../../tokens/access-token";
import { signed, unsigned } from "../operation";
import { accessToken, clientId, refreshToken, text, username, userPoolId } from "../parameters";
import { revocations } from "../users/users";

export const signOutOperations = {
  GlobalSignOut: unsigned(z.object({ AccessToken: accessToken }), async (cognito, { AccessToken }) => {
    const { user } = await readAccessToken(AccessToken, cognito);
    cognito.commit(...revocations(cognito, user));
    return {};
  }),

  AdminUserGlobalSignOut: signed(
    z.object({ UserPoolId: userPoolId, Username: username }),
    (cognito, { UserPoolId, Username }) => {
      const user = cognito.existingUser(cognito.pool(UserPoolId), Username);
      cognito.commit(...revocations(cognito, user));
      return {};
    },
  ),

  RevokeToken: unsigned(
    z.object({
      Token: refreshToken,
      ClientId: clientId,
      ClientSecret: text(1, 64, /^[\w+]+$/).optional(),
      RevokeAssociatedSessions: notHonoured("revoking what a token is linked to", z.literal("NONE")),
    }),
    (cognito, { Token, ClientId, ClientSecret }) => {
      const client = cognito.client(ClientId);
      if (client.secret !== undefined && !isSecretOf(client, ClientSecret)) throw revocation.wrongSecret();
      if (!client.settings.EnableTokenRevocation) throw revocation.notEnabled();
      // Access and ID tokens are signed JWTs of three parts; a refresh token has five.
      if (Token.split(".").length === 3) throw revocation.notRefreshToken();
      const grant = cognito.grantOfRefresh(fingerprint(Token));
      // RFC 7009: an unknown token is as good as revoked.
      if (!grant) return {};
      if (grant.clientId !== client.id) throw revocation.wrongClient();
      if (!grant.revoked) cognito.commit(put("grants", { ...grant, revoked: true }));
      return {};
    },
  ),
};
