import { isServerError, serveBoth } from './twin.mjs';

serveBoth((breaker) => (breaker.isFailure = ({ status }) => isServerError(status)));
