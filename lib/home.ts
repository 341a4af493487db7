/** Where one lands: after signing in, and where nothing says otherwise. */
export const HOME = "/home";
