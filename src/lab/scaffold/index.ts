/** Programs to begin with, made from a kata's own contract. */
export { layDown, layDownCommand, templateNames, type TemplateName } from './lay-down.js';
