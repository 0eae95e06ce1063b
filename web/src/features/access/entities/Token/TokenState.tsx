import { StatusChip } from "@/ui/status/StatusChip";

interface Token {
  revoked_at: string | null;
  expires_at: string | null;
}

export function stateOf(token: Token, now: Date = new Date()): "valid" | "expired" | "revoked" {
  if (token.revoked_at) return "revoked";
  return token.expires_at && new Date(token.expires_at) <= now ? "expired" : "valid";
}

/** Whether the token still opens anything. */
export function TokenState({ token }: { token: Token }) {
  return <StatusChip of="TokenState" value={stateOf(token)} plain />;
}
