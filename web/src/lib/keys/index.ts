export { chooseKeys, useChosenKeys, useKeyFor } from "./chosen";
export {
  chosenFor,
  deedOf,
  faultOf,
  holderOf,
  isWhole,
  type Keymap,
  mayBeChosen,
  swapped,
  THIS_PAGE,
  withChosen,
} from "./keymap";
export { type Binding, capsOf, type KeyName, keysOf, nameOf } from "./match";
export { refreshVisibleBindings, useKeys, useVisibleBindings } from "./useKeys";
