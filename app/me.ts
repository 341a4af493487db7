"use client";

import { createContext } from "react";

/** The `sub` of the person whom the page around belongs to; null outside of such a page. */
export const Me = createContext<string | null>(null);
