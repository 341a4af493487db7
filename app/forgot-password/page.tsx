import type { Metadata } from "next";
import { CardPage } from "../ui/card-page";
import { ForgotPasswordForm } from "./forgot-password-form";

export const metadata: Metadata = { title: "Forgot your password?" };

export default function ForgotPassword() {
  return (
    <CardPage title="Forgot your password?">
      <ForgotPasswordForm />
    </CardPage>
  );
}
