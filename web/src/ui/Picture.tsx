/**
 * An image that a record names. Browsers never fetch it from elsewhere: this server gives it where the project shows
 * images of its host; otherwise a chip says where it would come from, and why it is not here.
 */
import { ImageOff } from "lucide-react";
import { use, useState } from "react";
import { problemFrom } from "@/lib/problem";
import { hostOf, ImagesContext, isInline } from "./images";
import classes from "./Picture.module.css";

export function Picture({ url, alt }: { url: string; alt?: string | undefined }) {
  const { addressOf } = use(ImagesContext);
  const [failure, setFailure] = useState<string>();
  const host = hostOf(url);
  const source = isInline(url) ? url : host && addressOf(url);
  if (!source)
    return <Chip url={url} host={host} alt={alt} why={host ? "not shown in this project" : "no web address"} />;
  if (failure) return <Chip url={url} host={host} alt={alt} why={failure} />;
  return (
    <img
      className={classes.picture}
      src={source}
      alt={alt || (host ? `From ${host}` : "From the record")}
      loading="lazy"
      decoding="async"
      referrerPolicy="no-referrer"
      onError={() => whyNot(source).then(setFailure)}
    />
  );
}

type ChipProps = { url: string; host: string | undefined; alt: string | undefined; why: string };

function Chip({ url, host, alt, why }: ChipProps) {
  const words = (
    <>
      <ImageOff size={14} aria-hidden="true" />
      <span>
        {alt || "Image"}
        {host && <span className={classes.host}> from {host}</span>}
        <span className={classes.why}>, {why}</span>
      </span>
    </>
  );
  if (!host) return <span className={classes.chip}>{words}</span>;
  return (
    <a className={classes.chip} href={url} target="_blank" rel="noopener noreferrer nofollow">
      {words}
    </a>
  );
}

/** Why an image did not come, in the server's words. */
async function whyNot(source: string): Promise<string> {
  if (isInline(source)) return "cannot be read";
  const answer = await fetch(source, { credentials: "same-origin" }).catch(() => undefined);
  if (!answer || answer.ok) return "cannot be shown";
  return problemFrom(answer.status, await answer.json().catch(() => undefined)).message;
}
