/** The two pages in front of the door, given what their addresses carry. */
import { getRouteApi } from "@tanstack/react-router";
import { InvitePage } from "@/features/accounts/InvitePage";
import { SignInPage } from "@/features/accounts/SignInPage";

export function SignInDoor() {
  const { next = "/", trouble } = getRouteApi("/signin").useSearch();
  return <SignInPage next={next} trouble={trouble} />;
}

export function InviteDoor() {
  const { token } = getRouteApi("/invite/$token").useParams();
  return <InvitePage token={token} />;
}
