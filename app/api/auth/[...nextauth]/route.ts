import { cookies, headers } from "next/headers";
import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { signInObserver } from "@/app/sign-in-observer";
import { authOptions } from "@/lib/auth/next-auth";
import { guardedMount } from "@/lib/http/guarded-mount";

type Context = { params: Promise<{ nextauth: string[] }> };

const handle = guardedMount(async (request: NextRequest, context: Context): Promise<Response> => {
  const browser = { jar: await cookies(), headers: await headers(), observer: signInObserver };
  return NextAuth(request, context, authOptions(browser));
});

export { handle as GET, handle as POST };
