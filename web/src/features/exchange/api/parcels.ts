/** Files of other tools: send one, see what would come of it, make the project. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { projectsQuery } from "@/features/projects/queries";
import { type SendFile, sendFile } from "@/features/records/api/upload";
import { api, type Shape, send } from "@/lib/api";

export type Parcel = Shape<"Parcel">;
export type Brought = Shape<"Brought">;
type Wish = Shape<"NewProjectFromParcel">;

export const sendParcel: SendFile<Parcel> = (file, onProgress) => sendFile("/api/v1/parcels", file, onProgress);

export function useBringProject(parcelId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Wish) =>
      send(api.POST("/api/v1/parcels/{parcel_id}/project", { params: { path: { parcel_id: parcelId } }, body })),
    onSuccess: () => client.invalidateQueries({ queryKey: projectsQuery.queryKey }),
  });
}
