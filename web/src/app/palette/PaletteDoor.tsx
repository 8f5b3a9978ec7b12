/** Ctrl+K: go anywhere, do anything that can be done here. */
import { useEffect, useState } from "react";
import { refreshVisibleBindings, useKeys } from "@/lib/keys";
import { Palette } from "./Palette";

const OPEN = "goldsmith:palette";

export function openPalette(): void {
  window.dispatchEvent(new Event(OPEN));
}

export function PaletteDoor({ projectId }: { projectId: number | undefined }) {
  const [open, setOpen] = useState(false);
  useKeys([{ keys: "mod+k", title: "Go or do anything", group: "Everywhere", whileTyping: true, run: openPalette }]);
  useEffect(() => {
    const show = () => {
      refreshVisibleBindings();
      setOpen(true);
    };
    window.addEventListener(OPEN, show);
    return () => window.removeEventListener(OPEN, show);
  }, []);
  if (!open) return null;
  return <Palette projectId={projectId} onClose={() => setOpen(false)} />;
}
