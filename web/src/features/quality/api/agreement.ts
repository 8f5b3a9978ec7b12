/** How far people agree, beyond chance and with intervals. */
import { queryOptions } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";

export type Agreement = Shape<"ProjectAgreement">;
export type QuestionAgreement = Agreement["questions"][number];
export type Estimate = Shape<"Estimate">;
export type PairAgreement = QuestionAgreement["by_pair"][number];

export const agreementQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["agreement", projectId],
    queryFn: () =>
      send(api.GET("/api/v1/projects/{project_id}/agreement", { params: { path: { project_id: projectId } } })),
  });
