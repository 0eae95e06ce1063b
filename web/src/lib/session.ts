// Whether somebody is signed in here, and the renewal of a session that ended in the middle.

type Listener = () => void;

class Session {
  private waiting: ((renewed: boolean) => void)[] = [];
  private listeners = new Set<Listener>();
  /** True between the loss of the session and the sign-in over the open page. */
  isLost = false;
  private isOpen = false;

  /** Said once the person is known; only an open session can be lost. */
  opened(): void {
    this.isOpen = true;
    this.isLost = false;
    for (const resolve of this.waiting.splice(0)) resolve(true);
    this.tell();
  }

  /** Resolves to true once somebody signed in again, so that the caller may repeat what failed. */
  renew(): Promise<boolean> {
    if (!this.isOpen) return Promise.resolve(false);
    this.isLost = true;
    this.tell();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

export const session = new Session();
