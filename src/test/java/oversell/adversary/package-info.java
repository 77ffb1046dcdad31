/**
 * Random small concurrent programs, which are explored and held to an interpreter that knows
 * nothing of the explorer. Start reading at {@link oversell.adversary.Adversary}.
 */
package oversell.adversary;
