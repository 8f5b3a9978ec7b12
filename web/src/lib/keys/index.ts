export { type Binding, capsOf, type KeyName, keysOf } from "./match";
export { refreshVisibleBindings, useKeys, useVisibleBindings } from "./useKeys";
