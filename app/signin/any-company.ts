import { anySingleSignOn } from "@/lib/auth/single-sign-on/sign-in-way";
import { remember } from "@/lib/auth/tenancy/remember";
import { AppError } from "@/lib/errors";

const SECONDS = 5;
const remembered = remember<boolean>(SECONDS);

/**
 * Whether any tenant's people come in at their company; asked every few seconds, for everybody opens the sign-in page. While
 * it cannot be told, the page is the one without: whoever may not come in by password is told so then.
 */
export function anyCompany(): Promise<boolean> {
  return remembered("any", anySingleSignOn).catch((error: unknown) => {
    if (error instanceof AppError) return false;
    throw error;
  });
}
