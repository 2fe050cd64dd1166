const en = {
  enterSkips: '(a number; Enter goes on without)',
  notANumber: 'A whole number, or nothing at all.',
  exact: (was: number) => `You said ${was}, and so it was.`,
  off: (guess: number, was: number) =>
    `You said ${guess}; it was ${was}: ${Math.abs(was - guess)} ${guess > was ? 'too many' : 'too few'}.`,
};

const es: typeof en = {
  enterSkips: '(un número; Intro sigue sin responder)',
  notANumber: 'Un número entero, o nada.',
  exact: (was) => `Dijiste ${was}, y así fue.`,
  off: (guess, was) =>
    `Dijiste ${guess}; fue ${was}: ${Math.abs(was - guess)} de ${guess > was ? 'más' : 'menos'}.`,
};

export const predictTexts = { en, es };
