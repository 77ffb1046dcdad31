package oversell.store;

/**
 * A lock that a service outside of the transaction that sells has granted, and takes back when it
 * has not heard of the holder for {@value #MILLIS} ms. The holder is not asked, and does not know.
 */
interface Lease extends AutoCloseable {
  /** How long a holder may be silent. */
  int MILLIS = 600;

  /** Whether the service says that it is still the caller's. */
  boolean isMine();

  /** Gives it back; does nothing if it has been taken back. */
  @Override
  void close();

  /** A service that grants leases. */
  @FunctionalInterface
  interface Service {
    /**
     * Waits until it has granted one for an article.
     *
     * @param access to the store, and to services beside it
     * @throws StoreFailure if it does not answer
     */
    Lease acquire(StoreAccess access, long article) throws InterruptedException;
  }
}
