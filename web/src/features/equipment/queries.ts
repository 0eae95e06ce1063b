// What the screens of equipment ask.
import { api, type Schemas } from "@/lib/client";
import { currentLanguage } from "@/lib/i18n";

export type Gauge = Schemas["GaugeDetailOut"];
export type Calibration = Schemas["CalibrationOut"];
export type GaugeType = Schemas["GaugeTypeOut"];

export function useGauge(id: string) {
  return api.useQuery("get", "/api/v1/gauges/{gauge_id}", { params: { path: { gauge_id: id } } });
}

export function useCalibrations(gaugeId: string) {
  return api.useQuery("get", "/api/v1/calibrations", {
    params: { query: { gauge_id: gaugeId, sort: "-performed_at", limit: 100 } },
  });
}

export function useGaugeTypes() {
  return api.useQuery("get", "/api/v1/gauge-types", { params: { query: { limit: 200, sort: "code" } } });
}

/** A type by its name in the language shown. */
export function typeName(type: Pick<GaugeType, "name_en" | "name_zh">): string {
  return currentLanguage() === "en" ? type.name_en : type.name_zh;
}
