/** Ctrl+K: go anywhere, do anything that can be done here. */
import { useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { refreshVisibleBindings, useKeys } from "@/lib/keys";
import { Palette } from "./Palette";

const OPEN = "goldsmith:palette";

export function openPalette(): void {
  window.dispatchEvent(new Event(OPEN));
}

export function PaletteDoor({ projectId }: { projectId: number | undefined }) {
  const [open, setOpen] = useState(false);
  const before = useRef<Element>(null);
  useKeys([{ keys: "mod+k", title: "Go or do anything", group: "Everywhere", whileTyping: true, run: openPalette }]);
  useLayoutEffect(() => {
    const show = () => {
      refreshVisibleBindings();
      before.current = document.activeElement;
      // At once: the next letter is for the palette, not for what lies under it.
      flushSync(() => setOpen(true));
    };
    window.addEventListener(OPEN, show);
    return () => window.removeEventListener(OPEN, show);
  }, []);
  const close = () => {
    flushSync(() => setOpen(false));
    if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true });
  };
  if (!open) return null;
  return <Palette projectId={projectId} onClose={close} />;
}
