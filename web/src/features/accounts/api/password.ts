import { useMutation } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";

export function useChangePassword() {
  return useMutation({
    mutationFn: (change: Shape<"PasswordChange">) => send(api.PUT("/api/v1/session/password", { body: change })),
  });
}
