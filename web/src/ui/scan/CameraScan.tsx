// Scanning with the camera of this device. The reader is loaded when somebody opens it, from here.
import { Modal } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { scans } from "@/lib/scan/scans";
import { Empty } from "../states";

const EVERY_MILLISECONDS = 120;
/** The same code stays in view for a while: it was scanned once. */
const SAME_FOR_MILLISECONDS = 2_000;

type Read = (image: ImageData) => Promise<string[]>;

async function loadReader(): Promise<Read> {
  const [{ prepareZXingModule, readBarcodes }, wasm] = await Promise.all([
    import("zxing-wasm/reader"),
    import("zxing-wasm/reader/zxing_reader.wasm?url"),
  ]);
  prepareZXingModule({ overrides: { locateFile: () => wasm.default } });
  return async (image) => {
    const found = await readBarcodes(image, { maxNumberOfSymbols: 4, textMode: "Plain", tryHarder: true });
    return found.filter((one) => one.isValid).map((one) => one.symbologyIdentifier + one.text);
  };
}

/** Frames of the video until the returned function is called. */
function watch(video: HTMLVideoElement, read: Read, onText: (text: string) => void): () => void {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  let isOver = false;
  const next = async () => {
    if (isOver || !context) return;
    if (video.videoWidth) {
      canvas.width = video.videoWidth;
      canvas.height = video.videoHeight;
      context.drawImage(video, 0, 0);
      for (const text of await read(context.getImageData(0, 0, canvas.width, canvas.height))) onText(text);
    }
    setTimeout(() => void next(), EVERY_MILLISECONDS);
  };
  void next();
  return () => {
    isOver = true;
  };
}

export function CameraScan({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("scan");
  const video = useRef<HTMLVideoElement>(null);
  const [isRefused, setRefused] = useState(false);
  const [last, setLast] = useState("");
  useEffect(() => {
    const seen = new Map<string, number>();
    let stream: MediaStream | undefined;
    let stop: (() => void) | undefined;
    let isGone = false;
    const start = async () => {
      const wanted = { video: { facingMode: "environment", width: { ideal: 1280 } } };
      const [read, camera] = await Promise.all([loadReader(), navigator.mediaDevices.getUserMedia(wanted)]);
      stream = camera;
      if (isGone || !video.current) return camera.getTracks().forEach((track) => track.stop());
      video.current.srcObject = camera;
      await video.current.play();
      stop = watch(video.current, read, (text) => {
        const before = seen.get(text) ?? 0;
        seen.set(text, Date.now());
        if (Date.now() - before < SAME_FOR_MILLISECONDS) return;
        setLast(text.slice(3));
        scans.take(text, "camera");
      });
    };
    start().catch(() => setRefused(true));
    return () => {
      isGone = true;
      stop?.();
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, []);
  return (
    <Modal open title={t("camera.title")} footer={null} onCancel={onClose} width={560} destroyOnHidden>
      {isRefused ? (
        <Empty title={t("camera.refused")}>
          <p>{t("camera.refused_detail")}</p>
        </Empty>
      ) : (
        <div className="stack">
          <video ref={video} className="camera" muted playsInline aria-label={t("camera.title")} />
          <p className="meta" role="status">
            {last ? t("camera.read", { text: last }) : t("camera.hint")}
          </p>
        </div>
      )}
    </Modal>
  );
}
