// The drawing and the instruction to work by, beside the grid; and photos, out of the tablet's camera.
import { CameraOutlined, ExpandOutlined } from "@ant-design/icons";
import { App, Button, Modal } from "antd";
import { memo, type RefObject, useState } from "react";
import { useTranslation } from "react-i18next";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { http, type Schemas } from "@/lib/client";
import { Loading } from "@/ui/states";
import { attachPhoto } from "../../mutations";
import type { Sampled } from "../../queries";
import { PdfView } from "./PdfView";
import type { Desk } from "./useDesk";
import { twoDigits } from "./words";

type File = Schemas["InstructionOut"];

export const contentOf = (file: File) => `/api/v1/attachments/${file.id}/content`;

function Text({ file }: { file: File }) {
  const text = useQuery({
    queryKey: ["inspections", "text", file.id],
    staleTime: "static",
    queryFn: async () => {
      const { data } = await http.GET("/api/v1/attachments/{attachment_id}/content", {
        params: { path: { attachment_id: file.id } },
        parseAs: "text",
      });
      return (data as unknown as string | undefined) ?? "";
    },
  });
  return text.isPending ? <Loading /> : <pre className="rd-text">{text.data}</pre>;
}

function Content({ file, isLarge }: { file: File; isLarge: boolean }) {
  const name = file.title || file.file_name;
  if (file.media_type.startsWith("image/")) return <img className="rd-image" src={contentOf(file)} alt={name} data-large={isLarge || undefined} />;
  if (file.media_type === "application/pdf") {
    return <PdfView key={file.id} id={file.id} name={name} isLarge={isLarge} />;
  }
  if (file.media_type.startsWith("text/plain")) return <Text file={file} />;
  return (
    <a href={contentOf(file)} download>
      {file.file_name}
    </a>
  );
}

/** Drawn again only with another plan: the grid beside it changes with every key. */
export const Files = memo(function Files({ sampled }: { sampled: Sampled }) {
  const { t } = useTranslation(["inspections", "states"]);
  const { attachments, note, specification } = sampled;
  const files = [...attachments].sort((a, b) => Number(b.purpose === "drawing") - Number(a.purpose === "drawing"));
  const [openId, setOpenId] = useState(files[0]?.id);
  const [isLarge, setLarge] = useState(false);
  const open = files.find((file) => file.id === openId);
  const words = (file: File) => t(`states:Purpose.${file.purpose as "drawing"}`);
  return (
    <section>
      <div className="row">
        <b>{specification ?? t("files.title")}</b>
        <span className="meta">{t("files.valid", { version: sampled.version_no })}</span>
        {open && (
          <Button className="end" size="small" type="text" icon={<ExpandOutlined />} onClick={() => setLarge(true)}>
            {t("files.enlarge")}
          </Button>
        )}
      </div>
      {files.length > 1 && (
        <div className="row" role="group" aria-label={t("files.title")}>
          {files.map((file) => (
            <button key={file.id} type="button" className="link" aria-pressed={file.id === openId} onClick={() => setOpenId(file.id)}>
              {words(file)} {file.title}
            </button>
          ))}
        </div>
      )}
      {note && <p className="meta">{note}</p>}
      {open ? <Content file={open} isLarge={false} /> : <p className="quiet">{t("files.none")}</p>}
      <Modal open={isLarge && open !== undefined} title={open?.title || open?.file_name} footer={null} width="96vw" style={{ top: 16 }} onCancel={() => setLarge(false)} destroyOnHidden>
        {open && <Content file={open} isLarge />}
      </Modal>
    </section>
  );
});

/** Two touches: the button, and the shutter. The photo belongs to the inspection and names the unit. */
export function Photo({ desk, inspectionId, input }: { desk: Desk; inspectionId: string; input: RefObject<HTMLInputElement | null> }) {
  const { t, i18n } = useTranslation("inspections");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [isSending, setSending] = useState(false);
  const send = async (file: globalThis.File) => {
    const { at } = desk.grid.state;
    const characteristic = desk.sampled.characteristics[at.column];
    const name = characteristic && (i18n.language === "en" ? characteristic.name_en : characteristic.name_zh || characteristic.name_en);
    setSending(true);
    const problem = await attachPhoto(inspectionId, file, t("photo.name", { unit: twoDigits(at.unit), name }));
    setSending(false);
    if (problem) void message.error(problem.code === "lib.no_answer" ? t("photo.lost") : `${problem.detail} ${problem.remedy}`, 8);
    else {
      void message.success(t("photo.attached", { unit: twoDigits(at.unit) }));
      void queries.invalidateQueries({ queryKey: ["get", "/api/v1/attachments"] });
    }
  };
  return (
    <>
      <Button icon={<CameraOutlined />} loading={isSending} onPointerDown={(event) => event.preventDefault()} onClick={() => input.current?.click()}>
        {t("photo.take")} <kbd>F6</kbd>
      </Button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={t("photo.take")}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) void send(file);
        }}
      />
    </>
  );
}
