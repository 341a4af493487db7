import { permission } from "../permission";

export const MANAGE_SINGLE_SIGN_ON = permission("single_sign_on:manage", "manage");
