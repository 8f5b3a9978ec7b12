/** What is being typed, kept in this browser until it is sent: a closed tab loses nothing. */
import { useState } from "react";
import { keep, kept, unkeep } from "@/lib/kept";

export function useWriting(name: string, begin = ""): [string, (text: string) => void] {
  const [text, setText] = useState(() => kept<string>(`comment:${name}`) ?? begin);
  const write = (next: string) => {
    setText(next);
    if (next === begin) unkeep(`comment:${name}`);
    else keep(`comment:${name}`, next);
  };
  return [text, write];
}
