const LATER = "Signing in is not possible at the moment. Nothing was lost; try again in a minute.";

const WORDS: Record<string, string> = {
  invalid_credentials: "That e-mail and password do not match.",
  code_rejected: "This code is not right, or was already used.",
  challenge_expired: "That took too long. Please sign in again.",
  unsupported_challenge: "Your account asks for a step that cannot be done here. Ask your administrator.",
  session_ended: "Your session has ended. Sign in to go on where you were.",
  password_reset: "Your password is changed. Sign in with the new one.",
  signed_out_everywhere: "You are signed out everywhere.",
  cognito_unavailable: LATER,
  keys_unavailable: LATER,
  database_unavailable: LATER,
  OAuthSignin: LATER,
  OAuthCallback: "Signing in on the other page did not come to an end. Try again.",
  Callback: "Signing in on the other page did not come to an end. Try again.",
  cookies: "Your browser did not keep the cookie that signing in needs. Allow cookies here and try again.",
  network: "The server could not be reached. Check your connection and try again.",
};

/**
 * What an error code of a sign-in means to the person who met it.
 *
 * @param error the code, for some followed by a colon and what goes with it: the seconds to wait of `rate_limited`.
 */
export function wordsFor(error: string): string {
  const [code = "", detail = ""] = error.split(/:(.*)/s);
  if (code === "rate_limited") return `Too many tries. Try again ${inMinutes(Number(detail))}.`;
  return WORDS[code] ?? "Something went wrong. Try again; if it happens again, tell your administrator.";
}

function inMinutes(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes > 1 ? `in ${minutes} minutes` : "in a minute";
}
