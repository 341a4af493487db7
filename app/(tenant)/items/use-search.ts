"use client";

import { useEffect, useRef, useState, useTransition } from "react";
import { useRouter } from "../../use-router";
import { type Asked, itemsAddress } from "./links";

const PAUSE_MS = 200;

/**
 * Searches while typing, shortly after the last key. The address holds the search: the first one adds a step that Back
 * undoes, those after it replace each other. The router drops an answer that a later one overtook.
 *
 * @param shown what the rows shown were asked for.
 */
export function useSearch(shown: Asked) {
  const { q } = shown;
  const router = useRouter();
  const [text, setText] = useState(q);
  const [isSearching, startSearch] = useTransition();
  const asked = useRef(q);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  // Something else changed the address, such as Back. The field follows, except while somebody is typing.
  useEffect(() => {
    if (isSearching || timer.current !== undefined || q === asked.current) return;
    asked.current = q;
    setText(q);
  }, [q, isSearching]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function search(wanted: string) {
    clearTimeout(timer.current);
    timer.current = undefined;
    const to = wanted.trim();
    if (to === asked.current) return;
    // By the address: a step that the router has not taken yet goes with the one that overtakes it.
    const isFirst = !new URLSearchParams(window.location.search).has("q");
    asked.current = to;
    const address = itemsAddress({ ...shown, q: to });
    startSearch(() => router[isFirst ? "push" : "replace"](address, { scroll: false }));
  }

  function type(typed: string) {
    setText(typed);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => search(typed), PAUSE_MS);
  }

  function set(wanted: string) {
    setText(wanted);
    search(wanted);
  }

  /** Narrows or orders the list otherwise, a step that Back undoes. */
  function change(what: Partial<Asked>) {
    clearTimeout(timer.current);
    timer.current = undefined;
    const q = text.trim();
    asked.current = q;
    startSearch(() => router.push(itemsAddress({ ...shown, q, ...what }), { scroll: false }));
  }

  /** Shows everything again, in the order chosen. */
  function clear() {
    setText("");
    clearTimeout(timer.current);
    timer.current = undefined;
    asked.current = "";
    startSearch(() => router.push(itemsAddress({ q: "", sort: shown.sort }), { scroll: false }));
  }

  return { text, isSearching, type, set, change, clear };
}
