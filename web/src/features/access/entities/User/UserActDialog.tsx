// Acts on a user's account that only need a yes, some with a reason.
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { say } from "@/ui/said";
import { SigningDialog } from "@/ui/SigningDialog";
import type { User } from "../../queries";

export type UserVerb = "deactivate" | "activate" | "end_sessions" | "remove_second_factors" | "unlink_identity";

interface Props {
  user: User;
  verb: UserVerb;
  onClose: () => void;
}

export function UserActDialog({ user, verb, onClose }: Props) {
  const { t } = useTranslation("access");
  const done = {
    onDone: () => {
      say(t(`acts.${verb}.done`, { name: user.username }));
      onClose();
    },
  };
  const change = useAct("patch", "/api/v1/users/{user_id}", done);
  const end = useAct("post", "/api/v1/users/{user_id}/end-sessions", done);
  const remove = useAct("post", "/api/v1/users/{user_id}/remove-second-factors", done);
  const unlink = useAct("post", "/api/v1/users/{user_id}/unlink-identity", done);
  const act = { deactivate: change, activate: change, end_sessions: end, remove_second_factors: remove, unlink_identity: unlink }[verb];
  const path = { user_id: user.id };
  const send = (reason: string) => {
    if (verb === "deactivate" || verb === "activate") {
      change.mutate({ path, version: user.version, body: { is_active: verb === "activate", reason } });
    } else {
      ({ end_sessions: end, remove_second_factors: remove, unlink_identity: unlink })[verb].mutate({ path, body: { reason } });
    }
  };
  return (
    <SigningDialog
      isOpen
      title={t(`acts.${verb}.title`, { name: user.username })}
      what={t(`acts.${verb}.what`, { name: user.name })}
      strength="recorded"
      reason={verb === "remove_second_factors" || verb === "unlink_identity" ? "required" : "asked"}
      problem={act.error}
      isSending={act.isPending}
      onSign={({ reason }) => send(reason)}
      onCancel={onClose}
    />
  );
}
