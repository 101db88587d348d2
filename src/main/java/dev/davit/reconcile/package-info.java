/// What is wanted and what is there become a [Plan], and the plan is carried out.
///
/// [Observer] reads once what exists, [Planner] and its siblings decide (values in, values out),
/// [PlanRunner] walks the graph, [EngineOperations] makes one call of the engine for each
/// [Operation]. [Progress] hears of every step.
@NullMarked
package dev.davit.reconcile;

import org.jspecify.annotations.NullMarked;
