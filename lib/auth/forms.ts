import { z } from "zod";

/** Cognito's own limits (API reference, AdminInitiateAuth); nothing longer is worth sending. */
export const Email = z.email().max(128);
export const Password = z.string().min(1).max(256);

export const PasswordForm = z.object({ email: Email, password: Password });
export const NewPasswordForm = z.object({ new_password: Password });
