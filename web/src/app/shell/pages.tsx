// The menu: every list page once, with the permission that opens it.
import {
  AlertOutlined,
  AuditOutlined,
  BuildOutlined,
  CalculatorOutlined,
  CarryOutOutlined,
  ContainerOutlined,
  ControlOutlined,
  ExportOutlined,
  FileDoneOutlined,
  FileTextOutlined,
  FolderOpenOutlined,
  GoldOutlined,
  HistoryOutlined,
  HomeOutlined,
  IdcardOutlined,
  InboxOutlined,
  KeyOutlined,
  PartitionOutlined,
  ProfileOutlined,
  RollbackOutlined,
  SafetyCertificateOutlined,
  ShopOutlined,
  ShoppingCartOutlined,
  SwapOutlined,
  TableOutlined,
  TagsOutlined,
  TeamOutlined,
  ThunderboltOutlined,
  ToolOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";

export interface MenuPage {
  path: string;
  /** Key of its name in the catalogue `app`. */
  name: string;
  icon: ReactNode;
  /** The permission without which the page is not offered; none: everybody. */
  permission?: string;
}

export const MENU: { name: string; pages: MenuPage[] }[] = [
  {
    name: "do",
    pages: [
      { path: "/", name: "home", icon: <HomeOutlined /> },
      { path: "/receive", name: "receive", icon: <InboxOutlined />, permission: "receiving.receive_goods" },
      { path: "/move", name: "move", icon: <SwapOutlined />, permission: "stock.move_goods" },
      { path: "/issue", name: "issue", icon: <ExportOutlined />, permission: "stock.issue" },
      { path: "/count", name: "count", icon: <CalculatorOutlined />, permission: "stock.count_goods" },
      { path: "/inspections", name: "inspections", icon: <CarryOutOutlined />, permission: "inspections.read" },
      { path: "/lots", name: "lots", icon: <ContainerOutlined />, permission: "stock.read" },
      { path: "/orders", name: "orders", icon: <ShoppingCartOutlined />, permission: "purchasing.read" },
      { path: "/arrivals", name: "arrivals", icon: <FolderOpenOutlined />, permission: "receiving.read" },
      { path: "/supplier-returns", name: "returns", icon: <RollbackOutlined />, permission: "receiving.read" },
    ],
  },
  {
    name: "improve",
    pages: [
      { path: "/nonconformance", name: "nonconformance", icon: <AlertOutlined />, permission: "nonconformance.read" },
      { path: "/urgent-releases", name: "urgent_releases", icon: <ThunderboltOutlined />, permission: "inspections.read" },
      { path: "/concessions", name: "concessions", icon: <FileDoneOutlined />, permission: "nonconformance.read" },
      { path: "/gauges", name: "gauges", icon: <ToolOutlined />, permission: "equipment.read" },
    ],
  },
  {
    name: "prescribe",
    pages: [
      { path: "/plans", name: "plans", icon: <ProfileOutlined />, permission: "inspections.read" },
      { path: "/sampling-states", name: "sampling_states", icon: <ControlOutlined />, permission: "inspections.read" },
      { path: "/specifications", name: "specifications", icon: <FileTextOutlined />, permission: "catalog.read" },
      { path: "/materials", name: "materials", icon: <GoldOutlined />, permission: "catalog.read" },
      { path: "/partners", name: "partners", icon: <ShopOutlined />, permission: "partners.read" },
      { path: "/quality-codes", name: "quality_codes", icon: <TagsOutlined />, permission: "inspections.read" },
      { path: "/rules", name: "rules", icon: <PartitionOutlined />, permission: "rules.read" },
    ],
  },
  {
    name: "administer",
    pages: [
      { path: "/users", name: "users", icon: <TeamOutlined />, permission: "access.read" },
      { path: "/roles", name: "roles", icon: <IdcardOutlined />, permission: "access.read" },
      { path: "/rights", name: "rights", icon: <TableOutlined />, permission: "access.read" },
      { path: "/tokens", name: "tokens", icon: <KeyOutlined />, permission: "access.read" },
      { path: "/audit", name: "audit", icon: <AuditOutlined />, permission: "evidence.read" },
      { path: "/events", name: "events", icon: <HistoryOutlined />, permission: "outbox.read" },
      { path: "/deliveries", name: "deliveries", icon: <BuildOutlined />, permission: "outbox.read" },
      { path: "/checks", name: "checks", icon: <SafetyCertificateOutlined />, permission: "evidence.read" },
    ],
  },
];
