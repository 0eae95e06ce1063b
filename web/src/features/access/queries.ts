// What the screens of users, roles, grants and tokens ask.
import { api, type Schemas } from "@/lib/client";
import { currentLanguage } from "@/lib/i18n";

export type User = Schemas["UserPageOut"];
export type Role = Schemas["RoleDetailOut"];
export type Grant = Schemas["GrantDetailOut"];
export type Token = Schemas["TokenDetailOut"];
export type Permission = Schemas["PermissionOut"];

export function useUser(id: string) {
  return api.useQuery("get", "/api/v1/users/{user_id}", { params: { path: { user_id: id } } });
}

export function useRole(id: string) {
  return api.useQuery("get", "/api/v1/roles/{role_id}", { params: { path: { role_id: id } } });
}

export function useRoles() {
  return api.useQuery("get", "/api/v1/roles", { params: { query: { limit: 500, sort: "code" } } });
}

export function usePermissions() {
  return api.useQuery("get", "/api/v1/permissions", {}, { staleTime: Infinity });
}

export function useGrants(of: { user_id?: string; role_id?: string }) {
  return api.useQuery("get", "/api/v1/role-grants", { params: { query: { ...of, is_open: true, limit: 500 } } });
}

export function useTokens(userId: string) {
  return api.useQuery("get", "/api/v1/api-tokens", { params: { query: { user_id: userId, limit: 500 } } });
}

interface Named {
  name_en: string;
  name_zh: string;
}

/** A role or a permission by its name in the language shown. */
export function nameOf(named: Named): string {
  return currentLanguage() === "en" ? named.name_en : named.name_zh;
}

/** The role of a grant by its name in the language shown. */
export function roleName(grant: { role_en: string; role_zh: string }): string {
  return currentLanguage() === "en" ? grant.role_en : grant.role_zh;
}
