package com.acme

import java.util.concurrent.locks.ReentrantLock
import kotlin.concurrent.thread
import kotlin.concurrent.withLock
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.BeforeEach
import oversell.junit.Interleavings

private class Counter {
  private val lock = ReentrantLock()
  var count = 0

  fun safely() = lock.withLock { count++ }

  fun carelessly() {
    count++
  }
}

private object Registry {
  val counts = mutableMapOf<String, Int>()

  @Volatile var sum = 0
}

internal class CounterTest {
  private lateinit var counter: Counter

  @BeforeEach
  fun open() {
    counter = Counter()
  }

  private fun together(body: () -> Unit) {
    val one = thread { body() }
    val other = thread { body() }
    one.join()
    other.join()
  }

  @Interleavings
  fun `a lock keeps every count`() {
    together { counter.safely() }
    assertEquals(2, counter.count)
  }

  @Interleavings
  fun losesACount() {
    together { counter.carelessly() }
    assertEquals(2, counter.count)
  }

  @Interleavings
  fun synchronizesOnAnObject() {
    val three by lazy { 3 }
    together {
      synchronized(Registry) {
        Registry.counts.merge("count", 1, Int::plus)
        Registry.sum += three
      }
    }
    assertEquals(listOf(2, 6), listOf(Registry.counts["count"], Registry.sum))
  }

  @Interleavings
  fun forgetsToSynchronize() {
    together { Registry.sum += 3 }
    assertEquals(6, Registry.sum)
  }
}
