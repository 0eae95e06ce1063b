// The text of a new token, shown this once.
import { Button, Modal } from "antd";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/lib/client";
import { CopyButton } from "@/ui/CopyButton";

export function IssuedToken({ issued, onClose }: { issued: Schemas["IssuedTokenOut"]; onClose: () => void }) {
  const { t } = useTranslation("access");
  return (
    <Modal
      open
      title={t("token.issued", { name: issued.name })}
      footer={null}
      closable={false}
      keyboard={false}
      mask={{ closable: false }} // a click beside it would lose the only copy
      width={600}
    >
      <div className="stack">
        <p>{t(issued.token ? "token.shown_once" : "token.shown_before")}</p>
        {issued.token && (
          <>
            <code className="signed-text access-secret">{issued.token}</code>
            <p className="meta">{t("token.use")}</p>
          </>
        )}
        <div className="row">
          {issued.token && <CopyButton text={issued.token} label={t("token.copy")} />}
          <Button type="primary" onClick={onClose}>
            {t("token.kept")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
