package groovy.lang;

/**
 * Takes the place of a class of Groovy, which this program does not use. Picocli looks for it at the start of every command, to know
 * whether an annotation may hold one; when it is nowhere, Java has opened every jar in vain.
 */
public abstract class Closure {

    private Closure() {}
}
