// Every page with its address; each feature's pages are loaded when they are first opened.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from "@tanstack/react-router";
import { Failed, NotFound } from "./shell/Failed";
import { Gate } from "./shell/Gate";

const root = createRootRoute({ component: Gate, notFoundComponent: NotFound });

/** The list state of any list page: texts only, whatever the names. */
function texts(given: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given)
      .filter(([, value]) => value !== undefined && value !== null && value !== "")
      .map(([name, value]) => [name, String(value)]),
  );
}

const page = <P extends string>(path: P, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => root, path, component, validateSearch: texts });

const home = page("/", lazyRouteComponent(() => import("./home/HomePage"), "HomePage"));
const lots = page("/lots", lazyRouteComponent(() => import("@/features/stock/pages/LotsPage"), "LotsPage"));
const lot = page("/lots/$id", lazyRouteComponent(() => import("@/features/stock/pages/LotPage"), "LotPage"));
const account = page("/account", lazyRouteComponent(() => import("@/features/access/account/AccountPage"), "AccountPage"));

const users = page("/users", lazyRouteComponent(() => import("@/features/access/pages/UsersPage"), "UsersPage"));
const user = page("/users/$id", lazyRouteComponent(() => import("@/features/access/pages/UserPage"), "UserPage"));
const roles = page("/roles", lazyRouteComponent(() => import("@/features/access/pages/RolesPage"), "RolesPage"));
const role = page("/roles/$id", lazyRouteComponent(() => import("@/features/access/pages/RolePage"), "RolePage"));
const rights = page("/rights", lazyRouteComponent(() => import("@/features/access/pages/RightsPage"), "RightsPage"));
const tokens = page("/tokens", lazyRouteComponent(() => import("@/features/access/pages/TokensPage"), "TokensPage"));

const audit = page("/audit", lazyRouteComponent(() => import("@/features/evidence/pages/AuditPage"), "AuditPage"));
const checks = page("/checks", lazyRouteComponent(() => import("@/features/evidence/pages/ChecksPage"), "ChecksPage"));
const check = page("/checks/$id", lazyRouteComponent(() => import("@/features/evidence/pages/CheckPage"), "CheckPage"));
const events = page("/events", lazyRouteComponent(() => import("@/features/outbox/pages/EventsPage"), "EventsPage"));
const deliveries = page("/deliveries", lazyRouteComponent(() => import("@/features/outbox/pages/DeliveriesPage"), "DeliveriesPage"));
const rules = page("/rules", lazyRouteComponent(() => import("@/features/rules/pages/RulesPage"), "RulesPage"));
const rule = page("/rules/$id", lazyRouteComponent(() => import("@/features/rules/pages/RulePage"), "RulePage"));

const reports = page("/nonconformance", lazyRouteComponent(() => import("@/features/nonconformance/pages/ReportsPage"), "ReportsPage"));
const report = page("/nonconformance/$id", lazyRouteComponent(() => import("@/features/nonconformance/pages/ReportPage"), "ReportPage"));
const dispositions = page("/dispositions", lazyRouteComponent(() => import("@/features/nonconformance/pages/DispositionsPage"), "DispositionsPage"));
const concessions = page("/concessions", lazyRouteComponent(() => import("@/features/nonconformance/pages/ConcessionsPage"), "ConcessionsPage"));
const concession = page("/concessions/$id", lazyRouteComponent(() => import("@/features/nonconformance/pages/ConcessionPage"), "ConcessionPage"));
const gauges = page("/gauges", lazyRouteComponent(() => import("@/features/equipment/pages/GaugesPage"), "GaugesPage"));
const gauge = page("/gauges/$id", lazyRouteComponent(() => import("@/features/equipment/pages/GaugePage"), "GaugePage"));
const gaugeTypes = page("/gauge-types", lazyRouteComponent(() => import("@/features/equipment/pages/GaugeTypesPage"), "GaugeTypesPage"));
const calibration = page("/calibrations/$id", lazyRouteComponent(() => import("@/features/equipment/pages/CalibrationPage"), "CalibrationPage"));
const plans = page("/plans", lazyRouteComponent(() => import("@/features/inspections/pages/PlansPage"), "PlansPage"));
const plan = page("/plans/$id", lazyRouteComponent(() => import("@/features/inspections/pages/PlansPlanPage"), "PlansPlanPage"));
const samplingStates = page("/sampling-states", lazyRouteComponent(() => import("@/features/inspections/pages/PlansSamplingPage"), "PlansSamplingPage"));
const samplingState = page("/sampling-states/$id", lazyRouteComponent(() => import("@/features/inspections/pages/PlansStatePage"), "PlansStatePage"));
const qualityCodes = page("/quality-codes", lazyRouteComponent(() => import("@/features/inspections/pages/PlansCodesPage"), "PlansCodesPage"));
const specifications = page("/specifications", lazyRouteComponent(() => import("@/features/catalog/pages/SpecificationsPage"), "SpecificationsPage"));
const specification = page("/specifications/$id", lazyRouteComponent(() => import("@/features/catalog/pages/SpecificationPage"), "SpecificationPage"));
const materials = page("/materials", lazyRouteComponent(() => import("@/features/catalog/pages/MaterialsPage"), "MaterialsPage"));
const material = page("/materials/$id", lazyRouteComponent(() => import("@/features/catalog/pages/MaterialPage"), "MaterialPage"));
const partners = page("/partners", lazyRouteComponent(() => import("@/features/partners/pages/PartnersPage"), "PartnersPage"));
const partner = page("/partners/$id", lazyRouteComponent(() => import("@/features/partners/pages/PartnerPage"), "PartnerPage"));
const balances = page("/balances", lazyRouteComponent(() => import("@/features/stock/pages/BalancesPage"), "BalancesPage"));
const supplyBlocks = page("/supply-blocks", lazyRouteComponent(() => import("@/features/partners/pages/SupplyBlocksPage"), "SupplyBlocksPage"));
const affectedReadings = page("/affected-readings", lazyRouteComponent(() => import("@/features/equipment/pages/AffectedReadingsPage"), "AffectedReadingsPage"));

