export { FieldView } from "./FieldView";
export { ProjectImages } from "./ProjectImages";
export { isSideBySide, RecordView } from "./RecordView";
export { type Surface, SurfaceContext, type TextOfRecord } from "./surface";
