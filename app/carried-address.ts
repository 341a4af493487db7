"use client";

import { type RefObject, useEffect, useEffectEvent } from "react";

const CARRIED = "sekisho.address";
const REMEMBERED = "sekisho.remembered-address";

/**
 * Keeps the address that was typed last for the next step, in this tab and until somebody is signed in: not in the page's
 * own address, which lands in logs and histories.
 */
export function carryAddress(email: string): void {
  write(() => sessionStorage, CARRIED, email);
}

/** The address of the step before; "" where none was typed. */
export function carriedAddress(): string {
  return read(() => sessionStorage, CARRIED);
}

/** Keeps an address on this device, for who wants that; "" keeps none. */
export function rememberAddress(email: string): void {
  write(() => localStorage, REMEMBERED, email);
}

/** The address that is kept on this device; "" where there is none. */
export function rememberedAddress(): string {
  return read(() => localStorage, REMEMBERED);
}

/**
 * Writes an address into the empty field `email` of a form, once, as soon as the script runs.
 *
 * @param find where it is kept.
 * @param onFilled it was written: the next field may have the focus.
 */
export function useFilledAddress(
  form: RefObject<HTMLFormElement | null>,
  find: () => string,
  onFilled?: (form: HTMLFormElement) => void,
): void {
  const fill = useEffectEvent(() => {
    const field = form.current?.elements.namedItem("email");
    const email = find();
    if (!(field instanceof HTMLInputElement) || !form.current || field.value !== "" || email === "") return;
    field.value = email;
    // Who has begun to type another one replaces it.
    if (document.activeElement === field) field.select();
    onFilled?.(form.current);
  });
  useEffect(() => fill(), []);
}

/** A browser that keeps nothing refuses already to be asked. */
function read(storage: () => Storage, name: string): string {
  try {
    return storage().getItem(name) ?? "";
  } catch {
    return "";
  }
}

function write(storage: () => Storage, name: string, email: string): void {
  try {
    if (email === "") storage().removeItem(name);
    else storage().setItem(name, email);
  } catch {
    // Then it is typed again.
  }
}
