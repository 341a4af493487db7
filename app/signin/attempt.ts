/**
 * Takes one step of a sign-in through NextAuth. Not by NextAuth's own client: it leaves the page when no answer comes,
 * and all that was typed is lost.
 *
 * @returns null when it led to a session, else the error code (`challenge` for a further step, `network` when
 *   no answer came, `cookies` when the browser keeps none).
 */
export async function attemptSignIn(
  step: "password" | "challenge",
  input: Record<string, string>,
): Promise<string | null> {
  try {
    const { csrfToken } = await (await fetch("/api/auth/csrf")).json();
    const response = await fetch(`/api/auth/callback/${step}`, {
      method: "POST",
      body: new URLSearchParams({ ...input, csrfToken, json: "true" }),
    });
    const { searchParams } = new URL((await response.json()).url);
    if (searchParams.has("csrf")) return "cookies";
    return response.ok ? null : (searchParams.get("error") ?? "internal");
  } catch (error) {
    // fetch throws a TypeError when no answer came, and a SyntaxError reading one that is not ours.
    if (error instanceof TypeError || error instanceof SyntaxError) return "network";
    throw error;
  }
}
