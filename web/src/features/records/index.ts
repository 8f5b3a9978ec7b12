export { FieldView } from "./FieldView";
export { comparesTwo, RecordView } from "./RecordView";
