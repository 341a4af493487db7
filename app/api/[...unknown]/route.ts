import { unknownResource } from "@/lib/http/resource";

/** Whatever is under `/api` and is not there, as a problem and not as a page. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = unknownResource();
