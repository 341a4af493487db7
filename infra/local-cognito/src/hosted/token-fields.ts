import { z } from "zod";

/** What `tokensFor` and its kin give. */
const result = z.object({
  AccessToken: z.string(),
  IdToken: z.string().optional(),
  RefreshToken: z.string().optional(),
  ExpiresIn: z.number(),
  TokenType: z.string(),
});

/** Tokens under OAuth's names (RFC 6749, 5.1). */
export interface TokenFields {
  id_token?: string;
  access_token: string;
  refresh_token?: string;
  expires_in: number;
  token_type: string;
}

/** @param tokens as an `AuthenticationResult` */
export function tokenFields(tokens: object): TokenFields {
  const { AccessToken, IdToken, RefreshToken, ExpiresIn, TokenType } = result.parse(tokens);
  return {
    ...(IdToken && { id_token: IdToken }),
    access_token: AccessToken,
    ...(RefreshToken && { refresh_token: RefreshToken }),
    expires_in: ExpiresIn,
    token_type: TokenType,
  };
}
