package oversell.junit;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/** Where a thread is, and the virtual thread that it carries. */
final class StackTraces {
  private static final int MOST = 8;
  // The explorer's own frames, and those that begin a thread.
  private static final Pattern OF_NO_INTEREST =
      Pattern.compile(
          "at (weaving//)?(oversell\\.explorer\\.|java\\.lang\\.(Thread|VirtualThread)"
              + "|jdk\\.internal\\.vm\\.|java\\.lang\\.invoke\\.|jdk\\.internal\\.reflect\\."
              + "|java\\.lang\\.reflect\\.).*");

  private StackTraces() {}

  /**
   * The uppermost frames of what is mounted on a thread, to follow a sentence; empty if this JDK
   * does not tell them, as 21 does not.
   */
  static String ofWhatRunsOn(Thread thread) {
    String all = ofAllThreads();
    int begin = all.indexOf('"' + thread.getName() + '"');
    if (begin < 0) {
      return "";
    }
    int end = all.indexOf("\n\n", begin);
    List<String> lines =
        all.substring(begin, end < 0 ? all.length() : end)
            .lines()
            .dropWhile(line -> !line.contains("Mounted virtual thread"))
            .map(String::strip)
            .filter(line -> line.startsWith("at "))
            .filter(line -> !OF_NO_INTEREST.matcher(line).matches())
            .limit(MOST)
            .toList();
    return lines.isEmpty()
        ? ""
        : lines.stream().collect(Collectors.joining("\n  ", "; it was\n  ", "\n"));
  }

  private static String ofAllThreads() {
    try {
      return String.valueOf(
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "threadPrint",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()}));
    } catch (JMException | RuntimeException cannot) {
      return "";
    }
  }
}
