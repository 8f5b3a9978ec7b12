/** The link of an invitation that was just made. */
import { day } from "@/lib/format";
import { SecretNote } from "@/ui/SecretNote";
import { type IssuedInvitation, linkOf } from "./api/invitations";

export function InvitationLink({ invitation, onDone }: { invitation: IssuedInvitation; onDone: () => void }) {
  return (
    <SecretNote
      label="Send them this link"
      text={linkOf(invitation)}
      note={`It is shown only now, works once and ends on ${day(invitation.expires_at)}.`}
      onDone={onDone}
    />
  );
}
