export { unreadQuery } from "./api/notices";
