// Light, dark or as the system; compact or comfortable: kept in this browser, applied to <html>.
import { App as AntdApp, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { nonce } from "./nonce";
import { speakThrough } from "./said";
import { applyTheme, type Density, type Theme } from "./theme";

export type ThemeChoice = Theme | "system";

interface Appearance {
  theme: Theme;
  choice: ThemeChoice;
  density: Density;
  setChoice: (choice: ThemeChoice) => void;
  setDensity: (density: Density) => void;
}

const AppearanceContext = createContext<Appearance | null>(null);

export function useAppearance(): Appearance {
  const appearance = use(AppearanceContext);
  if (!appearance) throw new Error("useAppearance outside of AppearanceProvider");
  return appearance;
}

const DARK = "(prefers-color-scheme: dark)";

function useSystemTheme(): Theme {
  const [isDark, setDark] = useState(() => matchMedia(DARK).matches);
  useEffect(() => {
    const media = matchMedia(DARK);
    const changed = () => setDark(media.matches);
    media.addEventListener("change", changed);
    return () => media.removeEventListener("change", changed);
  }, []);
  return isDark ? "dark" : "light";
}

function useStored<T extends string>(key: string, initial: T): [T, (value: T) => void] {
  const [value, setValue] = useState(() => (localStorage.getItem(key) as T | null) ?? initial);
  return [
    value,
    (next) => {
      localStorage.setItem(key, next);
      setValue(next);
    },
  ];
}

export function AppearanceProvider({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const system = useSystemTheme();
  const [choice, setChoice] = useStored<ThemeChoice>("zhiliu.theme", "system");
  const [density, setDensity] = useStored<Density>("zhiliu.density", "compact");
  const theme = choice === "system" ? system : choice;
  const antd = useMemo(() => applyTheme(theme, density), [theme, density]);
  return (
    <AppearanceContext value={{ theme, choice, density, setChoice, setDensity }}>
      <ConfigProvider
        theme={antd}
        locale={i18n.language === "en" ? enUS : zhCN}
        csp={{ nonce }}
        wave={{ disabled: true }}
        button={{ autoInsertSpace: false }}
      >
        <AntdApp component={false}>
          <Speaker />
          {children}
        </AntdApp>
      </ConfigProvider>
    </AppearanceContext>
  );
}

function Speaker() {
  const { message } = AntdApp.useApp();
  useEffect(() => speakThrough(message), [message]);
  return null;
}
