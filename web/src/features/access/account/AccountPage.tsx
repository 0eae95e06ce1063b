// My account: how Zhiliu looks to me, and how I prove who I am.
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/me";
import { Shown } from "@/ui/states";
import { TitleBlock } from "@/ui/TitleBlock";
import { PasskeysPanel } from "./PasskeysPanel";
import { PasswordPanel } from "./PasswordPanel";
import { PreferencesPanel } from "./PreferencesPanel";
import { ProveDialog } from "./ProveDialog";
import { SecondFactorPanel } from "./SecondFactorPanel";
import { SessionsPanel } from "./SessionsPanel";
import "./account.css";

export function AccountPage() {
  const { t } = useTranslation("account");
  const me = useMe();
  return (
    <Shown of={me}>
      {(person) => (
        <div className="stack">
          <TitleBlock
            kind={t("title")}
            number={person.name}
            fields={[
              { label: t("username"), value: person.username },
              { label: t("rights"), value: t("rights_count", { count: person.operations.length }) },
            ]}
          />
          <div className="account">
            <div className="stack">
              <PreferencesPanel />
              <PasswordPanel />
              <SessionsPanel />
            </div>
            <div className="stack">
              <SecondFactorPanel />
              <PasskeysPanel />
            </div>
          </div>
          <ProveDialog />
        </div>
      )}
    </Shown>
  );
}
