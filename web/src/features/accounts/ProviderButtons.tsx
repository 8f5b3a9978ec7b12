/** A button for each identity provider: a plain link, for the way there and back is the browser's. */
import { Button } from "@mantine/core";
import { LogIn } from "lucide-react";
import { pathOf, type Way } from "./api/ways";
import classes from "./Doorway.module.css";

type ProviderButtonsProps = {
  ways: readonly Way[];
  verb: string;
  told: { next?: string; invitation?: string };
  /** A password is asked for below. */
  orPassword: boolean;
};

export function ProviderButtons({ ways, verb, told, orPassword }: ProviderButtonsProps) {
  if (ways.length === 0) return null;
  return (
    <div className={classes.ways}>
      {ways.map((way) => (
        <Button
          key={way.name}
          component="a"
          href={pathOf(way, told)}
          variant={orPassword ? "default" : "filled"}
          size="md"
          fullWidth
          leftSection={<LogIn size={17} />}
        >
          {verb} with {way.title}
        </Button>
      ))}
      {orPassword && <p className={classes.or}>or with a password</p>}
    </div>
  );
}
