/** Sends a file and tells how far it is: `fetch` cannot, so this is the one place with an XMLHttpRequest. */
import type { Shape } from "@/lib/api";
import { csrfHeaders } from "@/lib/csrf";
import { problemFrom, unreachable } from "@/lib/problem";

export type Upload = Shape<"Upload">;
export type Sending<Kept> = { done: Promise<Kept>; cancel: () => void };
export type SendFile<Kept> = (file: File, onProgress: (share: number) => void) => Sending<Kept>;

export const sendToProject =
  (projectId: number): SendFile<Upload> =>
  (file, onProgress) =>
    sendFile(`/api/v1/projects/${projectId}/uploads`, file, onProgress);

/** Sends the file as the body of a request to this address. */
export function sendFile<Kept>(address: string, file: File, onProgress: (share: number) => void): Sending<Kept> {
  const request = new XMLHttpRequest();
  const done = new Promise<Kept>((resolve, reject) => {
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onerror = () => reject(unreachable());
    request.onload = () => {
      const body: unknown = request.response;
      if (request.status >= 200 && request.status < 300) resolve(body as Kept);
      else reject(problemFrom(request.status, body));
    };
  });
  request.open("POST", `${address}?filename=${encodeURIComponent(file.name)}`);
  request.responseType = "json";
  request.setRequestHeader("Content-Type", "application/octet-stream");
  for (const [name, value] of Object.entries(csrfHeaders())) request.setRequestHeader(name, value);
  request.send(file);
  return { done, cancel: () => request.abort() };
}
