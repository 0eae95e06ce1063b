// What this screen is for and how it is used, in one drawer.
import { useRouterState } from "@tanstack/react-router";
import { Drawer } from "antd";
import { useTranslation } from "react-i18next";

/** The screen of an address, as the catalogue `help` calls it. */
export function screenOf(path: string): string {
  const [page, id, part] = path.split("/").filter(Boolean);
  const name = (page ?? "home").replace(/-/g, "_");
  if (part) return `${name}_${part.replace(/-/g, "_")}`;
  return id ? `${name}_record` : name;
}

export function Help({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t, ready } = useTranslation("help", { useSuspense: false });
  const path = useRouterState({ select: (state) => state.location.pathname });
  const screen = screenOf(path);
  const lines = ready ? t([screen, "other"] as never, { returnObjects: true }) : [];
  const [title, ...rest] = Array.isArray(lines) ? (lines as string[]) : [];
  return (
    <Drawer open={isOpen} onClose={onClose} title={title} size={380}>
      <ul className="stack">
        {rest.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Drawer>
  );
}
