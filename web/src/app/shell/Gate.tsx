// Nobody gets past here without a session; a lost one is renewed over the open page.
import { Outlet } from "@tanstack/react-router";
import { Modal } from "antd";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/lib/acts";
import { http } from "@/lib/client";
import { startedSignedIn, useMe } from "@/lib/me";
import { session } from "@/lib/session";
import { ProblemPanel } from "@/ui/Problem";
import { useAccountPreferences } from "@/ui/preferences";
import { Loading } from "@/ui/states";
import { SignIn } from "../sign-in/SignIn";
import { SignInPage } from "../sign-in/SignInPage";
import { Shell } from "./Shell";

export function Gate() {
  const { t } = useTranslation("app");
  const [isSignedIn, setSignedIn] = useState(startedSignedIn);
  const me = useMe(isSignedIn);
  const isLost = useSyncExternalStore(session.subscribe, () => session.isLost);
  useAccountPreferences(me.data);
  useEffect(() => {
    if (me.data) session.opened();
  }, [me.data]);
  if (me.data) {
    const renewed = async () => {
      const { data } = await http.GET("/api/v1/me");
      if (data?.id === me.data.id) session.opened();
      else location.replace("/"); // somebody else: nothing on this page is his
    };
    return (
      <>
        <Shell me={me.data}>
          <Outlet />
        </Shell>
        <Modal open={isLost} title={t("sign_in.again")} footer={null} closable={false} mask={{ closable: false }} destroyOnHidden>
          <p className="quiet">{t("sign_in.again_detail")}</p>
          <SignIn username={me.data.username} onDone={() => void renewed()} />
        </Modal>
      </>
    );
  }
  const signedIn = () => {
    setSignedIn(true);
    void me.refetch();
  };
  if (!isSignedIn) return <SignInPage onDone={signedIn} />;
  if (me.isPending) return <Loading />;
  const problem = asProblem(me.error);
  if (problem.status === 401) return <SignInPage onDone={signedIn} />;
  return <ProblemPanel problem={problem} onRetry={() => void me.refetch()} />;
}
