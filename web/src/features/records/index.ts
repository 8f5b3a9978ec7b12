export { jobQuery } from "./api/jobs";
export { type SendFile, sendFile } from "./api/upload";
export { FieldView } from "./FieldView";
export { FileDrop } from "./FileDrop";
export { JobCard } from "./JobCard";
export { ProjectImages } from "./ProjectImages";
export { isSideBySide, RecordView } from "./RecordView";
export { type Surface, SurfaceContext, type TextOfRecord } from "./surface";
