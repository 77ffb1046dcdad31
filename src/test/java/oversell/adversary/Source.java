package oversell.adversary;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A program as the Java of an inventory behind its provider. */
final class Source {
  static final String PACKAGE = "drawn";

  private static final Pattern ONE_OF_TWO = Pattern.compile("<([^<>|]*)\\|([^<>|]*)>");
  private static final Pattern SEEN = Pattern.compile("\\{\\{(.*?)\\}\\}");
  private static final Pattern PROGRAM = Pattern.compile("\\bP\\b");
  private static final Pattern NUM = Pattern.compile("\\bnum\\(");
  private static final String IMPORTS =
      """
      import java.lang.invoke.*;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.concurrent.atomic.*;
      import java.util.concurrent.locks.*;
      import java.util.function.*;
      import oversell.inventory.*;
      """;

  private final Program program;
  private final String name;
  // Whether it is to run on real threads, which are sent out of step then.
  private final boolean isNative;
  private final StringBuilder methods = new StringBuilder();
  private int number;
  private int outs;
  private int depth;

  private Source(Program program, String name, boolean isNative) {
    this.program = program;
    this.name = name;
    this.isNative = isNative;
  }

  static String of(Program program, String name, boolean isNative) {
    return new Source(program, name, isNative).text();
  }

  /** No more of it than a reader needs: what is shared, and what is done. */
  static String told(Program program) {
    String text = of(program, "P", false);
    return text.substring(text.indexOf("public class"), text.indexOf("  public int run(int me)"));
  }

  /** What a buyer is sold that saw this. */
  static int sold(int buyer, int seen) {
    return (seen * (31 + 2 * buyer)) & Integer.MAX_VALUE;
  }

  private String text() {
    for (int i = 0; i < program.buyers().size(); i++) {
      methods.append(
          "  int buyer%d() throws InterruptedException { int h0 = 1;\n%s    return h0; }\n"
              .formatted(i, body(program.buyers().get(i))));
    }
    String holders = program.things().contains(Thing.HOLDERS) ? holder(0) + holder(1) : "";
    StringBuilder text = new StringBuilder();
    text.append("package ").append(PACKAGE).append(";\n").append(IMPORTS);
    text.append("public class P implements Inventory {\n");
    Set<Thing> things = program.things();
    for (Thing thing : things) {
      text.append(thing.declaration.replace("$HOLDERS", holders).indent(2));
    }
    for (int i = 0; i < outs; i++) {
      text.append("  volatile int out").append(i).append(";\n");
    }
    text.append(methods);
    text.append(
        "  public int run(int me) throws InterruptedException { return switch (me) { case 0 ->"
            + " buyer0();");
    for (int i = 1; i < program.buyers().size(); i++) {
      text.append(" case %d -> buyer%d();".formatted(i, i));
    }
    text.append(" default -> 0; }; }\n  public int stock() { int stock = 0;\n");
    String mixed = "    stock = stock * " + Code.MIX + " + (%s);\n";
    things.stream()
        .filter(Thing::isTold)
        .forEach(thing -> text.append(mixed.formatted(thing.stockJava)));
    for (int i = 0; i < outs; i++) {
      text.append(mixed.formatted("out" + i));
    }
    text.append("    return stock; }\n");
    text.append(
        """
          public Answer purchase(int units, Pause pause) throws InterruptedException {
            int me = (int) Thread.currentThread().threadId() - 2;
            return new Answer((run(me) * (31 + 2 * me)) & Integer.MAX_VALUE, 0); }
        """);
    if (program.all().anyMatch(op -> op.kind() == Kind.READ_BY_REFERENCE)) {
      text.append("  int getA() { return a; } int getB() { return b; }\n");
    }
    if (NUM.matcher(text).find()) {
      text.append("  static int num(Integer one) { return one == null ? -1 : one; }\n");
    }
    text.append(
        """
          public static class Provider implements InventoryProvider {
            public String name() { return "drawn"; }
            public Inventory create(int stock) { return new P(); } }
        }
        """);
    String volatiles = text.toString().replace("@ ", isNative ? "volatile " : "");
    return PROGRAM.matcher(volatiles).replaceAll(Matcher.quoteReplacement(name));
  }

  private String holder(int which) {
    return "static class H%d %s{ static @ int x; static { int h0 = 1;\n%s  x = h0; } static int get() { return x; } }\n"
        .formatted(
            which,
            which == 1 && program.inherits() ? "extends H0 " : "",
            body(program.initialisers().get(which)));
  }

  private String body(List<Op> ops) {
    return ops.stream()
        .map(op -> (isNative ? "oversell.adversary.Nudge.now(); " : "") + java(op))
        .map(text -> text.indent(2))
        .collect(Collectors.joining());
  }

  private String java(Op op) {
    String java =
        switch (op.kind()) {
          case START -> thread(op);
          case SYNCHRONIZED_METHOD -> method(op);
          default -> op.kind().java;
        };
    String own = Integer.toString(number++);
    java = ONE_OF_TWO.matcher(java).replaceAll(op.which() == 0 ? "$1" : "$2");
    java = java.replace("$n", own).replace("$w", "" + op.which()).replace("$v", "" + op.value());
    java = SEEN.matcher(java).replaceAll("\\$h = \\$h * " + Code.MIX + " + ($1);");
    if (op.kind().hasBody() && java.contains("$B")) {
      java = java.replace("$B", "\n" + body(op.body()));
    }
    return java.replace("$h", "h" + depth);
  }

  private String method(Op op) {
    String method = "locked" + number++;
    String h = "h" + depth;
    methods.append(
        "  synchronized int %s(int %s) throws InterruptedException {\n%s    return %s; }\n"
            .formatted(method, h, body(op.body()), h));
    return "%s = %s(%s);".formatted(h, method, h);
  }

  private String thread(Op op) {
    int out = outs++;
    int half = (op.body().size() + 1) / 2;
    depth++;
    String h = "h" + depth;
    String inside = body(op.body().subList(0, half));
    depth--;
    return "Thread t%d = Thread.startVirtualThread(() -> { int %s = 1; try {\n%s} catch (InterruptedException none) { } out%d = %s; });\n%s%s"
        .formatted(
            out,
            h,
            "  if (false) { throw new InterruptedException(); }\n" + inside,
            out,
            h,
            body(op.body().subList(half, op.body().size())),
            op.which() == 0 ? "t%d.join();".formatted(out) : "");
  }
}
