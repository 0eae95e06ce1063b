// The menu: every list page once, with the permission that opens it.
import {
  AlertOutlined,
  CalculatorOutlined,
  CarryOutOutlined,
  ContainerOutlined,
  ControlOutlined,
  ExportOutlined,
  FileDoneOutlined,
  FileTextOutlined,
  FolderOpenOutlined,
  HomeOutlined,
  InboxOutlined,
  ProfileOutlined,
  RollbackOutlined,
  ShoppingCartOutlined,
  SwapOutlined,
  TagsOutlined,
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
      { path: "/quality-codes", name: "quality_codes", icon: <TagsOutlined />, permission: "inspections.read" },
    ],
  },
];
