/** What stands where a page could not: an error said in words, or an address without a page. */
import { Button } from "@mantine/core";
import { type ErrorComponentProps, Link, useRouter } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { asProblem } from "@/lib/problem";
import { EmptyState, Page, ProblemNote } from "@/ui";

export function Trouble({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    router.invalidate();
  };
  const problem = asProblem(error);
  if (!problem.passing && problem.status > 0)
    return (
      <EmptyState whole icon={<Compass size={22} />} title={problem.title} action={<HomeButton />}>
        <p>{problem.message}</p>
      </EmptyState>
    );
  return (
    <Page title="This page could not be shown" width="reading">
      <ProblemNote error={error} onRetry={retry} />
    </Page>
  );
}

function HomeButton() {
  return (
    <Button component={Link} to="/" variant="default">
      Go to Home
    </Button>
  );
}

export function NotFound() {
  return (
    <main>
      <EmptyState whole icon={<Compass size={22} />} title="There is no page at this address" action={<HomeButton />}>
        <p>It may have been moved, or the link lost a piece on its way.</p>
      </EmptyState>
    </main>
  );
}
