package oversell;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;

/**
 * Logs warnings to standard error, and more if the setting {@code log} asks for it. Written in
 * Java, since reading a configuration in XML takes 0.17 s a run.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
  /** The system property with the least level that is shown. */
  static final String LEVEL = "oversell.log";

  /** What the setting may be. */
  static final List<String> LEVELS = List.of("error", "warn", "info", "debug");

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%-5level %logger{0}: %msg%n");
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(encoder);
    console.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.toLevel(System.getProperty(LEVEL), Level.WARN));
    root.addAppender(console);
    if (root.getLevel().isGreaterOrEqual(Level.WARN)) {
      // Members of a ZooKeeper that is started or stopped log a stack trace for each connection
      // that is refused or ends. What it comes to is told by those who have asked for it.
      context.getLogger("org.apache.zookeeper").setLevel(Level.OFF);
      context.getLogger("org.apache.curator").setLevel(Level.OFF);
    }
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
