// The camera, and whether scans are heard.
import { CameraOutlined, SoundOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { lazy, Suspense, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { sound } from "@/lib/scan/sound";

const CameraScan = lazy(() => import("./CameraScan").then((module) => ({ default: module.CameraScan })));

export function ScanTools({ hasWords = false }: { hasWords?: boolean }) {
  const { t } = useTranslation("scan");
  const [isOpen, setOpen] = useState(false);
  const isOn = useSyncExternalStore(sound.subscribe, () => sound.isOn);
  const soundWords = t(isOn ? "sound.off" : "sound.on");
  return (
    <>
      <Button
        type={hasWords ? "default" : "text"}
        icon={<CameraOutlined />}
        aria-label={t("camera.open")}
        title={hasWords ? undefined : t("camera.open")}
        onClick={() => setOpen(true)}
      >
        {hasWords && t("camera.open")}
      </Button>
      <Button
        type="text"
        className="scan-sound"
        aria-pressed={isOn}
        icon={<SoundOutlined />}
        aria-label={soundWords}
        title={soundWords}
        onClick={() => sound.set(!isOn)}
      />
      {isOpen && (
        <Suspense>
          <CameraScan onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
