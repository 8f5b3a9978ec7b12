/** Whether images that a text names by their address are shown, and where the server gives them. */
import { createContext } from "react";

export type ImageSource = {
  /** Where this server gives the image; nothing where the project does not show it. */
  readonly addressOf: (url: string) => string | undefined;
};

export const ImagesContext = createContext<ImageSource>({ addressOf: () => undefined });

const INLINE = /^data:image\/(?:png|jpeg|webp|gif);base64,[A-Za-z0-9+/]+={0,2}$/;

/** An image that stands in the text itself: nothing is fetched for it. */
export function isInline(url: string): boolean {
  return INLINE.test(url);
}

export function hostOf(url: string): string | undefined {
  try {
    const { protocol, host } = new URL(url);
    return protocol === "https:" || protocol === "http:" ? host : undefined;
  } catch {
    return undefined;
  }
}
