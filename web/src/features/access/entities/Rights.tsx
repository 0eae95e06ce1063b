// Operations by context: read as a list, or chosen.
import { Button, Checkbox } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SearchInput } from "@/ui/SearchInput";
import { nameOf, type Permission } from "../queries";
import { grouped, matching } from "../rights";

/** The title of a context, also of one that came after these words. */
export function useContextName(): (context: string) => string {
  const { t } = useTranslation("access");
  return (context) => t(`contexts.${context}` as never, { defaultValue: context });
}

export function RightsList({ permissions }: { permissions: Permission[] }) {
  const contextName = useContextName();
  return (
    <div className="rights">
      {grouped(permissions).map((group) => (
        <section key={group.context} aria-label={contextName(group.context)}>
          <h3>{contextName(group.context)}</h3>
          <ul>
            {group.permissions.map((permission) => (
              <li key={permission.operation} title={permission.operation}>
                {nameOf(permission)}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

interface PickerProps {
  permissions: Permission[];
  value?: string[];
  onChange?: (operations: string[]) => void;
}

export function RightsPicker({ permissions, value = [], onChange }: PickerProps) {
  const { t } = useTranslation("access");
  const contextName = useContextName();
  const [typed, setTyped] = useState("");
  const chosen = new Set(value);
  const change = (operations: string[], isChosen: boolean) => {
    const next = new Set(value);
    for (const operation of operations) {
      if (isChosen) next.add(operation);
      else next.delete(operation);
    }
    onChange?.([...next].sort());
  };
  return (
    <div className="stack">
      <div className="row">
        <SearchInput
          className="rights-search"
          label={t("rights.find")}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onPressEnter={(event) => event.preventDefault()}
        />
        <span className="meta" role="status">
          {t("rights.chosen", { count: chosen.size })}
        </span>
      </div>
      <div className="rights rights-picker">
        {grouped(matching(permissions, typed)).map((group) => {
          const own = group.permissions.map((permission) => permission.operation);
          const count = own.filter((operation) => chosen.has(operation)).length;
          return (
            <section key={group.context} aria-label={contextName(group.context)}>
              <h3>
                {contextName(group.context)}
                <Button type="link" size="small" onClick={() => change(own, count < own.length)}>
                  {t(count < own.length ? "rights.all" : "rights.none")}
                </Button>
              </h3>
              <ul>
                {group.permissions.map((permission) => (
                  <li key={permission.operation} title={permission.operation}>
                    <Checkbox
                      checked={chosen.has(permission.operation)}
                      onChange={(event) => change([permission.operation], event.target.checked)}
                    >
                      {nameOf(permission)}
                    </Checkbox>
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </div>
  );
}
