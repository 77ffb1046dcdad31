package oversell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of the lab in a JVM of its own, as the launcher starts it, that has ended.
 *
 * @param output what it has printed
 */
record LabProcess(int status, String output) {
  static LabProcess run(Path project, String... settings) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.add(project.toString());
    command.addAll(List.of(settings));
    Process lab =
        new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true).start();
    String output = new String(lab.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new LabProcess(lab.waitFor(), output);
  }
}
