import type { DatabaseSettings } from "../env";
import { fetchedPassword, type LoginPassword } from "./fetched-password";

const DEFAULT_PORT = 5432;

/** By DATABASE_AUTH and DATABASE_PASSWORD_SECRET, else the one in the URL. */
export function loginPassword(settings: DatabaseSettings, hostname: string): LoginPassword {
  const { username, password, port } = new URL(settings.DATABASE_URL);
  const login = decodeURIComponent(username);
  if (settings.DATABASE_AUTH === "iam") {
    const current = async () => {
      const { Signer } = await import("@aws-sdk/rds-signer");
      const region = settings.AWS_REGION;
      return new Signer({
        hostname,
        port: Number(port || DEFAULT_PORT),
        username: login,
        region,
      }).getAuthToken();
    };
    return { current, refused: () => false };
  }
  if (settings.DATABASE_PASSWORD_SECRET !== undefined) {
    return fetchedPassword(settings.DATABASE_PASSWORD_SECRET, login, settings.AWS_REGION);
  }
  const given = decodeURIComponent(password);
  return { current: given ? async () => given : undefined, refused: () => false };
}
