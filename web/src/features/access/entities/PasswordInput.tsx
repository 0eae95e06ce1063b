// A first password for somebody else: proposed, readable, to be handed over.
import { ReloadOutlined } from "@ant-design/icons";
import { Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { CopyButton } from "@/ui/CopyButton";
import { firstPassword } from "../passwords";

interface Props {
  value: string;
  onChange: (password: string) => void;
}

/** Never part of a form that keeps a draft: a password is kept nowhere. */
export function PasswordInput({ value, onChange }: Props) {
  const { t } = useTranslation("access");
  return (
    <Form.Item label={t("password.first")} htmlFor="first-password" extra={t("password.hand_over")} required>
      <div className="row">
        <Input
          id="first-password"
          className="access-password"
          autoComplete="off"
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
        <CopyButton text={value} label={t("copy")} />
        <Button
          icon={<ReloadOutlined />}
          aria-label={t("password.another")}
          title={t("password.another")}
          onClick={() => onChange(firstPassword())}
        />
      </div>
    </Form.Item>
  );
}
