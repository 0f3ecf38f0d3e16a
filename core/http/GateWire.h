#pragma once

class QIODevice;

/// The few things the gate does to a connection that QIODevice has no word for. The only place that knows which kinds of
/// connection there are.
namespace warder::wire {

/// Hands the kernel what is buffered, as far as it takes it.
void flush(QIODevice &wire);

/// Says "no more from us" but goes on reading. Call when nothing is unsent.
void finishSending(QIODevice &wire);

/// Cuts the connection off at once.
void abort(QIODevice &wire);

} // namespace warder::wire
