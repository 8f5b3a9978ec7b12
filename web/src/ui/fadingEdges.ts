/** `ref={fadingEdges}`: what scrolls sideways fades where it goes on, so that people see that there is more. */
import "./fadingEdges.css";

export function fadingEdges(box: HTMLElement | null): (() => void) | undefined {
  if (!box) return undefined;
  const look = () => {
    const behind = box.scrollWidth - box.clientWidth - Math.abs(box.scrollLeft);
    box.toggleAttribute("data-more-before", Math.abs(box.scrollLeft) > 1);
    box.toggleAttribute("data-more-behind", behind > 1);
  };
  const size = new ResizeObserver(look);
  size.observe(box);
  const content = new MutationObserver(look);
  content.observe(box, { childList: true, subtree: true, characterData: true });
  box.addEventListener("scroll", look, { passive: true });
  look();
  return () => {
    size.disconnect();
    content.disconnect();
    box.removeEventListener("scroll", look);
  };
}
