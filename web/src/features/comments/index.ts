export { CommentCount } from "./CommentCount";
