import { env } from "../env";

/** `server` signs in with a password from our side; `web` is the Hosted UI's. */
export type AppClientName = "server" | "web";

/** One of our two app clients. @throws Error when the web client is asked for and not configured. */
export function appClient(name: AppClientName): { id: string; secret: string | undefined } {
  const settings = env();
  if (name === "server") {
    return { id: settings.COGNITO_APP_CLIENT_ID, secret: settings.COGNITO_APP_CLIENT_SECRET };
  }
  if (!settings.COGNITO_WEB_CLIENT_ID) throw new Error("COGNITO_WEB_CLIENT_ID is not set");
  return { id: settings.COGNITO_WEB_CLIENT_ID, secret: settings.COGNITO_WEB_CLIENT_SECRET };
}
