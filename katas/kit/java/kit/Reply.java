package kit;

/**
 * What is answered.
 *
 * @param body of maps, lists, texts, numbers, booleans and null
 */
public record Reply(int status, Object body) {}
