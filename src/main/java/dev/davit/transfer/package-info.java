/// Images between registries and the store. [Selection] and [PushPlan] say what goes over the wire,
/// [Pulls] and [Pushes] let it.
@NullMarked
package dev.davit.transfer;

import org.jspecify.annotations.NullMarked;
