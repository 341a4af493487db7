import { cookies } from "next/headers";
import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth/next-auth";

type Context = { params: Promise<{ nextauth: string[] }> };

async function handle(request: NextRequest, context: Context): Promise<Response> {
  // NextAuth writes into our log whatever anybody posts here.
  if ((await context.params).nextauth[0] === "_log") return new Response(null, { status: 404 });
  return NextAuth(request, context, authOptions(await cookies()));
}

export { handle as GET, handle as POST };