const receive = page("/receive", lazyRouteComponent(() => import("@/features/receiving/pages/ReceivePage"), "ReceivePage"));
const receiveWithout = page("/receive/without-order", lazyRouteComponent(() => import("@/features/receiving/pages/ReceiveWithoutOrderPage"), "ReceiveWithoutOrderPage"));
const receiveOrder = page("/receive/$id", lazyRouteComponent(() => import("@/features/receiving/pages/ReceiveOrderPage"), "ReceiveOrderPage"));

const arrivals = page("/arrivals", lazyRouteComponent(() => import("@/features/receiving/pages/ArrivalsPage"), "ArrivalsPage"));
const arrival = page("/arrivals/$id", lazyRouteComponent(() => import("@/features/receiving/pages/ArrivalPage"), "ArrivalPage"));
const gateRefusals = page("/gate-refusals", lazyRouteComponent(() => import("@/features/receiving/pages/GateRefusalsPage"), "GateRefusalsPage"));
const orders = page("/orders", lazyRouteComponent(() => import("@/features/purchasing/pages/OrdersPage"), "OrdersPage"));
const order = page("/orders/$id", lazyRouteComponent(() => import("@/features/purchasing/pages/OrderPage"), "OrderPage"));

const inspections = page("/inspections", lazyRouteComponent(() => import("@/features/inspections/pages/InspectionsPage"), "InspectionsPage"));
const inspection = page("/inspections/$id", lazyRouteComponent(() => import("@/features/inspections/pages/InspectionPage"), "InspectionPage"));
const readings = page("/inspections/$id/readings", lazyRouteComponent(() => import("@/features/inspections/pages/ReadingsPage"), "ReadingsPage"));
const move = page("/move", lazyRouteComponent(() => import("@/features/stock/pages/MovePage"), "MovePage"));
const issue = page("/issue", lazyRouteComponent(() => import("@/features/stock/pages/IssuePage"), "IssuePage"));
const count = page("/count", lazyRouteComponent(() => import("@/features/stock/pages/CountPage"), "CountPage"));

const supplierReturns = page("/supplier-returns", lazyRouteComponent(() => import("@/features/receiving/pages/SupplierReturnsPage"), "SupplierReturnsPage"));
const newSupplierReturn = page("/supplier-returns/new", lazyRouteComponent(() => import("@/features/receiving/pages/NewSupplierReturnPage"), "NewSupplierReturnPage"));
const supplierReturn = page("/supplier-returns/$id", lazyRouteComponent(() => import("@/features/receiving/pages/SupplierReturnPage"), "SupplierReturnPage"));
const urgentReleases = page("/urgent-releases", lazyRouteComponent(() => import("@/features/inspections/pages/UrgentReleasesPage"), "UrgentReleasesPage"));
const urgentRelease = page("/urgent-releases/$id", lazyRouteComponent(() => import("@/features/inspections/pages/UrgentReleasePage"), "UrgentReleasePage"));

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    lots,
    lot,
    account,
    users,
    user,
    roles,
    role,
    rights,
    tokens,
    audit,
    checks,
    check,
    events,
    deliveries,
    rules,
    rule,
    reports,
    report,
    dispositions,
    concessions,
    concession,
    receive,
    receiveWithout,
    receiveOrder,
    arrivals,
    arrival,
    gateRefusals,
    orders,
    order,
    gauges,
    gauge,
    gaugeTypes,
    calibration,
    affectedReadings,
    balances,
    supplyBlocks,
    plans,
    plan,
    samplingStates,
    samplingState,
    qualityCodes,
    materials,
    material,
    partners,
    partner,
    specifications,
    specification,
    inspections,
    inspection,
    readings,
    move,
    issue,
    count,
    supplierReturns,
    newSupplierReturn,
    supplierReturn,
    urgentReleases,
    urgentRelease,
  ]),
  defaultPreload: "intent",
  defaultErrorComponent: Failed,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
