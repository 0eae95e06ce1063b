// Whether the server is heard: by the live stream once it is there.
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { live } from "@/lib/live";

export function Connection() {
  const { t } = useTranslation("app");
  const state = useSyncExternalStore(live.subscribe, () => live.state);
  return (
    <span className="connection" data-state={state} role="status">
      {t(`connection.${state}`)}
    </span>
  );
}
