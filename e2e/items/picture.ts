import type { Picture } from "../../infra/local/picture";

export const picture: Picture = {
  stands: (page) => page.getByText("Delivery contract, Kitazawa Logistics").waitFor(),
};
