// Confirming, closing or cancelling an order, with what follows from it said before.
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import type { Schemas } from "@/lib/client";
import { actionOf } from "@/ui/Actions";
import { say } from "@/ui/said";
import { SigningDialog } from "@/ui/SigningDialog";

export type Verb = "confirm" | "close" | "cancel";

interface Props {
  order: Schemas["OrderDetailOut"];
  verb: Verb;
  onClose: () => void;
}

export function OrderAct({ order, verb, onClose }: Props) {
  const { t } = useTranslation("purchasing");
  const done = {
    onDone: () => {
      say(t(`done.${verb}`, { number: order.number }));
      onClose();
    },
  };
  const acts = {
    confirm: useAct("post", "/api/v1/orders/{order_id}/confirm", done),
    close: useAct("post", "/api/v1/orders/{order_id}/close", done),
    cancel: useAct("post", "/api/v1/orders/{order_id}/cancel", done),
  };
  const act = acts[verb];
  const isOpen = order.lines.some((line) => line.open !== "0");
  const needsReason = verb !== "confirm" && isOpen;
  return (
    <SigningDialog
      isOpen
      title={t(`act.${verb}`, { number: order.number })}
      what={t(`then.${verb}`, { supplier: `${order.supplier} ${order.supplier_name}`, count: order.lines.length })}
      strength={actionOf(order.allowed_actions, verb)?.strength ?? "recorded"}
      reason={verb === "confirm" ? undefined : needsReason ? "required" : "asked"}
      problem={act.error}
      isSending={act.isPending}
      onSign={({ reason }) => act.mutate({ path: { order_id: order.id }, body: { reason } })}
      onCancel={onClose}
    />
  );
}
