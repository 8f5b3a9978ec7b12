/** How a person likes this screen. Kept in the browser, each with its key. */
import { useMemo } from "react";
import type { KeyName } from "@/lib/keys";
import { useKept } from "@/lib/useKept";

type OnOff = "on" | "off";
type SettingName = "by-self" | "brief";

export type Setting = {
  readonly name: SettingName;
  readonly title: string;
  readonly help: string;
  readonly keyName: KeyName;
  readonly on: boolean;
  readonly set: (on: boolean) => void;
};

export type Settings = readonly Setting[];

export function useSettings(): Settings {
  const [bySelf, keepBySelf] = useKept<OnOff>("annotate:by-self", "off");
  const [brief, keepBrief] = useKept<OnOff>("annotate:brief", "off");
  return useMemo(
    () => [
      {
        name: "by-self",
        title: "Submit by itself",
        help: "As soon as the last question is answered",
        keyName: "a",
        on: bySelf === "on",
        set: (on) => keepBySelf(on ? "on" : "off"),
      },
      {
        name: "brief",
        title: "Hide explanations",
        help: "For people who know the options by heart",
        keyName: "d",
        on: brief === "on",
        set: (on) => keepBrief(on ? "on" : "off"),
      },
    ],
    [bySelf, keepBySelf, brief, keepBrief],
  );
}

export function isOn(settings: Settings, name: SettingName): boolean {
  return settings.some((setting) => setting.name === name && setting.on);
}
