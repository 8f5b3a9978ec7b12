export { FieldView } from "./FieldView";
export { isSideBySide, RecordView } from "./RecordView";
export { type Surface, SurfaceContext, type TextOfRecord } from "./surface";
