package oversell.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The temporary folder of a server that a JVM has started, which only its owner can read. It says
 * which JVM that was, so that what a killed JVM leaves behind can be ended by the next.
 *
 * @param root the folder
 */
record ServerFolder(Path root) {
  private static final String PREFIX = "oversell-postgresql-";
  private static final String OWNER = "owner";
  private static final long TO_END_SECONDS = 10;

  static ServerFolder create(Path temporary) throws IOException {
    // Readable by its owner alone, as createTempDirectory makes them.
    ServerFolder folder = new ServerFolder(Files.createTempDirectory(temporary, PREFIX));
    Files.writeString(folder.root.resolve(OWNER), name(ProcessHandle.current()));
    return folder;
  }

  /** A process's number is given to another one later, but not with the same start. */
  private static String name(ProcessHandle process) {
    Optional<Instant> start = process.info().startInstant();
    return process.pid() + " " + start.map(Instant::toString).orElse("");
  }

  Path data() {
    return root.resolve("data");
  }

  Path passwordFile() {
    return root.resolve("password");
  }

  /** Ends the servers of JVMs that are no more, and removes their folders beside this one. */
  void removeAbandoned() throws IOException {
    List<ServerFolder> found;
    try (Stream<Path> folders = Files.list(root.getParent())) {
      found =
          folders
              .filter(folder -> folder.getFileName().toString().startsWith(PREFIX))
              .map(ServerFolder::new)
              .filter(folder -> folder.hasOwnerOf(this) && folder.isAbandoned())
              .toList();
    }
    for (ServerFolder abandoned : found) {
      abandoned.remove();
    }
  }

  /** Anybody can make a folder of any name beside this one. */
  private boolean hasOwnerOf(ServerFolder other) {
    try {
      return Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)
          && Files.getOwner(root, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(other.root));
    } catch (IOException gone) {
      return false;
    }
  }

  private boolean isAbandoned() {
    try {
      String owner = Files.readString(root.resolve(OWNER));
      long pid = Long.parseLong(owner.split(" ", 2)[0]);
      return ProcessHandle.of(pid).map(process -> !name(process).equals(owner)).orElse(true);
    } catch (IOException | NumberFormatException beingMade) {
      return false;
    }
  }

  /** The server that runs in this folder, if one does. */
  Optional<ProcessHandle> server() {
    try {
      List<String> lines = Files.readAllLines(data().resolve("postmaster.pid"));
      // The number may be another process's by now.
      return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
          .filter(process -> process.info().command().orElse("").contains("postgres"));
    } catch (IOException | NumberFormatException | NoSuchElementException notRunning) {
      return Optional.empty();
    }
  }

  /** Its children are found through it, so they are looked up before it is killed. */
  private static void kill(ProcessHandle server) {
    List<ProcessHandle> all = Stream.concat(Stream.of(server), server.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : all) {
      try {
        var unused = process.onExit().get(TO_END_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException stillThere) {
        // Then removing its files fails, which says which.
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends the server, if it still runs, and removes the folder. */
  void remove() throws IOException {
    server().ifPresent(ServerFolder::kill);
    if (!Files.exists(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) throws IOException {
            if (gone instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw gone;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException unused)
              throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
