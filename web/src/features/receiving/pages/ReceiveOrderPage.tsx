import { useParams } from "@tanstack/react-router";
import { api } from "@/lib/client";
import { Shown } from "@/ui/states";
import { Receiving } from "../entities/Delivery/Receiving";

export function ReceiveOrderPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const order = api.useQuery("get", "/api/v1/expected-orders/{order_id}", { params: { path: { order_id: id } } });
  return (
    <Shown of={order}>
      {(expected) => (
        <Receiving
          key={id}
          order={{ id, number: expected.number, due: firstDue(expected.lines) }}
          supplier={{ id: expected.supplier_id, name: expected.supplier_name }}
          siteId={expected.site_id}
          lines={expected.lines}
          actions={expected.allowed_actions}
        />
      )}
    </Shown>
  );
}

function firstDue(lines: { due_date: string | null }[]): string | undefined {
  return lines
    .map((line) => line.due_date)
    .filter((day) => day !== null)
    .sort()[0];
}
