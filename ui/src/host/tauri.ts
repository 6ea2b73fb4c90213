// The real program: Tauri's commands and events, as generated.
import { getCurrentWebview } from '@tauri-apps/api/webview';
import { commands, events } from './bindings';
import type { Answer, Commands, FileDrag, Host, Problem, Unsubscribe } from './contract';

export const tauriHost: Host = {
  ...guarded(commands),
  onSaleChanged: (listener) => hear(events.saleChanged.listen(({ payload }) => listener(payload))),
  onCompaniesChanged: (listener) => hear(events.companiesChanged.listen(() => listener())),
  onPartChanged: (listener) => hear(events.partChanged.listen(({ payload }) => listener(payload))),
  onFileDrag: (listener) => hear(getCurrentWebview().onDragDropEvent(({ payload }) => listener(inPage(payload)))),
};

/** Generated commands throw where the bridge itself fails, such as for arguments that it cannot read: that is a problem like others. */
function guarded(plain: Commands): Commands {
  const safe = Object.entries(plain).map(([name, command]) => {
    const ask = async (...input: unknown[]): Promise<Answer<unknown>> => {
      try {
        const answer = await (command as (...input: unknown[]) => Promise<Answer<unknown>>)(...input);
        return answer.status === 'error' && !isProblem(answer.error) ? { status: 'error', error: broken(name, answer.error) } : answer;
      } catch (error) {
        return { status: 'error', error: broken(name, error) };
      }
    };
    return [name, ask];
  });
  return Object.fromEntries(safe) as Commands;
}

function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && 'code' in error && 'next' in error;
}

/** What was given to the command is not repeated: it may be a password. */
function broken(command: string, error: unknown): Problem {
  const kind = error instanceof Error ? error.name : typeof error;
  return { code: 'program.badRequest', values: {}, next: 'contactSupport', technical: `${command}: ${kind}` };
}

/** Tauri subscribes asynchronously; leaving before that is done must still end the subscription. */
function hear(subscription: Promise<Unsubscribe>): Unsubscribe {
  return () => void subscription.then((unsubscribe) => unsubscribe());
}

type NativeDrag = Parameters<Parameters<ReturnType<typeof getCurrentWebview>['onDragDropEvent']>[0]>[0]['payload'];

/** Tauri tells positions in physical pixels. */
function inPage(drag: NativeDrag): FileDrag {
  if (drag.type === 'leave') return { kind: 'leave' };
  const x = drag.position.x / window.devicePixelRatio;
  const y = drag.position.y / window.devicePixelRatio;
  return drag.type === 'drop' ? { kind: 'drop', x, y, paths: drag.paths } : { kind: 'over', x, y };
}
