/** What is known of a member, from the list of members or from Cognito. */
type Standing = {
  role: string;
  status: string;
  is_operator: boolean;
  signs_in_by: "password" | "single_sign_on";
};

/** Whether somebody may be the emergency administrator: whoever gets in by a password of this tenant's own. */
export function mayBeEmergency({ role, status, is_operator, signs_in_by }: Standing): boolean {
  return role === "admin" && status === "active" && !is_operator && signs_in_by === "password";
}
