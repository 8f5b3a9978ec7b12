import { queryOptions } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";

export type Template = Shape<"Template">;

export const templatesQuery = queryOptions({
  queryKey: ["project-templates"],
  queryFn: () => send(api.GET("/api/v1/project-templates")),
  staleTime: Number.POSITIVE_INFINITY,
});
