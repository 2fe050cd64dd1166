import { gateway } from './twin.mjs';

// Who asks for what is on its way already waits for that call and makes none.
gateway(() => {
  const onTheirWay = new Map();
  return {
    call(make, what) {
      const other = onTheirWay.get(what);
      if (other) return other;
      const made = make().finally(() => onTheirWay.delete(what));
      onTheirWay.set(what, made);
      return made;
    },
  };
});
