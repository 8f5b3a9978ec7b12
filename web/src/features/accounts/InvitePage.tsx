import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api, type Shape, send } from "@/lib/api";
import { Loading, ProblemNote } from "@/ui";
import { waysQuery } from "./api/ways";
import { Doorway } from "./Doorway";
import { ProviderButtons } from "./ProviderButtons";
import { enter } from "./session";

export function InvitePage({ token }: { token: string }) {
  const preview = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => send(api.GET("/api/v1/invitations/{token}/preview", { params: { path: { token } } })),
  });
  const ways = useQuery(waysQuery);
  if (preview.isPending || ways.isPending) return <Loading what="Opening your invitation" />;
  if (preview.isError)
    return (
      <Doorway title="This invitation cannot be used">
        <ProblemNote error={preview.error} />
      </Doorway>
    );
  const { workspace, role } = preview.data;
  const { passwords, providers } = ways.data ?? { passwords: true, providers: [] };
  return (
    <Doorway title={`Join ${workspace}`} lead={`You are invited as ${role}.`}>
      <ProviderButtons ways={providers} verb="Join" told={{ invitation: token }} orPassword={passwords} />
      {passwords && <Accept token={token} preview={preview.data} />}
    </Doorway>
  );
}

function Accept({ token, preview }: { token: string; preview: Shape<"InvitationPreview"> }) {
  const [name, setName] = useState("");
  const [email, setEmail] = useState(preview.email ?? "");
  const [password, setPassword] = useState("");
  const client = useQueryClient();
  const navigate = useNavigate();
  const accept = useMutation({
    mutationFn: () =>
      send(
        api.POST("/api/v1/invitations/{token}/accept", {
          params: { path: { token } },
          body: { name, email, password },
        }),
      ),
    onSuccess: (me) => {
      enter(client, me);
      navigate({ to: "/" });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    accept.mutate();
  };
  return (
    <form onSubmit={submit}>
      {accept.isError && <ProblemNote error={accept.error} />}
      <TextInput
        label="Your name"
        description="As colleagues will see it"
        autoComplete="name"
        size="md"
        required
        withAsterisk={false}
        value={name}
        onChange={(e) => setName(e.currentTarget.value)}
      />
      <TextInput
        label="E-mail"
        type="email"
        autoComplete="username"
        size="md"
        required
        withAsterisk={false}
        readOnly={Boolean(preview.email)}
        value={email}
        onChange={(e) => setEmail(e.currentTarget.value)}
      />
      <PasswordInput
        label="Choose a password"
        description="At least 10 characters"
        autoComplete="new-password"
        size="md"
        minLength={10}
        required
        withAsterisk={false}
        value={password}
        onChange={(e) => setPassword(e.currentTarget.value)}
      />
      <Button type="submit" size="md" fullWidth mt="xs" loading={accept.isPending}>
        Join
      </Button>
    </form>
  );
}
