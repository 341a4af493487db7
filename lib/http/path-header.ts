/** Where the middleware tells a page under which address it was asked for. It replaces what a client may send. */
export const PATH_HEADER = "x-sekisho-path";
