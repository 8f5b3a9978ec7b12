/** Sends a file and tells how far it is: `fetch` cannot, so this is the one place with an XMLHttpRequest. */
import type { Shape } from "@/lib/api";
import { csrfHeaders } from "@/lib/csrf";
import { problemFrom, unreachable } from "@/lib/problem";

export type Upload = Shape<"Upload">;
export type Sending = { done: Promise<Upload>; cancel: () => void };

export function sendFile(projectId: number, file: File, onProgress: (share: number) => void): Sending {
  const request = new XMLHttpRequest();
  const done = new Promise<Upload>((resolve, reject) => {
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onerror = () => reject(unreachable());
    request.onload = () => {
      const body: unknown = request.response;
      if (request.status >= 200 && request.status < 300) resolve(body as Upload);
      else reject(problemFrom(request.status, body));
    };
  });
  request.open("POST", `/api/v1/projects/${projectId}/uploads?filename=${encodeURIComponent(file.name)}`);
  request.responseType = "json";
  request.setRequestHeader("Content-Type", "application/octet-stream");
  for (const [name, value] of Object.entries(csrfHeaders())) request.setRequestHeader(name, value);
  request.send(file);
  return { done, cancel: () => request.abort() };
}
