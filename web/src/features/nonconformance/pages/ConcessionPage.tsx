// One concession: its bounds and what is left of them.
import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { api } from "@/lib/client";
import { fromNow, moment } from "@/lib/dates";
import { openAttachment } from "@/lib/files";
import { minus, quantity } from "@/lib/quantities";
import { useTab } from "@/lib/tabs";
import { Panel, RecordPage } from "@/ui/frames/RecordPage";
import { ByWhom } from "@/ui/Person";
import { PrintButton } from "@/ui/PrintButton";
import { Amount, RecordLink } from "@/ui/RecordLink";
import { Shown } from "@/ui/states";
import { StatusChip } from "@/ui/status/StatusChip";
import type { Concession } from "../queries";

export function ConcessionPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = api.useQuery("get", "/api/v1/concessions/{concession_id}", { params: { path: { concession_id: id } } });
  useTab(`/concessions/${id}`, found.data?.number);
  return <Shown of={found}>{(concession) => <Content concession={concession} />}</Shown>;
}

function Content({ concession }: { concession: Concession }) {
  const { t } = useTranslation("nonconformance");
  const { unit } = concession;
  const print = useAct("post", "/api/v1/concessions/{concession_id}/print", { onDone: (file) => openAttachment(file.id) });
  return (
    <RecordPage
      record={{ kind: "nonconformance.concession", id: concession.id }}
      kind={t("concession.one")}
      number={concession.number}
      status={<StatusChip of="ConcessionState" value={concession.state} />}
      fields={[
        { label: t("lot"), value: <RecordLink kind="stock.lot" id={concession.lot_id} number={concession.lot} /> },
        { label: t("concession.left"), value: <Amount value={`${quantity(concession.remaining)} / ${quantity(concession.quantity)}`} unit={unit} /> },
        { label: t("concession.until"), value: `${moment(concession.until)} · ${fromNow(concession.until)}` },
        { label: t("report"), value: <RecordLink kind="nonconformance.report" id={concession.report_id} number={concession.report} /> },
      ]}
      actions={
        <PrintButton
          label={t("print", { number: concession.number })}
          isLoading={print.isPending}
          problem={print.error}
          onPrint={(language) => print.mutate({ path: { concession_id: concession.id }, body: { language } })}
          onDismiss={print.reset}
        />
      }
    >
      <Panel title={t("concession.bounds")}>
        <dl className="facts">
          <Fact label={t("concession.allowed")}>
            <Amount value={quantity(concession.quantity)} unit={unit} />
          </Fact>
          <Fact label={t("concession.used")}>
            <Amount value={quantity(minus(concession.quantity, concession.remaining))} unit={unit} />
          </Fact>
          <Fact label={t("concession.left")}>
            <b>
              <Amount value={quantity(concession.remaining)} unit={unit} />
            </b>
          </Fact>
          <Fact label={t("concession.orders")}>{bound(concession.reference_ids, t("concession.everybody"), (count) => t("concession.orders_count", { count }))}</Fact>
          <Fact label={t("concession.customers")}>
            {concession.customer_ids ? concession.customer_ids.map((one) => <CustomerName key={one} id={one} />) : t("concession.everybody")}
          </Fact>
          <Fact label={t("disposition")}>
            <StatusChip of="DispositionKind" value={concession.kind} plain /> <span className="meta">{concession.disposition}</span>
          </Fact>
          <Fact label={t("concession.approved")}><ByWhom at={moment(concession.approved_at)} id={concession.approved_by} /></Fact>
          {concession.ended_at && <Fact label={t("concession.ended")}>{moment(concession.ended_at)}</Fact>}
        </dl>
        <p className="concession-reason">{concession.reason}</p>
      </Panel>
    </RecordPage>
  );
}

function bound(ids: string[] | null, everybody: string, some: (count: number) => string): string {
  return ids ? some(ids.length) : everybody;
}

function CustomerName({ id }: { id: string }) {
  const found = api.useQuery("get", "/api/v1/partners/{partner_id}", { params: { path: { partner_id: id } } });
  return <RecordLink kind="partners.partner" id={id} number={found.data?.name ?? id.slice(0, 8)} />;
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="meta">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
