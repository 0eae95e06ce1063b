// What a rule table decides, in words; the code of one that came after these words.
import { useTranslation } from "react-i18next";

export function useRuleName(): (code: string) => string {
  const { t } = useTranslation("rules");
  return (code) => t(`names.${code}` as never, { defaultValue: code });
}
