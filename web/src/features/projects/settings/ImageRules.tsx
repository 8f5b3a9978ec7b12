/** Whether images that records name are shown, and from which hosts; a host a line. */
import { Checkbox, Textarea } from "@mantine/core";
import { useState } from "react";
import type { Policy } from "../api/project";
import classes from "./settings.module.css";

type ImageRulesProps = { policy: Policy; set: (to: Partial<Policy>) => void };

export function ImageRules({ policy, set }: ImageRulesProps) {
  const [written, write] = useState(policy.image_hosts.join("\n"));
  const isShown = policy.images === "proxied";
  return (
    <div className={classes.stack}>
      <Checkbox
        label="Show images that records name by their address"
        description="This server fetches them; browsers never go elsewhere. Otherwise a chip says where an image would come from."
        checked={isShown}
        onChange={(e) => set({ images: e.currentTarget.checked ? "proxied" : "blocked" })}
      />
      {isShown && (
        <Textarea
          label="Images of these hosts"
          description="One a line, such as images.example.com, or *.example.com for all below it. Without any, no image is shown."
          autosize
          minRows={2}
          maxRows={8}
          spellCheck={false}
          value={written}
          onChange={(e) => {
            write(e.currentTarget.value);
            set({ image_hosts: e.currentTarget.value.split(/[\s,]+/).filter(Boolean) });
          }}
        />
      )}
    </div>
  );
}
