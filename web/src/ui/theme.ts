// antd takes its colours from tokens.css, so that there is one truth for both themes.
import { type ThemeConfig } from "antd";

export type Theme = "light" | "dark";
export type Density = "compact" | "comfortable";

const COLOURS = {
  colorPrimary: "--accent",
  colorPrimaryHover: "--accent-hover",
  colorPrimaryActive: "--accent-hover",
  colorPrimaryBg: "--accent-soft",
  colorPrimaryBgHover: "--accent-soft",
  colorPrimaryBorder: "--accent",
  colorPrimaryText: "--accent",
  colorTextLightSolid: "--on-accent",
  colorLink: "--accent",
  colorLinkHover: "--accent-hover",
  colorLinkActive: "--accent-hover",
  colorInfo: "--accent",
  colorInfoBg: "--accent-soft",
  colorBgLayout: "--bg",
  colorBgContainer: "--surface",
  colorBgElevated: "--surface",
  colorBgContainerDisabled: "--surface-2",
  colorFillAlter: "--surface-2",
  colorFillSecondary: "--surface-3",
  colorFillTertiary: "--surface-3",
  colorFillQuaternary: "--surface-2",
  colorBorder: "--edge",
  colorBorderSecondary: "--line",
  colorSplit: "--line",
  colorText: "--ink",
  colorTextSecondary: "--ink-2",
  colorTextTertiary: "--ink-3",
  colorTextQuaternary: "--ink-3",
  colorTextPlaceholder: "--ink-3",
  colorTextDescription: "--ink-3",
  colorTextDisabled: "--ink-disabled",
  colorTextHeading: "--ink",
  colorTextLabel: "--ink-2",
  colorIcon: "--ink-2",
  colorIconHover: "--ink",
  colorError: "--st-blocked",
  colorErrorText: "--st-blocked",
  colorErrorBg: "--st-blocked-bg",
  colorSuccess: "--st-released",
  colorSuccessBg: "--st-released-bg",
  colorWarning: "--st-restricted",
  colorWarningBg: "--st-restricted-bg",
  controlItemBgActive: "--accent-soft",
  controlItemBgHover: "--surface-2",
} as const;

function tokenOf(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Put both choices on <html>, where tokens.css looks, and the antd theme that follows from them. */
export function applyTheme(theme: Theme, density: Density): ThemeConfig {
  document.documentElement.dataset.theme = theme;
  document.documentElement.dataset.density = density;
  const colours = Object.fromEntries(
    Object.entries(COLOURS).map(([antd, token]) => [antd, tokenOf(token)]),
  );
  return {
    token: {
      ...colours,
      fontFamily: tokenOf("--font"),
      fontSize: 14,
      fontSizeSM: 12,
      borderRadius: 4,
      borderRadiusSM: 2,
      borderRadiusLG: 4,
      controlHeight: density === "compact" ? 32 : 36,
      motion: parseFloat(tokenOf("--dur")) > 0, // without it nothing waits for the end of what never moves
      motionDurationMid: tokenOf("--dur"),
      motionDurationSlow: tokenOf("--dur"),
      fontWeightStrong: 600,
      boxShadow: tokenOf("--shadow-pop"),
      boxShadowSecondary: tokenOf("--shadow-pop"),
      wireframe: false,
    },
    components: {
      Button: { fontWeight: 400, primaryShadow: "none", defaultShadow: "none" },
      Table: {
        cellPaddingBlock: density === "compact" ? 5 : 9,
        cellPaddingInline: 12,
        cellPaddingBlockSM: density === "compact" ? 5 : 9,
        headerBg: tokenOf("--surface-2"),
        headerColor: tokenOf("--ink-2"),
        headerSplitColor: tokenOf("--surface-2"),
        rowHoverBg: tokenOf("--surface-2"),
        rowSelectedBg: tokenOf("--accent-soft"),
        rowSelectedHoverBg: tokenOf("--accent-soft"),
        fontSize: 13,
      },
      Segmented: {
        itemSelectedBg: tokenOf("--ink"),
        itemSelectedColor: tokenOf("--surface"),
        trackBg: tokenOf("--surface"),
      },
    },
  };
}
