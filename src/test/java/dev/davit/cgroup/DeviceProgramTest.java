package dev.davit.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Runs the programs in an interpreter of the few instructions that they use.
class DeviceProgramTest {
  private static final int BLOCK = 1;
  private static final int CHARACTER = 2;
  private static final int MKNOD = 1;
  private static final int READ = 2;
  private static final int WRITE = 4;

  private static boolean allows(List<DeviceRule> rules, int type, int access, long device) {
    var code = ByteBuffer.wrap(DeviceProgram.of(rules)).order(ByteOrder.nativeOrder());
    int[] context = {access << 16 | type, (int) (device >> 32), (int) device};
    long[] r = new long[6];
    for (int at = 0; ; at += 8) {
      int to = code.get(at + 1) & 15;
      int from = code.get(at + 1) >> 4;
      int offset = code.getShort(at + 2);
      int value = code.getInt(at + 4);
      switch (code.get(at) & 0xff) {
        case 0x61 -> r[to] = context[offset / 4];
        case 0x54 -> r[to] = (r[to] & value) & 0xffffffffL;
        case 0x74 -> r[to] = r[to] >>> value;
        case 0xb4 -> r[to] = value;
        case 0xbc -> r[to] = r[from];
        case 0x55 -> at += r[to] != value ? 8 * offset : 0;
        case 0x95 -> {
          return r[0] == 1;
        }
        default -> throw new AssertionError("opcode " + code.get(at));
      }
    }
  }

  private static long device(int major, int minor) {
    return ((long) major << 32) | minor;
  }

  @Test
  void defaultsAllowNodesAndTheUsualDevices() {
    var rules = DeviceRule.DEFAULTS;
    assertTrue(allows(rules, BLOCK, MKNOD, device(8, 0)));
    assertFalse(allows(rules, BLOCK, READ, device(8, 0)));
    assertFalse(allows(rules, BLOCK, MKNOD | READ, device(8, 0)));
    assertTrue(allows(rules, CHARACTER, READ | WRITE, device(1, 3)));
    assertFalse(allows(rules, BLOCK, READ, device(1, 3)));
    assertFalse(allows(rules, CHARACTER, READ, device(1, 1)));
    assertTrue(allows(rules, CHARACTER, READ | WRITE, device(136, 77)));
    assertFalse(allows(rules, CHARACTER, WRITE, device(10, 229)));
  }

  @Test
  void aRuleForAllAllowsAll() {
    assertTrue(allows(List.of(DeviceRule.ALL), BLOCK, READ | WRITE, device(8, 0)));
    assertFalse(allows(List.of(), CHARACTER, READ, device(1, 3)));
  }

  @Test
  void rulesPrintAsV1TakesThem() {
    assertEquals("c 136:* rwm", DeviceRule.DEFAULTS.getLast().print());
    assertEquals("a *:* rwm", DeviceRule.ALL.print());
  }
}
