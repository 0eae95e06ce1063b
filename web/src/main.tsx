import { createRoot } from "react-dom/client";
import { startLanguage } from "@/lib/i18n";
import { App } from "@/app/App";
import { carryNonce } from "@/ui/nonce";
import "@/ui/tokens.css";
import "@/ui/base.css";

carryNonce();
const root = document.getElementById("root");
if (root) {
  void startLanguage().then(() => createRoot(root).render(<App />));
}
