// A drawing that came as a PDF: its pages as pictures, since a tablet shows no PDF inside a page.
import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem, NO_ANSWER } from "@/lib/acts";
import { http } from "@/lib/client";
import { ProblemPanel } from "@/ui/Problem";
import { Loading } from "@/ui/states";

interface Props {
  id: string;
  name: string;
  isLarge: boolean;
}

interface Drawn {
  picture: Blob;
  count: number;
}

function usePage(id: string, page: number) {
  return useQuery<Drawn>({
    queryKey: ["inspections", "page", id, page],
    staleTime: "static",
    queryFn: async () => {
      const { data, error, response } = await http
        .GET("/api/v1/attachments/{attachment_id}/pages/{page}", {
          params: { path: { attachment_id: id, page } },
          parseAs: "blob",
        })
        .catch(() => ({ data: undefined, error: NO_ANSWER, response: undefined }));
      if (!data || !response) throw asProblem(error);
      return { picture: data as unknown as Blob, count: Number(response.headers.get("Page-Count") ?? 1) };
    },
  });
}

/** An address for a picture in memory, as long as it is shown. */
function Picture({ picture, name, isLarge }: { picture: Blob; name: string; isLarge: boolean }) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(picture);
    // eslint-disable-next-line react-hooks/set-state-in-effect -- made and given back with the element
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  return <img className="rd-image" src={address} alt={name} data-large={isLarge || undefined} />;
}

export function PdfView({ id, name, isLarge }: Props) {
  const { t } = useTranslation("inspections");
  const [page, setPage] = useState(1);
  const drawn = usePage(id, page);
  if (drawn.isPending) return <Loading />;
  if (!drawn.data) return <ProblemPanel problem={asProblem(drawn.error)} onRetry={() => void drawn.refetch()} />;
  const { picture, count } = drawn.data;
  return (
    <>
      <Picture picture={picture} name={name} isLarge={isLarge} />
      {count > 1 && (
        <div className="row">
          <Button size="small" icon={<LeftOutlined />} aria-label={t("files.before")} disabled={page === 1} onClick={() => setPage(page - 1)} />
          <span className="meta">{t("files.page", { page, pages: count })}</span>
          <Button size="small" icon={<RightOutlined />} aria-label={t("files.after")} disabled={page === count} onClick={() => setPage(page + 1)} />
        </div>
      )}
    </>
  );
}
