/** A turn's content cut at its images, whose places count Unicode code points. */
import type { Image } from "./fields";

export type Part =
  | { readonly key: string; readonly text: string; readonly url?: undefined }
  | { readonly key: string; readonly url: string };

export function partsOf(content: string, images: readonly Image[]): readonly Part[] {
  if (images.length === 0) return [{ key: "text", text: content }];
  const points = [...content];
  const parts: Part[] = [];
  let from = 0;
  for (const [nth, { url, at }] of images.toSorted((a, b) => a.at - b.at).entries()) {
    const text = points.slice(from, at).join("");
    if (text.trim()) parts.push({ key: `before ${nth}`, text });
    parts.push({ key: `image ${nth}`, url });
    from = Math.max(from, at);
  }
  const rest = points.slice(from).join("");
  return rest.trim() ? [...parts, { key: "rest", text: rest }] : parts;
}
