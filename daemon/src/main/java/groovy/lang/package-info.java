/** Stands in for a library that is not here. */
package groovy.lang;
