import { useEffect, useState } from 'react';

import { usePhone } from './phone';
import type { Waiting } from './waiting';

/** What waits to be sent; undefined while the phone is being asked. */
export function useWaiting(): Waiting[] | undefined {
  const { outbox } = usePhone();
  const [items, setItems] = useState<Waiting[]>();
  useEffect(() => {
    let ended = false;
    const look = () => void outbox.items().then((found) => !ended && setItems(found));
    look();
    const stop = outbox.listen(look);
    return () => {
      ended = true;
      stop();
    };
  }, [outbox]);
  return items;
}
