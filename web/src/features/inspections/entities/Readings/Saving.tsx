// Where the readings are: on the server, on their way, or kept in this browser.
import { useTranslation } from "react-i18next";
import { clockTime } from "@/lib/dates";
import type { Desk } from "./useDesk";

export function Saving({ desk }: { desk: Desk }) {
  const { t } = useTranslation("inspections");
  const { saving, grid } = desk;
  const count = grid.cells.pending.length;
  const asking = count - grid.cells.asking("waiting").length - grid.cells.asking("sending").length;
  const line = (first: string, second: string) => (
    <>
      {first}
      <br />
      {second}
    </>
  );
  const seconds = (at: Date) => `${clockTime(at)}:${String(at.getSeconds()).padStart(2, "0")}`;
  return (
    <span className="meta rd-saved" role="status" data-state={saving.kind}>
      {saving.kind === "lost" || saving.kind === "stopped"
        ? line(t("saving.kept", { count }), t(saving.kind === "lost" ? "saving.again" : "saving.not_taken"))
        : asking > 0
          ? line(t("saving.asking", { count: asking }), t("saving.kept_here"))
          : count > 0
            ? line(t("saving.now"), "")
            : saving.kind === "saved" && saving.at
              ? line(t("saving.saved", { time: seconds(saving.at) }), t("saving.safe"))
              : line(t("saving.all"), t("saving.safe"))}
    </span>
  );
}
