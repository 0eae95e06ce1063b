// A key that a catalogue lacks is a type error; the English catalogue is the list of keys.
import "i18next";
import type access from "@/features/access/locales/en/access.json";
import type account from "@/features/access/account/locales/en/account.json";
import type app from "@/app/locales/en/app.json";
import type help from "@/app/locales/en/help.json";
import type home from "@/app/home/locales/en/home.json";
import type balances from "@/features/stock/locales/en/balances.json";
import type blocks from "@/features/partners/locales/en/blocks.json";
import type partners from "@/features/partners/locales/en/partners.json";
import type catalog from "@/features/catalog/locales/en/catalog.json";
import type equipment from "@/features/equipment/locales/en/equipment.json";
import type plans from "@/features/inspections/locales/en/plans.json";
import type inspections from "@/features/inspections/locales/en/inspections.json";
import type nonconformance from "@/features/nonconformance/locales/en/nonconformance.json";
import type stock from "@/features/stock/locales/en/stock.json";
import type evidence from "@/features/evidence/locales/en/evidence.json";
import type outbox from "@/features/outbox/locales/en/outbox.json";
import type rules from "@/features/rules/locales/en/rules.json";
import type history from "@/ui/locales/en/history.json";
import type purchasing from "@/features/purchasing/locales/en/purchasing.json";
import type receiving from "@/features/receiving/locales/en/receiving.json";
import type scan from "@/ui/scan/locales/en/scan.json";
import type states from "@/ui/locales/en/states.json";
import type ui from "@/ui/locales/en/ui.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "ui";
    resources: {
      access: typeof access;
      account: typeof account;
      app: typeof app;
      evidence: typeof evidence;
      help: typeof help;
      history: typeof history;
      outbox: typeof outbox;
      rules: typeof rules;
      purchasing: typeof purchasing;
      receiving: typeof receiving;
      inspections: typeof inspections;
      scan: typeof scan;
      states: typeof states;
      home: typeof home;
      balances: typeof balances;
      blocks: typeof blocks;
      catalog: typeof catalog;
      equipment: typeof equipment;
      nonconformance: typeof nonconformance;
      partners: typeof partners;
      plans: typeof plans;
      stock: typeof stock;
      ui: typeof ui;
    };
  }
}
