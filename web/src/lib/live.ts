// One stream of signals a browser, shared by all its tabs: the tab that holds the lock listens and
// tells the others. A signal carries ids; whoever shows something of that kind asks the server again.

export interface Signal {
  event: string;
  kind: string;
  id: string;
  version: number | null;
}

export type LiveState = "connected" | "waiting" | "lost";
type Told = { signal: Signal } | { state: LiveState } | { reset: true } | { ask: true };

const CHANNEL = "zhiliu.live";
const LAST = "zhiliu.live.last";

class Live {
  state: LiveState = "waiting";
  private channel: BroadcastChannel | null = null;
  private stop: (() => void) | null = null;
  private stateListeners = new Set<() => void>();
  private listeners = new Set<(signal: Signal | null) => void>();

  subscribe = (listener: () => void): (() => void) => {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  };

  /** Told each signal, and null when everything has to be asked again. */
  onSignal(listener: (signal: Signal | null) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Listen, or be told by the tab that does; until the returned function is called. */
  start(): () => void {
    const channel = new BroadcastChannel(CHANNEL);
    const ended = new AbortController();
    this.channel = channel;
    channel.onmessage = (message: MessageEvent<Told>) => this.hear(message.data);
    channel.postMessage({ ask: true } satisfies Told);
    // the lock passes on by itself when the tab that holds it closes
    navigator.locks
      .request(CHANNEL, { signal: ended.signal }, () => this.listen(ended.signal))
      .catch(() => undefined); // aborted while waiting: another tab listens
    this.stop = () => {
      ended.abort();
      channel.close();
      this.channel = null;
    };
    return this.stop;
  }

  private listen(ended: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      let source: EventSource | null = null;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const open = () => {
        const last = localStorage.getItem(LAST);
        source = new EventSource(`/api/v1/live${last ? `?last_event_id=${encodeURIComponent(last)}` : ""}`);
        source.onopen = () => this.tell({ state: "connected" });
        source.addEventListener("signal", (event) => {
          localStorage.setItem(LAST, event.lastEventId);
          this.tell({ signal: JSON.parse(event.data as string) as Signal });
        });
        source.addEventListener("reset", (event) => {
          if (event.lastEventId) localStorage.setItem(LAST, event.lastEventId);
          this.tell({ reset: true });
        });
        source.onerror = () => {
          this.tell({ state: "lost" });
          // the browser opens it again by itself after a lost connection, not after a refusal
          if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, 5_000);
        };
      };
      const close = () => {
        clearTimeout(timer);
        source?.close();
      };
      // a stream without a network says nothing for minutes: the browser knows at once
      const goOffline = () => {
        close();
        this.tell({ state: "lost" });
      };
      const goOnline = () => {
        close();
        open();
      };
      open();
      window.addEventListener("offline", goOffline);
      window.addEventListener("online", goOnline);
      ended.addEventListener("abort", () => {
        close();
        window.removeEventListener("offline", goOffline);
        window.removeEventListener("online", goOnline);
        resolve();
      });
    });
  }

  private tell(told: Told): void {
    this.channel?.postMessage(told);
    this.hear(told);
  }

  private hear(told: Told): void {
    if ("ask" in told) {
      this.channel?.postMessage({ state: this.state } satisfies Told);
    } else if ("state" in told) {
      this.state = told.state;
      for (const listener of this.stateListeners) listener();
    } else {
      const signal = "signal" in told ? told.signal : null;
      for (const listener of this.listeners) listener(signal);
    }
  }
}

export const live = new Live();
