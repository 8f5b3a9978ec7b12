export { enter, type Me, sessionQuery, useMe, useSignOut } from "./session";
