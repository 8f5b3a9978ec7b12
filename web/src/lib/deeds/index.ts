export { type Deed, did, forgetDeeds, hush, redoNext, type Tell, undoLast, useDeeds } from "./deeds";
export { useDeed } from "./useDeed";
