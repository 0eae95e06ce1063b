// The field that narrows what is shown below it.
import { CloseCircleFilled, SearchOutlined } from "@ant-design/icons";
import { Button, Input, type GetProps } from "antd";
import { useTranslation } from "react-i18next";

/** The cross that empties an input, with a name. */
export function useClear() {
  const { t } = useTranslation("ui");
  return { clearIcon: <CloseCircleFilled aria-hidden={false} aria-label={t("list.clear_field")} /> };
}

interface Props extends Omit<GetProps<typeof Input.Search>, "enterButton" | "allowClear" | "aria-label" | "placeholder"> {
  /** What is searched: "Find an operation". */
  label: string;
}

export function SearchInput({ label, ...search }: Props) {
  const { t } = useTranslation("ui");
  return (
    <Input.Search
      allowClear={useClear()}
      aria-label={label}
      placeholder={label}
      // the icons say nothing to a screen reader
      enterButton={<Button icon={<SearchOutlined />} aria-label={t("list.search_now")} />}
      {...search}
    />
  );
}
