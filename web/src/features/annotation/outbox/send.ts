/** One op, as the request it stands for. */
import { api, send } from "@/lib/api";
import type { Op } from "./ops";

export async function sendOp(op: Op): Promise<void> {
  const params = { path: { project_id: op.projectId, task_id: op.taskId } };
  switch (op.kind) {
    case "answer": {
      const { answers, notes, active_ms, schema_version, id: idempotency_key } = op;
      const body = { answers: { ...answers }, notes: { ...notes }, active_ms, schema_version, idempotency_key };
      await send(api.POST("/api/v1/projects/{project_id}/tasks/{task_id}/answer", { params, body }));
      return;
    }
    case "skip": {
      const body = { reason: op.reason ?? null };
      await send(api.POST("/api/v1/projects/{project_id}/tasks/{task_id}/skip", { params, body }));
      return;
    }
    case "flag": {
      const body = { reason: op.reason };
      await send(api.POST("/api/v1/projects/{project_id}/tasks/{task_id}/flag", { params, body }));
      return;
    }
    case "undo":
      await send(api.POST("/api/v1/projects/{project_id}/tasks/{task_id}/undo", { params }));
  }
}
