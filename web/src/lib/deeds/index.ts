export { type Deed, did, forgetDeeds, hush, offersUndo, redoNext, type Tell, undoLast, useDeeds } from "./deeds";
export { useDeed } from "./useDeed";
