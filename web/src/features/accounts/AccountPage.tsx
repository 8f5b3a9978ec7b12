/** What belongs to oneself: who one is here, the password, providers, where one is signed in, one's own API keys. */
import { PasswordInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { Card, Page, Section } from "@/ui";
import { Form } from "@/ui/Form";
import classes from "./admin.module.css";
import { useChangePassword } from "./api/password";
import { waysQuery } from "./api/ways";
import { ConnectedProviders } from "./ConnectedProviders";
import { KeyList } from "./KeyList";
import { SessionList } from "./SessionList";
import { useMe } from "./session";

export function AccountPage() {
  const me = useMe();
  const ways = useQuery(waysQuery).data;
  const passwords = ways?.passwords ?? false;
  const { trouble } = getRouteApi("/inside/account").useSearch();
  return (
    <Page
      title="Your account"
      lead={`${me.person.name}, ${me.person.email}, ${me.workspace_role} of ${me.workspace.name}`}
    >
      {passwords && (
        <Section title="Password">
          <Card>
            <PasswordForm />
          </Card>
        </Section>
      )}
      {(ways?.providers.length ?? 0) > 0 && (
        <Section title="Identity providers">
          <ConnectedProviders trouble={trouble} />
        </Section>
      )}
      <Section title="Where you are signed in">
        <SessionList whose="mine" />
      </Section>
      <Section title="API keys">
        <KeyList />
      </Section>
    </Page>
  );
}

function PasswordForm() {
  const change = useChangePassword();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const submit = () =>
    change.mutate(
      { current, new: next },
      {
        onSuccess: () => {
          setCurrent("");
          setNext("");
        },
      },
    );
  return (
    <div className={classes.narrow}>
      <Form
        deed="Change the password"
        onSubmit={submit}
        busy={change.isPending}
        error={change.error}
        done={change.isSuccess && "Changed. Your other sessions have ended."}
      >
        <PasswordInput
          label="Present password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={current}
          onChange={(e) => setCurrent(e.currentTarget.value)}
        />
        <PasswordInput
          label="New password"
          description="At least 10 characters"
          autoComplete="new-password"
          minLength={10}
          required
          withAsterisk={false}
          value={next}
          onChange={(e) => setNext(e.currentTarget.value)}
        />
      </Form>
    </div>
  );
}
