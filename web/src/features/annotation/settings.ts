/** How a person likes this screen. Kept in the browser, each with its key. */
import type { KeyName } from "@/lib/keys";
import { useKept } from "@/lib/useKept";

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
  const bySelf = useSwitch("by-self");
  const brief = useSwitch("brief");
  return [
    {
      name: "by-self",
      title: "Submit by itself",
      help: "As soon as the last question is answered",
      keyName: "a",
      ...bySelf,
    },
    {
      name: "brief",
      title: "Hide explanations",
      help: "For people who know the options by heart",
      keyName: "d",
      ...brief,
    },
  ];
}

export function isOn(settings: Settings, name: SettingName): boolean {
  return settings.some((setting) => setting.name === name && setting.on);
}

function useSwitch(name: SettingName): Pick<Setting, "on" | "set"> {
  const [kept, keep] = useKept<"on" | "off">(`annotate:${name}`, "off");
  return { on: kept === "on", set: (on) => keep(on ? "on" : "off") };
}
