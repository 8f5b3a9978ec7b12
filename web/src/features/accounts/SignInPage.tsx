/** The door: identity providers first where there are some, then the password, each where the server takes it. */
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api, send } from "@/lib/api";
import { Problem } from "@/lib/problem";
import { Loading, ProblemNote } from "@/ui";
import { waysQuery } from "./api/ways";
import { Doorway } from "./Doorway";
import { ProviderButtons } from "./ProviderButtons";
import { enter } from "./session";

export function SignInPage({ next, trouble }: { next: string; trouble: string | undefined }) {
  const ways = useQuery(waysQuery);
  if (ways.isPending) return <Loading what="Looking for the ways in" />;
  if (ways.isError)
    return (
      <Doorway title="Sign in">
        <ProblemNote error={ways.error} onRetry={ways.refetch} />
      </Doorway>
    );
  const { passwords, providers, troubles } = ways.data;
  const told = trouble && troubles[trouble];
  return (
    <Doorway title="Sign in" lead="Gold-standard data for language models.">
      {told && <ProblemNote error={new Problem(401, "You are not signed in", told)} />}
      <ProviderButtons ways={providers} verb="Sign in" told={{ next }} orPassword={passwords} />
      {passwords && <PasswordForm next={next} />}
    </Doorway>
  );
}

function PasswordForm({ next }: { next: string }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const client = useQueryClient();
  const router = useRouter();
  const signIn = useMutation({
    mutationFn: () => send(api.POST("/api/v1/session", { body: { email, password } })),
    onSuccess: (me) => {
      enter(client, me);
      router.history.push(next);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <form onSubmit={submit}>
      {signIn.isError && <ProblemNote error={signIn.error} />}
      <TextInput
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        size="md"
        required
        withAsterisk={false}
        autoFocus
        value={email}
        onChange={(e) => setEmail(e.currentTarget.value)}
      />
      <PasswordInput
        label="Password"
        name="password"
        autoComplete="current-password"
        size="md"
        required
        withAsterisk={false}
        value={password}
        onChange={(e) => setPassword(e.currentTarget.value)}
      />
      <Button type="submit" size="md" fullWidth mt="xs" loading={signIn.isPending}>
        Sign in
      </Button>
    </form>
  );
}
