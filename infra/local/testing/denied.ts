/** What a query comes back with that the role may not run or whose rows it may not write (SQLSTATE 42501). */
export const denied = { cause: { code: "42501" } };
