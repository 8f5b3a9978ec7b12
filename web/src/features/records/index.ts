export { isSideBySide } from "./compared";
export { FieldView } from "./FieldView";
export { ProjectImages } from "./ProjectImages";
export { RecordView } from "./RecordView";
export { type Surface, SurfaceContext, type TextOfRecord } from "./surface";
