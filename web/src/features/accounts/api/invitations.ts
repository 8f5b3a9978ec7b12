/** Invitation links: who may come in, and as what. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";

export type Invitation = Shape<"Invitation">;
/** One that was just made: its link is told only now. */
export type IssuedInvitation = Shape<"IssuedInvitation">;
export type NewInvitation = Partial<Shape<"NewInvitation">>;

export const invitationsQuery = queryOptions({
  queryKey: ["invitations"],
  queryFn: () => send(api.GET("/api/v1/invitations")),
});

export function useInvite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (invitation: NewInvitation) =>
      send(api.POST("/api/v1/invitations", { body: invitation as Shape<"NewInvitation"> })),
    onSuccess: () => client.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
}

export function useRevokeInvitation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) =>
      send(api.DELETE("/api/v1/invitations/{invitation_id}", { params: { path: { invitation_id: id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
}

/** The whole address to hand to the invited person. */
export function linkOf(invitation: IssuedInvitation): string {
  return new URL(invitation.url_path, window.location.origin).href;
}
