import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api, send } from "@/lib/api";
import { ProblemNote } from "@/ui";
import { Doorway } from "./Doorway";
import { enter } from "./session";

export function SignInPage({ next }: { next: string }) {
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
    <Doorway title="Sign in" lead="Gold-standard data for language models.">
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
    </Doorway>
  );
}
