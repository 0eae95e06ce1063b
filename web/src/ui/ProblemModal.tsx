// A refusal of an act that has no form of its own to show it in.
import { Modal } from "antd";
import type { ReactNode } from "react";
import type { Problem } from "@/lib/client";
import { ProblemPanel } from "./Problem";

interface Props {
  problem: Problem | null;
  title: string;
  actions?: ReactNode;
  onClose: () => void;
}

export function ProblemModal({ problem, title, actions, onClose }: Props) {
  return (
    <Modal open={problem !== null} title={title} footer={null} onCancel={onClose} destroyOnHidden>
      {problem && <ProblemPanel problem={problem} actions={actions} />}
    </Modal>
  );
}
