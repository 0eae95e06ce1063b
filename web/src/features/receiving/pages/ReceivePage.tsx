// What the dock waits for, most urgent first; a scan of an order opens it.
import { Link, useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/lib/client";
import { day } from "@/lib/dates";
import type { RowOf } from "@/lib/lists";
import { pathOf } from "@/lib/records";
import { findOne } from "@/lib/scan/find";
import { type Outcome, useScans } from "@/lib/scan/scans";
import { ListPage, type Column } from "@/ui/frames/ListPage";
import { ScanBox } from "@/ui/scan/ScanBox";
import { Empty } from "@/ui/states";

type Order = RowOf<"/api/v1/expected-orders">;

export function ReceivePage() {
  const { t } = useTranslation("receiving");
  const navigate = useNavigate();
  useScans(async ({ code }): Promise<Outcome> => {
    try {
      const found = await findOne(code, (one) => pathOf(one.kind, one.id) !== null);
      if (!found) return { state: "refused", words: code.text, detail: t("scan.not_chosen") };
      if (found === "none") return { state: "refused", words: code.text, detail: t("scan.no_order") };
      const path = found.kind === "purchasing.order" ? `/receive/${found.id}` : pathOf(found.kind, found.id);
      await navigate({ to: path as never });
      return { state: "done", words: found.number };
    } catch (thrown) {
      const { detail, remedy } = thrown as Problem;
      return { state: "refused", words: detail || code.text, detail: remedy };
    }
  });
  const today = day(new Date());
  const columns: Column<Order>[] = [
    {
      key: "due_date",
      title: t("due_date"),
      width: 130,
      sort: "due_date",
      render: (order) => <span className={order.due_date < today ? "late" : order.due_date === today ? "soon" : ""}>{order.due_date}</span>,
    },
    {
      key: "number",
      title: t("order"),
      width: 170,
      sort: "number",
      render: (order) => (
        <Link className="code" to={`/receive/${order.id}` as never}>
          {order.number}
        </Link>
      ),
    },
    { key: "supplier", title: t("supplier"), width: 320, render: (order) => `${order.supplier} ${order.supplier_name}` },
    { key: "site", title: t("site"), width: 100, render: (order) => order.site },
    { key: "open_lines", title: t("open_lines"), width: 120, align: "right", render: (order) => order.open_lines },
    { key: "order_date", title: t("order_date"), width: 130, isExtra: true, render: (order) => order.order_date },
    {
      key: "receive",
      title: t("what_now"),
      width: 120,
      align: "right",
      render: (order) => <Link to={`/receive/${order.id}` as never}>{t("receive")}</Link>,
    },
  ];
  return (
    <div className="with-scan-box">
      <ScanBox prompt={t("scan.order_prompt")} hint={t("scan.order_hint")} />
      <ListPage
        path="/api/v1/expected-orders"
        title={t("expected_orders")}
        columns={columns}
        defaultSort="due_date"
        filters={[{ name: "due_to", label: t("due_to") }]}
        empty={
          <Empty title={t("nothing_expected")}>
            <p className="quiet">{t("nothing_expected_detail")}</p>
          </Empty>
        }
        actions={
          <>
            <Link to={"/arrivals" as never}>{t("arrivals")}</Link>
            <Link to={"/gate-refusals" as never}>{t("gate_refusals")}</Link>
            <Button onClick={() => void navigate({ to: "/receive/without-order" as never })}>{t("receive_without")}</Button>
          </>
        }
      />
    </div>
  );
}
