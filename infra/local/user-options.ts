import { isReservedTenantId, isTenantId } from "@/lib/auth/tenancy/tenant-id";

/** What is wrong with whom and where a command about a user was told, a sentence each. */
export function userFaults({ email, tenant = "" }: { email?: string; tenant?: string }): string[] {
  const faults: string[] = [];
  if (!email?.includes("@")) faults.push("--email must be an e-mail address.");
  if (!isTenantId(tenant)) {
    faults.push(
      "--tenant must be 1 to 64 of a-z, 0-9, - and _, beginning and ending with a letter or digit.",
    );
  }
  if (isReservedTenantId(tenant)) faults.push(`--tenant must not be ${tenant}, which is no tenant's name.`);
  return faults;
}
