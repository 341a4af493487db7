import { redirect } from "next/navigation";
import { HOME } from "@/lib/home";

export default function Home(): never {
  redirect(HOME);
}
