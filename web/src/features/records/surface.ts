/** Who draws the texts of a record where passages are marked in them: the exact text then, never Markdown. */
import { type ComponentType, createContext } from "react";

export type TextOfRecord = { field: string; turn?: number; text: string };
export type Surface = { draws: (field: string) => boolean; Text: ComponentType<TextOfRecord> };

export const SurfaceContext = createContext<Surface | null>(null);
