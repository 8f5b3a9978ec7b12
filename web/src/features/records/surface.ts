/** Who draws the texts of a record where passages are marked in them: the exact text then, Markdown only to look at. */
import { type ComponentType, createContext } from "react";

export type TextOfRecord = { field: string; turn?: number; text: string };
export type Surface = {
  draws: (field: string) => boolean;
  Text: ComponentType<TextOfRecord>;
  /** The texts are looked at as they are meant to be read; nothing can be marked in them meanwhile. */
  formatted: boolean;
  onFormatted: (formatted: boolean) => void;
};

export const SurfaceContext = createContext<Surface | null>(null);
