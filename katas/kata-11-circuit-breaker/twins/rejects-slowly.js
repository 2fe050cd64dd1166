import { rejection, serveBoth } from './twin.mjs';

const rejects = () => new Promise((resolve) => setTimeout(resolve, 300, rejection));
serveBoth(undefined, { rejects });
