// A short table of a record: its rows all at once, no paging, no sorting.
import type { ReactNode } from "react";

export interface Cell<Row> {
  title: string;
  align?: "right";
  render: (row: Row) => ReactNode;
}

interface Props<Row> {
  label: string;
  columns: Cell<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** What is said when there is no row. */
  none?: string;
}

export function SimpleTable<Row>({ label, columns, rows, rowKey, none }: Props<Row>) {
  if (!rows.length) return <p className="meta none">{none}</p>;
  return (
    <div className="table-scroll">
      <table className="plain-table" aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.title} scope="col" className={column.align && "number"}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <td key={column.title} className={column.align && "number"}>
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
