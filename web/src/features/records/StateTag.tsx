import { Tag } from "@/ui/Tag";
import { wordsOf } from "./states";

export function StateTag({ state }: { state: string }) {
  const words = wordsOf(state);
  return <Tag tone={words?.tone ?? "plain"}>{words?.title ?? state}</Tag>;
}
