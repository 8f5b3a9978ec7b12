export { jobQuery } from "./api/jobs";
export { type SendFile, sendFile } from "./api/upload";
export { isSideBySide } from "./compared";
export { FieldView } from "./FieldView";
export { FileDrop } from "./FileDrop";
export { JobCard } from "./JobCard";
export { ProjectImages } from "./ProjectImages";
export { RecordView } from "./RecordView";
export { type Surface, SurfaceContext, type TextOfRecord } from "./surface";
