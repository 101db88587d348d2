/// rtnetlink and nf_tables messages as values, their codec and their socket.
@NullMarked
package dev.davit.netlink;

import org.jspecify.annotations.NullMarked;
