import { useTranslation } from "react-i18next";
import { usePerson } from "@/lib/people";
import type { Column } from "./frames/ListPage";

// The actors that are no people, by the last digit of their ids: each language has its word for them.
const NO_PERSON = /^0{8}-0{4}-0{4}-0{4}-0{11}([012])$/;
const WORDS = ["system", "import", "board"] as const;

interface Props {
  id: string | null | undefined;
  /** The name, when the answer has it beside the id: nobody is asked then. */
  name?: string;
}

/** Who an id is, by name; a dash for nobody, and said of somebody who left. */
export function Person({ id, name }: Props) {
  const { t } = useTranslation("ui");
  const system = NO_PERSON.exec(id ?? "");
  const person = usePerson(system || name ? null : id);
  if (system) return <span className="quiet">{t(`person.${WORDS[Number(system[1])] ?? "system"}`)}</span>;
  if (name) return <span title={name}>{name}</span>;
  if (!id || person.data === null || person.isError) return <span className="quiet">–</span>;
  if (!person.data) return <span aria-busy />;
  const { name: found, is_active } = person.data;
  return <span title={is_active ? found : t("person.left", { name: found })}>{found}</span>;
}

/** When, and by whom. */
export function ByWhom({ at, id }: { at: string; id: string | null | undefined }) {
  return (
    <>
      {at}
      {id && (
        <>
          {" · "}
          <Person id={id} />
        </>
      )}
    </>
  );
}

/** What somebody did with a record, as the heading of his name in a list. */
type Part = "buyer" | "received" | "refused" | "returned" | "placed" | "lifted" | "requested" | "decided" | "approved" | "recorded" | "opened" | "closed";

/** A column with the name of who did something. */
export function usePersonColumn() {
  const { t } = useTranslation("ui");
  return <Row,>(part: Part, idOf: (row: Row) => string | null, more: Partial<Column<Row>> = {}): Column<Row> => ({
    key: `${part}_by`,
    title: t(`person.${part}`),
    width: 130,
    render: (row) => <Person id={idOf(row)} />,
    ...more,
  });
}
