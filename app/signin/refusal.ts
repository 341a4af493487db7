const WORDS: Record<string, string> = {
  invalid_credentials: "That e-mail and password do not match.",
  challenge_expired: "That took too long. Please sign in again.",
  unsupported_challenge: "Your account asks for a step that cannot be done here yet. Ask your administrator.",
  session_ended: "Your session has ended. Sign in to go on where you were.",
  cognito_unavailable: "Signing in is not possible at the moment. Nothing was lost; try again in a minute.",
  keys_unavailable: "Signing in is not possible at the moment. Nothing was lost; try again in a minute.",
  database_unavailable: "Signing in is not possible at the moment. Nothing was lost; try again in a minute.",
  cookies: "Your browser did not keep the cookie that signing in needs. Allow cookies here and try again.",
  network: "The server could not be reached. Check your connection and try again.",
};

/** What an error code of a sign-in means to the person who met it. */
export function wordsFor(code: string): string {
  return WORDS[code] ?? "Something went wrong. Try again; if it happens again, tell your administrator.";
}
