/** Mantine, dressed in the colours of tokens.css. */
import {
  type ActionIconProps,
  type ButtonProps,
  type CheckboxProps,
  type CSSVariablesResolver,
  createTheme,
  type DrawerProps,
  defaultVariantColorsResolver,
  type MenuProps,
  type ModalProps,
  type PasswordInputProps,
  type PopoverProps,
  type TooltipProps,
  type VariantColorsResolver,
} from "@mantine/core";
import type { CSSProperties } from "react";

const GOLD = [
  "#fbf5e4", "#f3e7c4", "#e8d39b", "#dcbf74", "#cfa847", "#bd9538", "#a9832b", "#8f6c1c", "#7a5a10", "#5f450a",
] as const; // biome-ignore format: one scale, one line
const NEUTRAL = [
  "#f7f7f5",
  "#f1f1ee",
  "#e5e5e1",
  "#d8d8d3",
  "#cbcbc5",
  "#a3a39c",
  "#696963",
  "#4d4d48",
  "#2e2e2b",
  "#1b1b19",
] as const;
const DARK = [
  "#ededea",
  "#bcbcb5",
  "#9a9a92",
  "#6a6a63",
  "#494943",
  "#2e2e2b",
  "#232321",
  "#1b1b1a",
  "#141413",
  "#0f0f0e",
] as const;

/** The main button is ink on paper; gold stays rare, so that it means something where it stands. */
const variantColors: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  const plain = !input.color || input.color === "gold";
  if (input.variant === "filled" && plain)
    return { ...colors, background: "var(--gs-ink)", hover: "var(--gs-ink-2)", color: "var(--gs-bg)" };
  if (input.variant === "filled" && input.color === "red")
    return { ...colors, background: "var(--gs-bad)", hover: "var(--gs-bad)", color: "var(--gs-surface)" };
  if (input.variant === "subtle" && plain)
    return { ...colors, background: "transparent", hover: "var(--gs-hover)", color: "var(--gs-ink-2)" };
  if (input.variant === "light" && plain)
    return { ...colors, background: "var(--gs-gold-fill)", hover: "var(--gs-gold-fill)", color: "var(--gs-gold-ink)" };
  return colors;
};

/** While a dialog fades in or out, keys meant for it, or for the page under it, are lost or do the wrong thing. */
const AT_ONCE = { duration: 0 };
const DIALOG = { transitionProps: AT_ONCE, closeButtonProps: { "aria-label": "Close" } };
const DIALOG_TITLE = { fontSize: 16, fontWeight: 600, letterSpacing: "-0.01em" };

export const theme = createTheme({
  fontFamily: "var(--gs-font)",
  fontFamilyMonospace: "var(--gs-mono)",
  headings: { fontFamily: "var(--gs-font)", fontWeight: "620" },
  colors: { gold: GOLD, gray: NEUTRAL, dark: DARK },
  primaryColor: "gold",
  primaryShade: { light: 8, dark: 4 },
  autoContrast: true,
  defaultRadius: "md",
  radius: { xs: "4px", sm: "6px", md: "8px", lg: "12px", xl: "16px" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "32px" },
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "18px" },
  cursorType: "pointer",
  respectReducedMotion: true,
  focusRing: "never",
  variantColorResolver: variantColors,
  components: {
    Button: dressed<ButtonProps>({ size: "sm", variant: "filled" }),
    InputWrapper: dressed({}, { label: { marginBottom: 4 }, description: { marginBottom: 6 } }),
    ActionIcon: dressed<ActionIconProps>({ variant: "subtle" }),
    // A small box with round corners would be taken for one of several to choose from.
    Checkbox: dressed<CheckboxProps>({ radius: "xs" }),
    PasswordInput: dressed<PasswordInputProps>({
      visibilityToggleButtonProps: { "aria-label": "Show or hide what is typed" },
    }),
    Tooltip: dressed<TooltipProps>({ openDelay: 300, withArrow: false, transitionProps: { duration: 80 } }),
    Modal: dressed<ModalProps>({ ...DIALOG, centered: true }, { title: DIALOG_TITLE }),
    Drawer: dressed<DrawerProps>(DIALOG, { title: DIALOG_TITLE }),
    Popover: dressed<PopoverProps>({ transitionProps: AT_ONCE }),
    // A menu stands where its button does: at the end of the document it would belong to no part of the page.
    Menu: dressed<MenuProps>({
      transitionProps: { duration: 80 },
      shadow: "md",
      withInitialFocusPlaceholder: false,
      withinPortal: false,
    }),
  },
});

/** By name and not by `Modal.extend`: that would send every one of these parts with the first page. */
function dressed<Props>(defaultProps: Partial<Props>, styles: Record<string, CSSProperties> = {}) {
  return { defaultProps, styles };
}

export const cssVariables: CSSVariablesResolver = () => {
  const both = {
    "--mantine-color-body": "var(--gs-surface)",
    "--mantine-color-text": "var(--gs-ink)",
    "--mantine-color-dimmed": "var(--gs-ink-3)",
    "--mantine-color-placeholder": "var(--gs-ink-3)",
    "--mantine-color-error": "var(--gs-bad)",
    "--mantine-color-anchor": "var(--gs-gold-ink)",
    "--mantine-color-default": "var(--gs-surface)",
    "--mantine-color-default-hover": "var(--gs-hover)",
    "--mantine-color-default-color": "var(--gs-ink)",
    "--mantine-color-default-border": "var(--gs-line-strong)",
  };
  return { variables: {}, light: both, dark: both };
};
