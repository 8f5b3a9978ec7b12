export { type Deed, did, forgetDeeds, hush, redoNext, undoLast, useDeeds } from "./deeds";
