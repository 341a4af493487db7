"use client";

import { useEffect, useRef, useState, useTransition } from "react";
import { useRouter } from "../../use-router";
import { itemsAddress } from "./links";

const PAUSE_MS = 200;

/**
 * Searches while typing, shortly after the last key. The address holds the search: the first one adds a step that Back
 * undoes, those after it replace each other. The router drops an answer that a later one overtook.
 *
 * @param q what the rows shown were searched for.
 */
export function useSearch(q: string) {
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
    const isFirst = asked.current === "";
    asked.current = to;
    const address = itemsAddress({ q: to });
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

  return { text, isSearching, type, set };
}
