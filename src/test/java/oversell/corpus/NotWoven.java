package oversell.corpus;

/** Classes under test in packages whose names begin like those of classes that are not. */
public final class NotWoven {
  private NotWoven() {}

  /** The stock is in oversell.inventory.mine. */
  public static final class BeginsLikeTheInventory {
    private BeginsLikeTheInventory() {}

    private static Cell cell(int stock) {
      oversell.inventory.mine.Shelf shelf = new oversell.inventory.mine.Shelf(stock);
      return new Cell(shelf::get, shelf::set);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** The stock is in oversell.hookup. */
  public static final class BeginsLikeTheHooks {
    private BeginsLikeTheHooks() {}

    private static Cell cell(int stock) {
      oversell.hookup.Shelf shelf = new oversell.hookup.Shelf(stock);
      return new Cell(shelf::get, shelf::set);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** The stock is in javax.shop. */
  public static final class BeginsLikeJavax {
    private BeginsLikeJavax() {}

    private static Cell cell(int stock) {
      javax.shop.Shelf shelf = new javax.shop.Shelf(stock);
      return new Cell(shelf::get, shelf::set);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** The stock is in com.sun.shop. */
  public static final class BeginsLikeComSun {
    private BeginsLikeComSun() {}

    private static Cell cell(int stock) {
      com.sun.shop.Shelf shelf = new com.sun.shop.Shelf(stock);
      return new Cell(shelf::get, shelf::set);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** The stock is in sun.shop. */
  public static final class BeginsLikeSun {
    private BeginsLikeSun() {}

    private static Cell cell(int stock) {
      sun.shop.Shelf shelf = new sun.shop.Shelf(stock);
      return new Cell(shelf::get, shelf::set);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** The stock is in jdk.shop. */
  public static final class BeginsLikeTheJdk {
    private BeginsLikeTheJdk() {}

    private static Cell cell(int stock) {
      jdk.shop.Shelf shelf = new jdk.shop.Shelf(stock);
      return new Cell(shelf::get, shelf::set);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** The stock is in org.slf4j.shop. */
  public static final class BeginsLikeALogger {
    private BeginsLikeALogger() {}

    private static Cell cell(int stock) {
      org.slf4j.shop.Shelf shelf = new org.slf4j.shop.Shelf(stock);
      return new Cell(shelf::get, shelf::set);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }
}
