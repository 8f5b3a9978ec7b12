/** One of a few words, in a table cell or a form: the browser's own select, which every device knows how to open. */
import { NativeSelect } from "@mantine/core";

type ChoiceProps = {
  label: string;
  options: ReadonlyArray<{ value: string; label: string; help?: string }>;
  value: string;
  onChange: (value: string) => void;
  disabled?: boolean;
  /** Shows the label above instead of keeping it for screen readers. */
  titled?: boolean;
  /** Said under the title; without it, what helps to understand the option that is chosen. */
  description?: string;
};

export function Choice({ label, options, value, onChange, disabled, titled = false, description }: ChoiceProps) {
  const said = description ?? options.find((option) => option.value === value)?.help;
  return (
    <NativeSelect
      size={titled ? "sm" : "xs"}
      data={options.map(({ value, label }) => ({ value, label }))}
      value={value}
      disabled={disabled}
      onChange={(e) => onChange(e.currentTarget.value)}
      {...(titled ? { label, description: said } : { "aria-label": label })}
    />
  );
}
