/** Programs to begin with, made from a kata's own contract, and katas to begin with. */
export {
  layDown,
  layDownCommand,
  layDownRoles,
  templateNames,
  type TemplateName,
} from './lay-down.js';
export { isHandedIn, layDownRepository, plannedLanguages } from './repository.js';
export { layDownKata, linkTypes } from './kata.js';
export { rolesIn } from './system-kata.js';
export { contractSection } from './contract.js';
