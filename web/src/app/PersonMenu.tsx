/** The person at the bottom of the navigation: look of the screen, keys, way out. */
import { Menu, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Keyboard, LogOut, UserRound } from "lucide-react";
import { type Me, useSignOut } from "@/features/accounts";
import { openKeyHelp } from "./keys/KeyHelp";
import classes from "./PersonMenu.module.css";

const SCHEMES = [
  { value: "auto", label: "Light or dark as the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

export function PersonMenu({ me, narrow }: { me: Me; narrow: boolean }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  return (
    <Menu position="top-start" width={232} trapFocus>
      <Menu.Target>
        <UnstyledButton className={classes.person} data-narrow={narrow || undefined}>
          <span className={classes.initials} aria-hidden="true">
            {initialsOf(me.person.name)}
          </span>
          {narrow ? (
            <span className="unseen">{me.person.name}</span>
          ) : (
            <span className={classes.words}>
              <span className={classes.name}>{me.person.name}</span>
              <span className={classes.workspace}>{me.workspace.name}</span>
            </span>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {/* biome-ignore lint/a11y/useSemanticElements: inside a menu there is no fieldset */}
        <div role="group" aria-label="Look">
          <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(value as "auto" | "light" | "dark")}>
            {SCHEMES.map(({ value, label }) => (
              <Menu.RadioItem key={value} value={value} closeMenuOnClick={false}>
                {label}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </div>
        <Menu.Divider />
        <Menu.Item component={Link} to="/account" leftSection={<UserRound size={15} />}>
          Your account
        </Menu.Item>
        <Menu.Item leftSection={<Keyboard size={15} />} onClick={openKeyHelp}>
          Keys
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<LogOut size={15} />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : ""]
    .map((w) => w?.[0] ?? "")
    .join("")
    .toUpperCase();
}
