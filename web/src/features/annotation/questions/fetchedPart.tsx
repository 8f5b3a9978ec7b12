/** A part that is fetched when first asked for, or ahead; once it is here it is drawn at once, and its keys answer. */
import { type ComponentType, lazy, useState } from "react";

export function fetchedPart<P extends object>(load: () => Promise<{ default: ComponentType<P> }>) {
  let here: ComponentType<P> | undefined;
  const fetch = async () => {
    const part = await load();
    here = part.default;
    return part;
  };
  const Later = lazy(fetch);
  // biome-ignore lint/correctness/noComponentHookFactories: made once for a module, never while something is drawn
  function Part(props: P) {
    const [Chosen] = useState<ComponentType<P>>(() => here ?? Later);
    return <Chosen {...props} />;
  }
  return { Part, fetch };
}
