package dev.davit.network;

/// A range of addresses that is taken.
///
/// @param by as it reads in a message: `network "shop_default"`
/// @param connected whether hosts are reached in it directly, unlike by a route over a gateway
record Held(Cidr range, String by, boolean connected) {}
