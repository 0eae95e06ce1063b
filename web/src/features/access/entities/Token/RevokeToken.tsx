// Ending a token: the machine that holds it is refused from then on.
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { SigningDialog } from "@/ui/SigningDialog";

interface Props {
  token: { id: string; name: string; username: string };
  onClose: () => void;
}

export function RevokeToken({ token, onClose }: Props) {
  const { t } = useTranslation("access");
  const revoke = useAct("post", "/api/v1/api-tokens/{token_id}/revoke", { onDone: onClose });
  return (
    <SigningDialog
      isOpen
      title={t("token.revoke_title", { name: token.name })}
      what={t("token.revoke_what", { name: token.name, user: token.username })}
      strength="recorded"
      reason="asked"
      problem={revoke.error}
      isSending={revoke.isPending}
      onSign={({ reason }) => revoke.mutate({ path: { token_id: token.id }, body: { reason } })}
      onCancel={onClose}
    />
  );
}
