import type { Picture } from "../../infra/local/picture";

export const picture: Picture = {
  colorScheme: "dark",
  stands: (page) => page.getByText(/^Live/).waitFor(),
};
