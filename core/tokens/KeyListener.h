#pragma once

namespace warder {

/// Hears of every change of the key ring once it is on disk and every thread has the new ring: on the writer's thread, in the order
/// of the commits, before who asked for the change is answered. Must be quick, must not wait and must not use the database.
class KeyListener
{
public:
    virtual ~KeyListener() = default;
    virtual void keysChanged() = 0;
};

} // namespace warder
